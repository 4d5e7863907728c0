//! Why a text is not JSON.

use std::fmt;

/// Bytes that are not JSON text (RFC 8259), with the place where reading stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// Bytes before the place.
    pub offset: usize,
    /// Line of the place, from 1.
    pub line: u32,
    /// Column of the place in characters, from 1.
    pub column: u32,
    /// What is wrong there.
    pub message: String,
}

impl Malformed {
    /// Finds line and column of an offset; the text before it must be UTF-8.
    pub(crate) fn at(bytes: &[u8], offset: usize, message: String) -> Self {
        let before = bytes.get(..offset).unwrap_or(bytes);
        let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        let on_line = before.get(line_start..).unwrap_or_default();
        // Every character has one byte that does not continue another.
        let column = 1 + on_line.iter().filter(|byte| **byte & 0xC0 != 0x80).count();
        let bounded = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Self { offset, line: bounded(line), column: bounded(column), message }
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at line {}, column {}", self.message, self.line, self.column)
    }
}

impl std::error::Error for Malformed {}
