//! The syntax tree of an ECMA-262 regular expression (ECMA-262 section 22.2).

/// The highest code point.
pub(super) const MAX: u32 = 0x10_FFFF;

/// A node of the tree. Captures carry their number because back references need it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    Class(Class),
    /// `^`
    Start,
    /// `$`
    End,
    /// `\b`, or `\B` when negated
    Word {
        negated: bool,
    },
    Sequence(Vec<Node>),
    Choice(Vec<Node>),
    Group(Box<Node>),
    Capture(u32, Box<Node>),
    Look {
        behind: bool,
        negated: bool,
        body: Box<Node>,
    },
    Repeat {
        body: Box<Node>,
        min: u32,
        max: Option<u32>,
        lazy: bool,
    },
    Back(u32),
}

/// A set of code points: ranges, and Unicode properties in the spelling of the `regex` crate.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Class {
    pub negated: bool,
    pub ranges: Vec<(u32, u32)>,
    pub properties: Vec<String>,
}

/// `\d`
pub(super) const DIGIT: &[(u32, u32)] = &[(0x30, 0x39)];
/// `\w`
pub(super) const WORD: &[(u32, u32)] = &[(0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)];
/// `\s`: WhiteSpace and LineTerminator, which has U+FEFF and lacks U+0085
pub(super) const SPACE: &[(u32, u32)] = &[
    (0x09, 0x0D),
    (0x20, 0x20),
    (0xA0, 0xA0),
    (0x1680, 0x1680),
    (0x2000, 0x200A),
    (0x2028, 0x2029),
    (0x202F, 0x202F),
    (0x205F, 0x205F),
    (0x3000, 0x3000),
    (0xFEFF, 0xFEFF),
];
/// What `.` does not match
pub(super) const LINE_END: &[(u32, u32)] = &[(0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029)];

impl Class {
    /// The class of one code point.
    pub fn single(code: u32) -> Self {
        Self { ranges: vec![(code, code)], ..Self::default() }
    }

    /// The class of these ranges, or of everything else.
    pub fn of(ranges: &[(u32, u32)], negated: bool) -> Self {
        Self { negated, ranges: ranges.to_vec(), properties: Vec::new() }
    }

    /// Adds all of another class, as a class escape inside brackets does.
    pub fn extend(&mut self, other: Self) {
        if other.negated {
            self.ranges.extend(complement(other.ranges));
        } else {
            self.ranges.extend(other.ranges);
        }
        self.properties.extend(other.properties);
    }

    /// The ranges in order and without overlap, negation applied; none where a property is part of the class.
    pub fn flat(&self) -> Option<Vec<(u32, u32)>> {
        if !self.properties.is_empty() {
            return None;
        }
        let ranges = self.ranges.clone();
        Some(if self.negated { complement(ranges) } else { merge(ranges) })
    }
}

/// Sorts and joins ranges.
pub(super) fn merge(mut ranges: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    ranges.sort_unstable();
    let mut merged: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
    for (low, high) in ranges {
        match merged.last_mut() {
            Some(last) if low <= last.1.saturating_add(1) => last.1 = last.1.max(high),
            _ => merged.push((low, high)),
        }
    }
    merged
}

fn complement(ranges: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    let mut gaps = Vec::new();
    let mut next = 0;
    for (low, high) in merge(ranges) {
        if low > next {
            gaps.push((next, low - 1));
        }
        next = high + 1;
    }
    if next <= MAX {
        gaps.push((next, MAX));
    }
    gaps
}
