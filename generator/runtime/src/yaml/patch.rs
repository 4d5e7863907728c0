//! Where the parser is stricter than YAML, or than the readers that most documents are written for: spaces are put
//! where it misses them, and it begins again.

use std::borrow::Cow;

use granit_parser::{ErrorKind, ScanError};

use super::node::{Remark, RemarkKind};

/// More columns than any line of a document that is read stands in.
const INDENT: &str = match std::str::from_utf8(&[b' '; 512]) {
    Ok(spaces) => spaces,
    Err(_) => "",
};

/// So many bytes are read anew, all times together.
const MAX_READ: usize = 128 << 20;

/// A text that is made readable.
pub(super) struct Patched<'t> {
    text: Cow<'t, str>,
    /// What was left out at the beginning.
    skipped: usize,
    /// Where spaces were put, and how many.
    inserted: Vec<(usize, usize)>,
    /// How many bytes had been read when something was missed.
    read: usize,
    remarks: Vec<Remark>,
}

impl<'t> Patched<'t> {
    pub fn new(text: &'t str) -> Self {
        // The parser would count the byte order mark as a character of the first key.
        let skipped = if text.starts_with('\u{feff}') { 3 } else { 0 };
        let text = Cow::Borrowed(text.get(skipped..).unwrap_or_default());
        Self { text, skipped, inserted: Vec::new(), read: 0, remarks: Vec::new() }
    }

    /// The text to read.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where a byte of it stands in the text that came in.
    pub fn place(&self, offset: usize) -> usize {
        let before = self.inserted.iter().filter(|(at, _)| *at < offset);
        self.skipped + offset - before.map(|(at, count)| (*count).min(offset - at)).sum::<usize>()
    }

    /// What was not YAML.
    pub fn remarks(self) -> Vec<Remark> {
        self.remarks
    }

    /// Whether the text can be read further than to this error.
    pub fn mend(&mut self, error: &ScanError, patches: usize) -> bool {
        let at = error.marker().byte_offset().unwrap_or_default();
        let Some((before, rest)) = self.text.split_at_checked(at) else { return false };
        self.read += at;
        if self.inserted.len() >= patches || self.read > MAX_READ {
            return false;
        }
        match error.kind() {
            // YAML 1.2 allows `{a:[x]}` (rule c-ns-flow-map-separate-value); the parser wants a space there.
            ErrorKind::FlowMappingValueAdjacentCollection => {
                let before = self.text.get(..=at).unwrap_or_default();
                let Some(colon) = before.rfind(':') else { return false };
                self.insert(colon + 1, " ");
            }
            ErrorKind::InvalidQuotedScalarIndent => {
                let line = before.len() - before.chars().rev().take_while(|c| *c == ' ').count();
                let text = rest.lines().next().unwrap_or_default().to_owned();
                self.remark(at, text, RemarkKind::Indent);
                self.insert(line, INDENT);
            }
            ErrorKind::CommentNotSeparated if rest.starts_with('#') => {
                let text = rest.lines().next().unwrap_or_default().to_owned();
                self.remark(at, text, RemarkKind::Comment);
                self.insert(at, " ");
            }
            _ => return false,
        }
        true
    }

    fn insert(&mut self, at: usize, spaces: &str) {
        self.text.to_mut().insert_str(at, spaces);
        self.inserted.push((at, spaces.len()));
    }

    fn remark(&mut self, at: usize, text: String, kind: RemarkKind) {
        let narrow = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
        let start = self.place(at);
        self.remarks.push(Remark { start: narrow(start), end: narrow(start + text.len()), text, kind });
    }
}
