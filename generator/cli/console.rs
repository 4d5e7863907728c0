//! The only place that talks to the user: for people on stderr, for tools as JSON on stdout. Without a terminal,
//! success is silent.

use std::env;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;

use serde_json::json;

use super::arguments::{Color, MessageFormat, Output};
use super::drift;
use super::progress::Progress;
use super::unenforced;
use crate::diagnostic::render::{self, Style};
use crate::diagnostic::{Diagnostics, Severity};
use crate::output::{Drift, Written};
use crate::source::Sources;
use crate::unenforced::{Reason, Unenforced};

#[derive(Debug)]
pub(super) struct Console {
    format: MessageFormat,
    style: Style,
}

impl Console {
    pub fn new(output: &Output) -> Self {
        let colored = match output.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => io::stderr().is_terminal() && wants_color(),
        };
        let style = if colored { Style::Colored } else { Style::Plain };
        Self { format: output.message_format, style }
    }

    /// For commands that have nothing to choose.
    pub fn plain() -> Self {
        Self { format: MessageFormat::Human, style: Style::Plain }
    }

    /// Every finding.
    pub fn findings(&self, diagnostics: &Diagnostics, sources: &Sources) {
        for diagnostic in diagnostics.iter() {
            match self.format {
                MessageFormat::Human => {
                    self.say(&format!("{}\n", render::human(diagnostic, sources, self.style)));
                }
                MessageFormat::Json => self.tell(&render::json(diagnostic, sources)),
            }
        }
    }

    /// What the contract says and nobody is held to, with the places: the first few for people, all for tools. People
    /// have seen what stands at one place and was reported.
    pub fn unenforced(&self, list: &[Unenforced], sources: &Sources) {
        for item in list {
            match self.format {
                MessageFormat::Human if item.reason != Reason::Annotation && item.at.len() == 1 => {}
                MessageFormat::Human => self.say(&unenforced::human(item, sources, self.style)),
                MessageFormat::Json => self.tell(&unenforced::json(item, sources)),
            }
        }
    }

    /// That there is nothing to write, and why.
    pub fn rejected(&self, spec: &Path, diagnostics: &Diagnostics) {
        let count = |severity| diagnostics.iter().filter(|item| item.severity == severity).count();
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        let found: Vec<String> = [(errors, "error"), (warnings, "warning")]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, noun)| format!("{count} {noun}{}", if count == 1 { "" } else { "s" }))
            .collect();
        let denied = if errors == 0 { ", and warnings are denied" } else { "" };
        self.error(&format!("{} in `{}`{denied}", found.join(" and "), spec.display()), None);
    }

    /// A message without a place.
    pub fn error(&self, message: &str, help: Option<&str>) {
        match self.format {
            MessageFormat::Human => {
                self.say(&render::plain_message(Severity::Error, message, help, self.style));
            }
            MessageFormat::Json => {
                self.tell(&json!({ "type": "error", "message": message, "help": help }).to_string());
            }
        }
    }

    /// What was written; people who watch are told, tools get the list.
    pub fn written(&self, folder: &Path, done: &Written) {
        match self.format {
            MessageFormat::Human if io::stderr().is_terminal() => self.say(&summary(folder, done)),
            MessageFormat::Human => {}
            MessageFormat::Json => self.tell(
                &json!({
                    "type": "written",
                    "written": done.written,
                    "unchanged": done.unchanged,
                    "removed": done.removed,
                })
                .to_string(),
            ),
        }
    }

    /// How the folder differs, and the command that puts it right.
    pub fn drift(&self, found: &Drift, folder: &Path, command: &str) {
        for finding in &found.findings {
            match self.format {
                MessageFormat::Human => self.tell(drift::diff(finding).trim_end()),
                MessageFormat::Json => self.tell(
                    &json!({
                        "type": "drift",
                        "kind": finding.kind(),
                        "file": finding.path(),
                        "diff": drift::diff(finding),
                    })
                    .to_string(),
                ),
            }
        }
        let message = drift::message(found, folder);
        self.error(&message, Some(&format!("to bring it up to date, run: {command}")));
    }

    /// Shows that something is going on, should it take long and someone be watching.
    pub fn progress(&self, spec: &Path) -> Option<Progress> {
        let watched = self.format == MessageFormat::Human && io::stderr().is_terminal();
        watched.then(|| Progress::start(format!("generating from {}", spec.display())))
    }

    /// To people. Nobody is left to tell if stderr is gone.
    fn say(&self, text: &str) {
        let _ = writeln!(io::stderr().lock(), "{text}");
    }

    /// To stdout; a reader that has gone away (`| head`) has seen enough.
    fn tell(&self, text: &str) {
        let _ = writeln!(io::stdout().lock(), "{text}");
    }
}

fn wants_color() -> bool {
    env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        && env::var_os("TERM").is_none_or(|term| term != "dumb")
}

fn summary(folder: &Path, done: &Written) -> String {
    let Written { written, unchanged, removed } = done;
    let folder = folder.display();
    if written.is_empty() && removed.is_empty() {
        return format!("`{folder}` is up to date, {} files", unchanged.len());
    }
    format!("`{folder}`: {} written, {} unchanged, {} removed", written.len(), unchanged.len(), removed.len())
}
