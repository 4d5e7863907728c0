//! Counterpart reads an OpenAPI contract and writes its Rust counterparts: types, a server and a client that accept
//! exactly what the contract says.
//!
//! [`generate`] is the whole way on one page. [`Builder`] wraps it for build scripts, `cli` for the command line.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod build_script;
pub mod check;
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
mod selection;
pub mod source;
pub mod unenforced;
pub mod values;

pub use build_script::Builder;
pub use document::Source;
pub use format::GeneratedFile;
pub use options::{Discriminators, Formats, Modules, Options, Parts, ReadOnly, Selection, Traits};

use std::collections::BTreeMap;
use std::fmt;

use diagnostic::render::{self, Style};
use diagnostic::{Code, Diagnostics, Severity};
use source::{Sources, Span};
use unenforced::Unenforced;

/// What came of a contract: finished files, and what there is to say about it.
#[derive(Debug)]
pub struct Generated {
    /// The files of the module, `mod.rs` first.
    pub files: Vec<GeneratedFile>,
    /// Cargo features that the files ask for ([`Options::tag_features`]).
    pub features: Vec<String>,
    /// Features of the runtime that they need.
    pub needs: Vec<&'static str>,
    /// Warnings.
    pub diagnostics: Diagnostics,
    /// What the contract says and nobody is held to.
    pub unenforced: Vec<Unenforced>,
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

/// Takes the files of a module one after the other, so that they need not be in memory all together.
pub trait Receiver: Send {
    /// Says what will come, once it is certain that it will. Nothing does if this says no.
    fn begin(&mut self, outline: &Outline) -> bool;

    /// A finished file, with its place in the outline. Which of them is finished first is a matter of chance, but for
    /// the tables, which come behind `mod.rs`.
    fn file(&mut self, place: usize, file: GeneratedFile);
}

/// What a module will consist of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// The paths of its files, `mod.rs` first.
    pub paths: Vec<String>,
    /// Cargo features that the files ask for ([`Options::tag_features`]).
    pub features: Vec<String>,
    /// Features of the runtime that they need.
    pub needs: Vec<&'static str>,
}

/// Keeps them all.
#[derive(Default)]
struct Kept {
    outline: Outline,
    files: BTreeMap<usize, GeneratedFile>,
}

impl Receiver for Kept {
    fn begin(&mut self, outline: &Outline) -> bool {
        self.outline = outline.clone();
        true
    }

    fn file(&mut self, place: usize, file: GeneratedFile) {
        self.files.insert(place, file);
    }
}

/// Generates the counterparts of a contract. Reads its entry document and the local files that it refers to; writes
/// nothing.
///
/// # Errors
/// If the contract has errors, or warnings where [`Options::deny_warnings`] is set.
pub fn generate(source: &Source, options: &Options) -> Result<Generated, Rejected> {
    let mut kept = Kept::default();
    let Findings { diagnostics, unenforced, sources } = generate_into(source, options, &mut kept)?;
    let Kept { outline: Outline { features, needs, .. }, files } = kept;
    Ok(Generated { files: files.into_values().collect(), features, needs, diagnostics, unenforced, sources })
}

/// What there is to say about a contract that was generated.
#[derive(Debug)]
pub struct Findings {
    /// Warnings.
    pub diagnostics: Diagnostics,
    /// What the contract says and nobody is held to.
    pub unenforced: Vec<Unenforced>,
    /// Every file that was read.
    pub sources: Sources,
}

/// Generates like [`generate`], and hands on each file as soon as it is finished.
///
/// # Errors
/// If the contract has errors, or warnings where [`Options::deny_warnings`] is set. Then no file was handed on.
pub fn generate_into(
    source: &Source,
    options: &Options,
    receiver: &mut dyn Receiver,
) -> Result<Findings, Rejected> {
    let mut run = Run::new(options);
    run.floors(source, receiver);
    match passes(&run.diagnostics, options) {
        true => {
            let Run { diagnostics, unenforced, sources, .. } = run;
            Ok(Findings { diagnostics, unenforced, sources })
        }
        false => Err(Rejected { diagnostics: run.diagnostics, sources: run.sources }),
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
    unenforced: Vec<Unenforced>,
}

impl<'o> Run<'o> {
    fn new(options: &'o Options) -> Self {
        let mut diagnostics = Diagnostics::default();
        for code in &options.allow {
            if !diagnostics.allow(*code) {
                let names = Code::ALLOWABLE.map(|code| format!("`{code}`")).join(", ");
                diagnostics
                    .error(Code::CONFIGURATION, Span::NONE, format!("`{code}` cannot be allowed"))
                    .help(format!("these can: {names}"));
            }
        }
        Self { options, sources: Sources::default(), diagnostics, unenforced: Vec::new() }
    }

    /// From floor to floor. Each reports and goes on, so that all mistakes of a floor are seen at once; a gate stands
    /// where the next floor needs a sound footing.
    fn floors(&mut self, source: &Source, receiver: &mut dyn Receiver) -> Option<()> {
        let Self { options, sources, diagnostics, unenforced } = self;
        let document = document::open(source, sources, diagnostics)?;
        let mut contract = resolve::contract(document, sources, diagnostics)?;
        selection::operations(&mut contract, &options.operations, sources, diagnostics);
        check::contract(&contract, sources, options, diagnostics);
        gate(diagnostics)?;
        if options.allow.contains(&Code::INVALID_PATTERN) {
            check::forget_invalid_patterns(&mut contract);
        }
        contract.instantiate();
        // Before `lower`: what judges values is large, and so is what is lowered.
        let reach = lower::Reach::of(&contract, options);
        values::check(&contract, &reach, sources, options, diagnostics);
        let mut ir = lower::contract(&mut contract, &reach, sources, options, diagnostics);
        gate(diagnostics)?;
        *unenforced = unenforced::list(&contract, options, sources, diagnostics);
        drop(contract);
        sources.forget_trees();
        let names = names::assign(&ir, options, sources, diagnostics);
        gate(diagnostics)?;
        names::head_lines(&mut ir, &names);
        if !passes(diagnostics, options) {
            return None;
        }
        let emit::Module { pages, features, needs } = emit::module(&ir, &names, options);
        let outline =
            Outline { paths: pages.iter().map(|page| page.path.clone()).collect(), features, needs };
        if receiver.begin(&outline) {
            let done = format::pages(pages, &mut |place, file| receiver.file(place, file));
            done.unwrap_or_else(|error| defect(diagnostics, error.to_string()));
        }
        Some(())
    }
}

/// Whether there are neither errors nor denied warnings.
fn passes(diagnostics: &Diagnostics, options: &Options) -> bool {
    let stops = |severity| severity == Severity::Error || options.deny_warnings;
    !diagnostics.iter().any(|item| stops(item.severity))
}

/// Nothing where there are errors.
fn gate(diagnostics: &Diagnostics) -> Option<()> {
    (!diagnostics.has_errors()).then_some(())
}

fn defect(diagnostics: &mut Diagnostics, message: String) {
    let help =
        "this is a defect of counterpart, not of the contract; please report it together with the contract";
    diagnostics.error(Code::DEFECT, Span::NONE, message).help(help);
}
