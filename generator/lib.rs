//! Counterpart reads an OpenAPI contract and writes its Rust counterparts: types, a server and a client that accept
//! exactly what the contract says.
//!
//! [`generate`] is the whole way on one page. [`Builder`] wraps it for build scripts, `cli` for the command line.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod build_script;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
#[cfg(feature = "config")]
pub mod config;
pub mod contract;
pub mod diagnostic;
pub mod document;
mod emit;
mod format;
pub mod ir;
pub mod lower;
pub mod names;
mod options;
pub mod output;
pub mod package;
pub mod resolve;
pub mod source;

pub use build_script::Builder;
pub use document::Source;
pub use format::GeneratedFile;
pub use options::{Formats, Options, Parts, Selection};

use std::fmt;

use diagnostic::render::{self, Style};
use diagnostic::{Code, Diagnostics, Severity};
use source::{Sources, Span};

/// What came of a contract: finished files, and what there is to say about it.
#[derive(Debug)]
pub struct Generated {
    /// The files of the module, `mod.rs` first.
    pub files: Vec<GeneratedFile>,
    /// Warnings.
    pub diagnostics: Diagnostics,
    /// Every file that was read.
    pub sources: Sources,
}

/// Why nothing was generated.
#[derive(Debug)]
pub struct Rejected {
    /// The errors, and the warnings beside them.
    pub diagnostics: Diagnostics,
    /// Every file that was read.
    pub sources: Sources,
}

/// Generates the counterparts of a contract. Reads its entry document and the local files that it refers to; writes
/// nothing.
///
/// # Errors
/// If the contract has errors, or warnings where [`Options::deny_warnings`] is set.
pub fn generate(source: &Source, options: &Options) -> Result<Generated, Rejected> {
    let mut run = Run::new(options);
    match run.floors(source) {
        Some(files) if run.passes() => {
            Ok(Generated { files, diagnostics: run.diagnostics, sources: run.sources })
        }
        _ => Err(Rejected { diagnostics: run.diagnostics, sources: run.sources }),
    }
}

/// Every finding, as on the command line.
impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, diagnostic) in self.diagnostics.iter().enumerate() {
            let gap = if index == 0 { "" } else { "\n\n" };
            write!(f, "{gap}{}", render::human(diagnostic, &self.sources, Style::Plain))?;
        }
        Ok(())
    }
}

impl std::error::Error for Rejected {}

/// One way through the floors.
struct Run<'o> {
    options: &'o Options,
    sources: Sources,
    diagnostics: Diagnostics,
}

impl<'o> Run<'o> {
    fn new(options: &'o Options) -> Self {
        Self { options, sources: Sources::default(), diagnostics: Diagnostics::default() }
    }

    /// From floor to floor. Each reports and goes on, so that all mistakes of a floor are seen at once; a gate stands
    /// where the next floor needs a sound footing.
    fn floors(&mut self, source: &Source) -> Option<Vec<GeneratedFile>> {
        let document = document::open(source, &self.sources, &mut self.diagnostics)?;
        let contract = resolve::contract(document, &self.sources, &mut self.diagnostics)?;
        self.passes().then_some(())?;
        let ir = lower::contract(&contract, self.options, &mut self.diagnostics);
        let names = names::assign(&ir, self.options, &mut self.diagnostics);
        self.passes().then_some(())?;
        self.format(emit::module(&ir, &names, self.options.parts))
    }

    /// The gate: no errors, and no warnings where they are denied.
    fn passes(&self) -> bool {
        let stops = |severity| severity == Severity::Error || self.options.deny_warnings;
        !self.diagnostics.iter().any(|item| stops(item.severity))
    }

    fn format(&mut self, pages: Vec<emit::Page>) -> Option<Vec<GeneratedFile>> {
        let mut files = Vec::with_capacity(pages.len());
        for page in pages {
            match format::page(page) {
                Ok(file) => files.push(file),
                Err(defect) => return self.defect(&defect.to_string()),
            }
        }
        Some(files)
    }

    /// A mistake of ours, not of the contract.
    fn defect(&mut self, message: &str) -> Option<Vec<GeneratedFile>> {
        self.diagnostics.error(Code::DEFECT, Span::NONE, message.to_owned()).help(format::REPORT);
        None
    }
}
