//! Every `default`, `example` and entry of `examples` goes through the generated decoder of its schema, and through the
//! `jsonschema` crate, which reads the document by itself. Where the two disagree, the generated code is wrong.
//!
//! For each document a contract is made whose components are the schemas that have such values, and its types are
//! generated. A program that holds many such modules decodes all values and prints what came of each.

mod driver;
mod gather;
mod judge;

use std::collections::BTreeMap;
use std::io;

use test_corpus::{Document, Verdict, Verdicts};

use driver::Decoded;
use gather::Gathered;

/// So many values make a program: what is built and run at once.
const VALUES: usize = 4000;

/// The sums.
#[derive(Debug, Default)]
struct Sums {
    accepted: usize,
    refused: usize,
    disagreements: Vec<String>,
    /// Accepted, but written differently.
    changed: Vec<String>,
    /// Values that the judge could not be asked about.
    unjudged: BTreeMap<String, usize>,
}

/// Tries the values of these documents; whether generated code and judge agree on all of them.
pub fn all(documents: Vec<Document>) -> io::Result<bool> {
    let verdicts = Verdicts::read().map_err(io::Error::other)?;
    let mut sums = Sums::default();
    let mut waiting: Vec<Gathered> = Vec::new();
    for document in documents {
        let verdict = verdicts.of(&document);
        if document.is_broken() || matches!(verdict, Verdict::Refused(_)) {
            continue;
        }
        match gather::gather(&document, &verdict.options()) {
            Ok(gathered) if gathered.values.is_empty() => {}
            Ok(gathered) => waiting.push(gathered),
            Err(complaint) => sums.disagreements.push(format!("{}: {complaint}", document.name)),
        }
        if waiting.iter().map(|gathered| gathered.values.len()).sum::<usize>() >= VALUES {
            run(&std::mem::take(&mut waiting), &mut sums)?;
        }
    }
    run(&waiting, &mut sums)?;
    Ok(sums.print())
}

/// Decodes the values of some documents by one program, and judges each document.
fn run(documents: &[Gathered], sums: &mut Sums) -> io::Result<()> {
    if documents.is_empty() {
        return Ok(());
    }
    let decoded = driver::run(documents)?;
    for (document, decoded) in documents.iter().zip(&decoded) {
        sums.compare(document, decoded);
    }
    Ok(())
}

impl Sums {
    fn compare(&mut self, document: &Gathered, decoded: &[Decoded]) {
        let judge = match judge::Judge::new(document) {
            Ok(judge) => judge,
            Err(reason) => {
                *self.unjudged.entry(reason).or_default() += document.values.len();
                return;
            }
        };
        for (value, decoded) in document.values.iter().zip(decoded) {
            let place = format!("{} {}", value.place, document.targets[value.target].pointer);
            match (judge.verdict(value), decoded) {
                (Err(reason), _) => *self.unjudged.entry(reason).or_default() += 1,
                (Ok(None), Decoded::Accepted) => self.accepted += 1,
                (Ok(None), Decoded::Changed(to)) => {
                    self.accepted += 1;
                    self.changed.push(format!("{place}: came back as {to}"));
                }
                (Ok(Some(_)), Decoded::Refused(_)) => self.refused += 1,
                (Ok(None), Decoded::Refused(violation)) => {
                    self.disagreements.push(format!("{place}: only generated code refuses: {violation}"));
                }
                (Ok(Some(error)), _) => {
                    self.disagreements.push(format!("{place}: only the judge refuses: {error}"));
                }
            }
        }
    }

    fn print(&self) -> bool {
        for line in self.disagreements.iter().chain(&self.changed) {
            println!("{line}");
        }
        for (reason, count) in &self.unjudged {
            println!("{count} not judged: {reason}");
        }
        println!(
            "examples: {} accepted by both, {} refused by both, {} disagreements, {} written differently",
            self.accepted,
            self.refused,
            self.disagreements.len(),
            self.changed.len(),
        );
        self.disagreements.is_empty() && self.changed.is_empty()
    }
}
