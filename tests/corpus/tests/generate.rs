//! Every document of the corpus generates, or is refused for the known reason; what is broken on purpose never brings
//! the generator down.

use std::sync::Mutex;
use std::time::Instant;
use std::{io, thread};

use counterpart::diagnostic::{Code, Severity};
use counterpart::{Generated, Rejected};
use test_corpus::{Corpus, Document, Verdicts};

/// The corpus; a line says so where there is none.
fn corpus() -> Option<Corpus> {
    let corpus = Corpus::find();
    if corpus.is_none() {
        // Past the harness, which shows what is printed by failing tests only.
        let line = format!("skipped: no corpus at {}\n", Corpus::folder().display());
        io::Write::write_all(&mut io::stderr(), line.as_bytes()).unwrap();
    }
    corpus
}

/// Runs a test of every document, on as many threads as there are processors, and fails with all complaints.
fn hold(documents: Vec<Document>, test: impl Fn(&Document) -> Result<(), String> + Sync) {
    let (queue, complaints) = (Mutex::new(documents), Mutex::new(Vec::new()));
    let work = || {
        while let Some(document) = { queue.lock().unwrap().pop() } {
            if let Err(complaint) = test(&document) {
                complaints.lock().unwrap().push(format!("{}: {complaint}", document.name));
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(work);
        }
    });
    let mut complaints = complaints.into_inner().unwrap();
    complaints.sort();
    assert!(complaints.is_empty(), "{} complaints:\n{}", complaints.len(), complaints.join("\n"));
}

fn no_defect(outcome: &Result<Generated, Rejected>) -> Result<(), String> {
    let diagnostics = match outcome {
        Ok(generated) => &generated.diagnostics,
        Err(rejected) => &rejected.diagnostics,
    };
    match diagnostics.iter().find(|item| item.code == Code::DEFECT) {
        Some(item) => Err(format!("a defect: {}", item.message)),
        None => Ok(()),
    }
}

#[test]
fn documents_generate_or_are_refused_for_the_known_reason() {
    let Some(corpus) = corpus() else {
        return;
    };
    let verdicts = Verdicts::read().unwrap();
    let mut documents = corpus.documents().unwrap();
    assert!(documents.len() > 500, "only {} documents were found", documents.len());
    let broken = corpus.broken().unwrap();
    let known = |name: &str| documents.iter().chain(&broken).any(|document| document.name == name);
    let unknown: Vec<&str> = verdicts.names().filter(|name| !known(name)).collect();
    assert!(unknown.is_empty(), "verdicts of documents that are not there: {unknown:?}");
    if cfg!(debug_assertions) {
        // Half a minute each where nothing is optimised; the program of this package reads them.
        documents.retain(|document| !document.name.starts_with("large/"));
    }
    hold(documents, |document| {
        let verdict = verdicts.of(document);
        let outcome = counterpart::generate(&document.source(), &verdict.options());
        no_defect(&outcome)?;
        verdict.hold(&outcome)
    });
}

#[test]
fn broken_documents_end_soon_and_say_where() {
    let Some(corpus) = corpus() else {
        return;
    };
    let verdicts = Verdicts::read().unwrap();
    hold(corpus.broken().unwrap(), |document| {
        let verdict = verdicts.of(document);
        let started = Instant::now();
        let outcome = counterpart::generate(&document.source(), &verdict.options());
        let seconds = started.elapsed().as_secs_f64();
        no_defect(&outcome)?;
        // Two seconds are the bound of a finished build; a test is not optimised and not alone.
        if seconds > 10.0 {
            return Err(format!("took {seconds:.1} s"));
        }
        verdict.hold(&outcome)?;
        let Err(rejected) = outcome else {
            return Ok(());
        };
        let errors = || rejected.diagnostics.iter().filter(|item| item.severity == Severity::Error);
        match errors().find(|item| rejected.sources.line_column(item.at).is_none()) {
            _ if errors().next().is_none() => Err("refused without an error".to_owned()),
            Some(item) => Err(format!("an error without a place: {}", item.message)),
            None => Ok(()),
        }
    });
}
