//! Generates every document of the corpus and prints what came of it.
//!
//! ```text
//! test-corpus [--check] [<part of a name>…]
//! ```
//!
//! `--check` also has cargo check each generated crate, offline; the crates land in `target/corpus`, or where
//! `COUNTERPART_CORPUS_OUT` says.

mod compile;
mod measure;

use std::process::ExitCode;
use std::{env, io};

use measure::Measure;
use test_corpus::{Corpus, Document, Verdict, Verdicts};

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let outcome = match arguments.split_first() {
        Some((word, [name])) if word == measure::ONE => measure::one(name),
        _ => all(&arguments),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("test-corpus: {error}");
            ExitCode::from(2)
        }
    }
}

/// The whole table; whether everything is as it should be.
fn all(arguments: &[String]) -> io::Result<bool> {
    let Some(corpus) = Corpus::find() else {
        println!("corpus: none at {}", Corpus::folder().display());
        return Ok(true);
    };
    let check = arguments.iter().any(|argument| argument == "--check");
    let parts: Vec<&String> = arguments.iter().filter(|argument| !argument.starts_with("--")).collect();
    let verdicts = Verdicts::read().map_err(io::Error::other)?;
    let mut totals = Totals::default();
    println!("{}", Row::HEAD);
    for document in corpus.documents()? {
        if parts.is_empty() || parts.iter().any(|part| document.name.contains(*part)) {
            totals.add(&document, &verdicts.of(&document), check)?;
        }
    }
    totals.print(check);
    Ok(totals.is_sound(check))
}

#[derive(Default)]
struct Totals {
    /// Documents that are meant to generate.
    sound: usize,
    refused: usize,
    generated: usize,
    compiled: usize,
    /// Documents that are to be refused and were not, or for another reason.
    surprises: usize,
}

impl Totals {
    fn add(&mut self, document: &Document, verdict: &Verdict, check: bool) -> io::Result<()> {
        let measure = measure::of(document)?;
        let generates = matches!(verdict, Verdict::Generates { .. });
        self.sound += usize::from(generates);
        self.refused += usize::from(!generates);
        self.surprises += usize::from(!generates && !measure.as_expected());
        let generated = generates && measure.as_expected();
        self.generated += usize::from(generated);
        let compiled = if check && generated { Some(compile::check(&document.slug())?) } else { None };
        let clean = compiled.as_ref().is_some_and(|compiled| compiled.warnings == 0);
        self.compiled += usize::from(clean);
        println!("{}", Row { document, measure: &measure, compiled: compiled.as_ref(), generates });
        Ok(())
    }

    fn print(&self, check: bool) {
        println!("\nrefused as they should be: {} of {}", self.refused - self.surprises, self.refused);
        let compiled =
            if check { format!(", {} of {} compile", self.compiled, self.sound) } else { String::new() };
        println!("corpus: {} of {} generate{compiled}", self.generated, self.sound);
    }

    fn is_sound(&self, check: bool) -> bool {
        self.generated == self.sound && self.surprises == 0 && (!check || self.compiled == self.sound)
    }
}

/// One line of the table.
struct Row<'a> {
    document: &'a Document,
    measure: &'a Measure,
    compiled: Option<&'a compile::Compiled>,
    generates: bool,
}

impl Row<'_> {
    const HEAD: &'static str = "document                                                     operations  types  generate s  peak MiB    lines  check s  warnings  verdict";

    fn verdict(&self) -> String {
        match (self.compiled, self.generates) {
            _ if !self.measure.as_expected() => self.measure.complaint.clone(),
            (_, false) => "refused".to_owned(),
            (Some(compiled), _) if compiled.warnings > 0 => compiled.first.clone(),
            (Some(_), _) => "compiles".to_owned(),
            (None, _) => "generates".to_owned(),
        }
    }
}

impl std::fmt::Display for Row<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Measure { operations, types, seconds, peak, lines, .. } = self.measure;
        write!(f, "{:60} {operations:10} {types:6} {seconds:11.2} {peak:9} {lines:8}", self.document.name)?;
        match self.compiled {
            Some(compiled) => write!(f, " {:8.1} {:9}", compiled.seconds, compiled.warnings)?,
            None => write!(f, " {:>8} {:>9}", "-", "-")?,
        }
        write!(f, "  {}", self.verdict())
    }
}
