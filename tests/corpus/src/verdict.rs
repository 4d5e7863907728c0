//! What is known of documents that do not simply generate.

use std::collections::BTreeMap;

use counterpart::Options;
use counterpart::diagnostic::{Code, Severity};
use counterpart::{Generated, Rejected};

use crate::Document;

/// What becomes of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It generates.
    Generates {
        /// Errors that have to be allowed for that.
        allow: Vec<Code>,
    },
    /// It is refused, with this error among others.
    Refused(Code),
    /// It is broken on purpose and refused for whichever reason.
    Broken,
    /// It is broken on purpose, and generates with this warning.
    Mended(Code),
}

/// The verdicts of `verdicts.txt`.
#[derive(Clone, Debug)]
pub struct Verdicts(BTreeMap<String, Verdict>);

impl Verdicts {
    /// Reads the list.
    ///
    /// # Errors
    /// If a line is not `refused <code> <document>`, `allow <code> <document>`, `mended <code> <document>` or
    /// `accepted <document>`.
    pub fn read() -> Result<Self, String> {
        let mut verdicts: BTreeMap<String, Verdict> = BTreeMap::new();
        for line in include_str!("../verdicts.txt").lines() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(name) = line.strip_prefix("accepted ") {
                verdicts.insert(name.to_owned(), Verdict::Generates { allow: Vec::new() });
                continue;
            }
            let mut words = line.splitn(3, ' ');
            let (Some(word), Some(code), Some(name)) =
                (words.next(), words.next().and_then(Code::named), words.next())
            else {
                return Err(format!("verdicts.txt: `{line}` is no verdict"));
            };
            let known = verdicts.entry(name.to_owned()).or_insert(Verdict::Generates { allow: Vec::new() });
            match (word, known) {
                ("allow", Verdict::Generates { allow }) => allow.push(code),
                ("refused", known) => *known = Verdict::Refused(code),
                ("mended", known) => *known = Verdict::Mended(code),
                _ => return Err(format!("verdicts.txt: `{line}` is no verdict")),
            }
        }
        Ok(Self(verdicts))
    }

    /// The verdict on a document: what the list says, else what its folder is for.
    #[must_use]
    pub fn of(&self, document: &Document) -> Verdict {
        let folder = || match document.is_broken() {
            true => Verdict::Broken,
            false => Verdict::Generates { allow: Vec::new() },
        };
        self.0.get(&document.name).cloned().unwrap_or_else(folder)
    }

    /// The names that the list mentions.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

impl Verdict {
    /// The options to generate with.
    #[must_use]
    pub fn options(&self) -> Options {
        match self {
            Self::Generates { allow } => {
                allow.iter().fold(Options::new(), |options, code| options.allow(*code))
            }
            Self::Refused(_) | Self::Broken | Self::Mended(_) => Options::new(),
        }
    }

    /// What is not as expected.
    ///
    /// # Errors
    /// If the outcome is another one.
    pub fn hold(&self, outcome: &Result<Generated, Rejected>) -> Result<(), String> {
        match (self, outcome) {
            (Self::Generates { .. }, Ok(_)) => Ok(()),
            (Self::Generates { .. }, Err(rejected)) => Err(first_error(rejected)),
            (Self::Refused(code), Err(rejected)) => {
                let found = rejected.diagnostics.iter().any(|item| item.code == *code);
                if found { Ok(()) } else { Err(format!("not `{code}` but: {}", first_error(rejected))) }
            }
            (Self::Refused(code), Ok(_)) => Err(format!("generates, in spite of `{code}`")),
            (Self::Mended(code), Ok(generated)) => {
                let found = generated.diagnostics.iter().any(|item| item.code == *code);
                if found { Ok(()) } else { Err(format!("generates without `{code}`")) }
            }
            (Self::Mended(_), Err(rejected)) => Err(first_error(rejected)),
            (Self::Broken, Err(_)) => Ok(()),
            (Self::Broken, Ok(_)) => Err("generates, though it is broken".to_owned()),
        }
    }
}

fn first_error(rejected: &Rejected) -> String {
    let error = rejected.diagnostics.iter().find(|item| item.severity == Severity::Error);
    error.map_or_else(|| "no error".to_owned(), |item| format!("{}: {}", item.code, item.message))
}
