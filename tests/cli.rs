//! The command line as its users see it.

use crate::support::Folder;

mod allow;
mod errors;
mod generate;
mod help;
mod messages;
mod unenforced;

/// One line that stands in the text, or the whole text in the failure.
#[track_caller]
fn assert_line(text: &str, line: &str) {
    assert!(text.lines().any(|found| found.trim_end() == line), "no line `{line}` in:\n{text}");
}

const BROKEN: &str = "openapi: 3.1.0
info: { title: a, version: '1' }
paths:
  /a: { parameters: [], parameters: [] }
";

fn broken() -> Folder {
    let folder = Folder::new();
    folder.write("broken.yaml", BROKEN);
    folder
}
