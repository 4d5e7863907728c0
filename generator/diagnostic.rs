//! What there is to say about a contract: findings with a code, a place and a help. Every floor may report.

mod code;
pub mod render;
pub(crate) mod suggest;

use std::collections::BTreeMap;

pub use code::Code;

use crate::source::Span;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// Generation goes on.
    Warning,
}

/// A finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of finding.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in one sentence that begins in lower case.
    pub message: String,
    /// Where.
    pub at: Span,
    /// Other places that matter, with what they are.
    pub labels: Vec<(Span, String)>,
    /// What to do about it.
    pub help: Option<String>,
    /// Where the same is to be found besides; these places are counted, not shown.
    pub others: Vec<Span>,
}

/// The findings of a run.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    items: Vec<Diagnostic>,
    once: BTreeMap<(Code, String), usize>,
    allowed: Vec<Code>,
}

/// Adds details to a finding that was just made.
#[derive(Debug)]
pub struct Report<'a>(Option<&'a mut Diagnostic>);

impl Report<'_> {
    /// Whether this finding is listed, not only counted with another one.
    pub fn is_listed(&self) -> bool {
        self.0.is_some()
    }

    /// Points at another place.
    pub fn label(self, at: Span, text: impl Into<String>) -> Self {
        let Self(mut item) = self;
        if let Some(item) = &mut item {
            item.labels.push((at, text.into()));
        }
        Self(item)
    }

    /// Says what to do.
    pub fn help(self, text: impl Into<String>) -> Self {
        let Self(mut item) = self;
        if let Some(item) = &mut item {
            item.help = Some(text.into());
        }
        Self(item)
    }
}

impl Diagnostics {
    /// Makes errors of this code warnings from now on; says whether that is possible. It is for findings that
    /// generation can live with ([`Code::can_be_allowed`]).
    pub fn allow(&mut self, code: Code) -> bool {
        if code.can_be_allowed() {
            self.allowed.push(code);
        }
        code.can_be_allowed()
    }

    /// Reports an error.
    pub fn error(&mut self, code: Code, at: Span, message: impl Into<String>) -> Report<'_> {
        self.push(Severity::Error, code, at, message.into())
    }

    /// Reports a warning.
    pub fn warning(&mut self, code: Code, at: Span, message: impl Into<String>) -> Report<'_> {
        self.push(Severity::Warning, code, at, message.into())
    }

    /// Reports a warning at the first place only; later ones with the same key are counted.
    pub fn warning_once(
        &mut self,
        code: Code,
        key: &str,
        at: Span,
        message: impl Into<String>,
    ) -> Report<'_> {
        self.once(Severity::Warning, code, key, at, message.into())
    }

    /// Reports an error at the first place only, like [`Diagnostics::warning_once`].
    pub fn error_once(&mut self, code: Code, key: &str, at: Span, message: impl Into<String>) -> Report<'_> {
        self.once(Severity::Error, code, key, at, message.into())
    }

    fn once(&mut self, severity: Severity, code: Code, key: &str, at: Span, message: String) -> Report<'_> {
        if let Some(index) = self.once.get(&(code, key.to_owned())) {
            if let Some(item) = self.items.get_mut(*index) {
                item.others.push(at);
            }
            return Report(None);
        }
        self.once.insert((code, key.to_owned()), self.items.len());
        self.push(severity, code, at, message)
    }

    fn push(&mut self, severity: Severity, code: Code, at: Span, message: String) -> Report<'_> {
        let severity = if self.allowed.contains(&code) { Severity::Warning } else { severity };
        let item =
            Diagnostic { code, severity, message, at, labels: Vec::new(), help: None, others: Vec::new() };
        self.items.push(item);
        Report(self.items.last_mut())
    }

    /// Forgets the findings whose places are not wanted. Of one that is counted at several places the first that is
    /// wanted stands for the others.
    pub fn retain(&mut self, wanted: impl Fn(Span) -> bool) {
        let mut places: BTreeMap<usize, usize> = BTreeMap::new();
        let mut kept = Vec::new();
        for (index, mut item) in std::mem::take(&mut self.items).into_iter().enumerate() {
            item.others.retain(|place| wanted(*place));
            if !wanted(item.at) {
                if item.others.is_empty() {
                    continue;
                }
                item.at = item.others.remove(0);
                item.labels.clear();
            }
            places.insert(index, kept.len());
            kept.push(item);
        }
        self.items = kept;
        self.once.retain(|_, index| match places.get(index) {
            Some(place) => {
                *index = *place;
                true
            }
            None => false,
        });
    }

    /// Takes over the findings of another sink.
    pub fn append(&mut self, other: Self) {
        let offset = self.items.len();
        self.items.extend(other.items);
        for (key, index) in other.once {
            self.once.entry(key).or_insert(index + offset);
        }
    }

    /// Whether an error was reported.
    pub fn has_errors(&self) -> bool {
        self.items.iter().any(|item| item.severity == Severity::Error)
    }

    /// Whether nothing was reported.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The findings by file and place, each once.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        let mut items: Vec<&Diagnostic> = self.items.iter().collect();
        items.sort_by_key(|item| (item.at.file, item.at.start, item.at.end, item.severity, item.code));
        items.dedup_by(|a, b| a.code == b.code && a.at == b.at && a.message == b.message);
        items.into_iter()
    }
}
