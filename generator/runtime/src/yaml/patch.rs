//! Where the parser is stricter than YAML, or than the readers that most documents are written for: spaces are put
//! where it misses them, and it begins again.

use std::borrow::Cow;
use std::collections::BTreeMap;

use granit_parser::{ErrorKind, ScanError};

use super::node::{Remark, RemarkKind};
use super::resume::Resume;

/// More columns than any line of a document that is read stands in.
const INDENT: &str = match std::str::from_utf8(&[b' '; 512]) {
    Ok(spaces) => spaces,
    Err(_) => "",
};

/// What it takes to begin anew, in bytes read, and how many bytes are copied in the time that one is read in.
const BEGINNING: usize = 256;
const COPIED: usize = 64;

/// A text that is made readable.
pub(super) struct Patched<'t> {
    source: &'t str,
    /// What is read: something that opens what is open, then the rest of the source, with spaces put in.
    text: Cow<'t, str>,
    lead: usize,
    /// Where the rest begins in the source, and where the first text does.
    from: usize,
    top: usize,
    /// Where spaces were put into `text`.
    pads: Vec<Pad>,
    /// All spaces, and where they are missing in the source.
    missing: BTreeMap<usize, &'static str>,
    /// How many bytes have been read, those twice that were read again.
    pub read: usize,
    /// What else beginning anew took, as if bytes had been read.
    begun: usize,
    limit: usize,
    pub remarks: Vec<Remark>,
}

/// Spaces that were put in.
struct Pad {
    start: usize,
    count: usize,
    /// How many stand before it.
    before: usize,
}

impl<'t> Patched<'t> {
    /// Nothing is put in any more when so many bytes have been read `again`.
    pub fn new(source: &'t str, again: usize) -> Self {
        // The parser would count the byte order mark as a character of the first key.
        let from = if source.starts_with('\u{feff}') { 3 } else { 0 };
        Self {
            source,
            text: Cow::Borrowed(source.get(from..).unwrap_or_default()),
            lead: 0,
            from,
            top: from,
            pads: Vec::new(),
            missing: BTreeMap::new(),
            read: 0,
            begun: 0,
            limit: source.len().saturating_add(again),
            remarks: Vec::new(),
        }
    }

    /// The text to read.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether a byte of it only opens what is open.
    pub fn is_lead(&self, offset: usize) -> bool {
        offset < self.lead
    }

    /// Where a byte of it stands in the text that came in.
    pub fn place(&self, offset: usize) -> usize {
        let next = self.pads.partition_point(|pad| pad.start < offset);
        let pad = next.checked_sub(1).and_then(|last| self.pads.get(last));
        let inserted = pad.map_or(0, |pad| pad.before + pad.count.min(offset - pad.start));
        self.from + offset.saturating_sub(self.lead + inserted)
    }

    /// Whether the text can be read further than to this error; reading begins anew, at the top unless it can `resume`.
    pub fn mend(&mut self, error: &ScanError, resume: Option<&Resume>) -> bool {
        let offset = error.marker().byte_offset().unwrap_or_default();
        let Some((at, spaces)) = self.missing(error.kind(), offset) else { return false };
        self.read += offset;
        self.begun += BEGINNING + self.source.len() / COPIED;
        if self.read + self.begun > self.limit {
            return false;
        }
        if self.missing.insert(self.place(at), spaces).is_some() {
            // That did not help.
            return false;
        }
        match resume {
            Some(resume) => self.write(resume.at, &resume.skeleton),
            None => self.write(self.top, ""),
        }
        true
    }

    /// What the parser misses, and where.
    fn missing(&mut self, kind: &ErrorKind, at: usize) -> Option<(usize, &'static str)> {
        let (before, rest) = self.text.split_at_checked(at)?;
        match kind {
            // YAML 1.2 allows `{a:[x]}` (rule c-ns-flow-map-separate-value); the parser wants a space there.
            ErrorKind::FlowMappingValueAdjacentCollection => {
                let colon = if rest.starts_with(':') { at } else { before.rfind(':')? };
                Some((colon + 1, " "))
            }
            ErrorKind::InvalidQuotedScalarIndent => {
                let line = before.trim_end_matches(' ').len();
                let text = rest.lines().next().unwrap_or_default().to_owned();
                self.remark(at, text, RemarkKind::Indent);
                Some((line, INDENT))
            }
            ErrorKind::CommentNotSeparated if rest.starts_with('#') => {
                let text = rest.lines().next().unwrap_or_default().to_owned();
                self.remark(at, text, RemarkKind::Comment);
                Some((at, " "))
            }
            _ => None,
        }
    }

    /// The text from a byte of the source on.
    fn write(&mut self, from: usize, skeleton: &str) {
        let mut text = skeleton.to_owned();
        self.pads.clear();
        let (mut done, mut before) = (from, 0);
        for (place, spaces) in self.missing.range(from..) {
            text.push_str(self.source.get(done..*place).unwrap_or_default());
            self.pads.push(Pad { start: text.len(), count: spaces.len(), before });
            text.push_str(spaces);
            before += spaces.len();
            done = *place;
        }
        text.push_str(self.source.get(done..).unwrap_or_default());
        (self.text, self.from, self.lead) = (Cow::Owned(text), from, skeleton.len());
    }

    fn remark(&mut self, at: usize, text: String, kind: RemarkKind) {
        let narrow = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
        let start = self.place(at);
        self.remarks.push(Remark { start: narrow(start), end: narrow(start + text.len()), text, kind });
    }
}
