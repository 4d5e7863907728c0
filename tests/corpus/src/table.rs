//! The table, and the sums below it.

use std::collections::BTreeMap;
use std::fmt;
use std::io;

use test_corpus::{Document, Verdict};

use crate::compile::{self, Compiled, Tool};
use crate::measure::Measure;

/// Every document with what came of it.
#[derive(Debug, Default)]
pub struct Table {
    rows: Vec<Row>,
    compiled: BTreeMap<String, Compiled>,
    tool: Option<Tool>,
}

#[derive(Debug)]
struct Row {
    document: Document,
    verdict: Verdict,
    measure: Measure,
}

impl Row {
    /// Whether it counts among those that are to generate and compile.
    fn is_sound(&self) -> bool {
        matches!(self.verdict, Verdict::Generates { .. }) && !self.document.is_broken()
    }
}

impl Table {
    /// Adds a document.
    pub fn add(&mut self, measure: Measure, verdict: Verdict, document: Document) {
        self.rows.push(Row { document, verdict, measure });
    }

    /// Has what was generated compiled.
    pub fn compile(&mut self, tool: Tool) -> io::Result<()> {
        let generated = self.rows.iter().filter(|row| row.measure.lines > 0);
        let modules: Vec<(String, usize)> =
            generated.map(|row| (row.document.slug(), row.measure.lines)).collect();
        self.compiled = compile::all(tool, &modules)?;
        self.tool = Some(tool);
        Ok(())
    }

    fn is_clean(&self, row: &Row) -> bool {
        self.compiled.get(&row.document.slug()).is_some_and(|compiled| compiled.messages.is_empty())
    }

    /// Prints all of it.
    pub fn print(&self) {
        println!(
            "{:60} operations  types  generate s  peak MiB    lines  check s  unenforced  verdict",
            "document"
        );
        for row in &self.rows {
            println!("{}", Line { row, compiled: self.compiled.get(&row.document.slug()) });
        }
        let count = |of: &dyn Fn(&Row) -> bool| self.rows.iter().filter(|row| of(row)).count();
        let broken = |row: &Row| row.document.is_broken();
        println!(
            "\nbroken on purpose: {} of {} refused with a place, {} read with a warning or for good reason",
            count(&|row| broken(row) && row.measure.as_expected() && row.measure.refused),
            count(&broken),
            count(&|row| broken(row) && row.measure.as_expected() && !row.measure.refused),
        );
        let known = |row: &Row| matches!(row.verdict, Verdict::Refused(_));
        let held = count(&|row| known(row) && row.measure.as_expected());
        println!("invalid beside them: {held} of {} refused for the reason known", count(&known));
        let unenforced: usize = self.rows.iter().map(|row| row.measure.unenforced).sum();
        let undefined: usize = self.rows.iter().map(|row| row.measure.undefined).sum();
        println!(
            "unenforced: {unenforced} places; beside them {undefined} bodies in formats without a mapping"
        );
        let sound = count(&Row::is_sound);
        let generated = count(&|row| row.is_sound() && row.measure.as_expected());
        let clean = count(&|row| row.is_sound() && self.is_clean(row));
        let compiled = self.tool.map(|_| format!(", {clean} of {sound} compile"));
        println!("corpus: {generated} of {sound} generate{}", compiled.unwrap_or_default());
    }

    /// Whether everything is as it should be.
    pub fn is_sound(&self) -> bool {
        let clean = |row: &Row| row.measure.lines == 0 || self.is_clean(row);
        self.rows.iter().all(|row| row.measure.as_expected() && (self.tool.is_none() || clean(row)))
    }
}

/// One line of the table.
struct Line<'a> {
    row: &'a Row,
    compiled: Option<&'a Compiled>,
}

impl Line<'_> {
    fn verdict(&self) -> String {
        let Self { row, compiled } = self;
        let first = compiled.and_then(|compiled| compiled.messages.first());
        match (first, compiled) {
            _ if !row.measure.as_expected() => row.measure.complaint.clone(),
            _ if row.measure.refused => "refused".to_owned(),
            (Some(message), Some(compiled)) => {
                let kind = if message.is_error { "error" } else { "warning" };
                format!("{kind}, 1 of {}: {}", compiled.messages.len(), message.text.replace('\n', " "))
            }
            (_, Some(_)) => "compiles".to_owned(),
            (_, None) => "generates".to_owned(),
        }
    }
}

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Measure { operations, types, seconds, peak, lines, unenforced, .. } = self.row.measure;
        write!(
            f,
            "{:60} {operations:10} {types:6} {seconds:11.2} {peak:9} {lines:8}",
            self.row.document.name
        )?;
        match self.compiled {
            Some(compiled) => {
                let share = if compiled.shared { "~" } else { "" };
                write!(f, " {:>8}", format!("{share}{:.1}", compiled.seconds))?;
            }
            None => write!(f, " {:>8}", "-")?,
        }
        write!(f, " {unenforced:11}  {}", self.verdict())
    }
}
