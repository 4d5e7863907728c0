//! Generates every document of the corpus and prints what came of it.
//!
//! ```text
//! test-corpus [--check | --clippy | --examples] [<part of a name>…]
//! ```
//!
//! `--check` has cargo check what was generated, offline, and `--clippy` has Clippy look at it; every warning counts.
//! `--examples` decodes every default and example by generated code instead, and compares with the `jsonschema` crate.
//! Everything lands in `target/corpus`, or where `COUNTERPART_CORPUS_OUT` says. Run it with `--release`: the largest
//! documents have 13 MB.

mod compile;
mod examples;
mod measure;
mod messages;
mod table;

use std::process::ExitCode;
use std::{env, io};

use compile::Tool;
use table::Table;
use test_corpus::{Corpus, Document, Verdicts};

const USAGE: &str = "usage: test-corpus [--check | --clippy | --examples] [<part of a name>…]";

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
    let (options, parts): (Vec<&String>, Vec<&String>) =
        arguments.iter().partition(|argument| argument.starts_with("--"));
    let options: Vec<&str> = options.into_iter().map(String::as_str).collect();
    let wanted = |document: &Document| {
        parts.is_empty() || parts.iter().any(|part| document.name.contains(part.as_str()))
    };
    let tool = match options.as_slice() {
        [] => None,
        ["--check"] => Some(Tool::Check),
        ["--clippy"] => Some(Tool::Clippy),
        ["--examples"] => return examples::all(corpus.documents()?.into_iter().filter(wanted).collect()),
        _ => return Err(io::Error::other(USAGE)),
    };
    let verdicts = Verdicts::read().map_err(io::Error::other)?;
    let mut table = Table::default();
    for document in corpus.documents()?.into_iter().chain(corpus.broken()?).filter(wanted) {
        table.add(measure::of(&document)?, verdicts.of(&document), document);
    }
    if let Some(tool) = tool {
        table.compile(tool)?;
    }
    table.print();
    Ok(table.is_sound())
}
