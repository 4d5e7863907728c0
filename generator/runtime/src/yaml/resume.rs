//! Where reading can begin anew after the parser was helped, so that it need not begin at the top: at a key, behind as
//! much text as opens again what is open there.

use std::ops::Range;

use granit_parser::{Span, StructureStyle};

use super::tree::{Kind, Open};

/// A key where reading can begin anew.
pub(super) struct Resume {
    /// Where it stands in the text that came in.
    pub at: usize,
    /// How many collections are open, that of the key among them.
    pub depth: usize,
    /// What opens them, up to the key.
    pub skeleton: String,
}

/// Where reading can begin anew: at the last key of the innermost mapping that has one, if it is known how everything
/// around it was opened.
pub(super) fn point(stack: &[Open]) -> Option<Resume> {
    let mark = |open: &Open| match &open.kind {
        Kind::Mapping(mapping) => mapping.mark,
        Kind::Sequence(_) => None,
    };
    let depth = 1 + stack.iter().rposition(|open| mark(open).is_some())?;
    let (own, outer) = stack.get(..depth)?.split_last()?;
    let mut skeleton = String::new();
    let mut inside = 0;
    for open in outer {
        let column = open.column?;
        indent(&mut skeleton, open.style, column, &mut inside);
        skeleton.push_str(match (open.style, &open.kind) {
            (StructureStyle::Block, Kind::Sequence(_)) => "-\n",
            (StructureStyle::Block, Kind::Mapping(_)) => "a:\n",
            (StructureStyle::Flow, Kind::Sequence(_)) => "[",
            (StructureStyle::Flow, Kind::Mapping(_)) => "{a: ",
        });
    }
    let column = own.column?;
    indent(&mut skeleton, own.style, column, &mut inside);
    match own.style {
        StructureStyle::Block => skeleton.push_str(&format!("a: a\n{:column$}", "")),
        StructureStyle::Flow => skeleton.push_str("{a: a, "),
    }
    Some(Resume { at: mark(own)?.at as usize, depth, skeleton })
}

/// A block begins in its column, brackets anywhere behind that of the block around them.
fn indent(skeleton: &mut String, style: StructureStyle, column: usize, inside: &mut usize) {
    let spaces = match style {
        StructureStyle::Block => {
            *inside = column + 1;
            column
        }
        StructureStyle::Flow if skeleton.ends_with('\n') => *inside,
        StructureStyle::Flow => 0,
    };
    skeleton.extend(std::iter::repeat_n(' ', spaces));
}

/// Where an event stands in what is being read.
pub(super) struct Seat<'a> {
    text: &'a str,
    span: &'a Span,
    range: Range<usize>,
}

impl<'a> Seat<'a> {
    pub fn new(text: &'a str, span: &'a Span, range: Range<usize>) -> Self {
        Self { text, span, range }
    }

    /// The column of a block of which this is a key, unless `?` stands before it.
    pub fn column_of_mapping(&self) -> Option<usize> {
        self.span.indent.filter(|column| *column == self.span.start.col())
    }

    /// Whether this is a bracket, not the first key of a pair that has none.
    pub fn is_bracket(&self) -> bool {
        !self.range.is_empty()
    }

    /// The column of the dashes of a block that begins here, below what is open. The parser's event stands at the first
    /// dash, or at what follows that if the dash stands in the column of the key above.
    pub fn column_of_sequence(&self, above: Option<&Open>) -> Option<usize> {
        let before = self.text.get(..self.range.start)?;
        let line = before.get(before.rfind('\n').map_or(0, |end| end + 1)..)?;
        let spaces = line.len() - line.trim_start_matches(' ').len();
        let key = above.filter(|open| matches!(open.kind, Kind::Mapping(_))).map(|open| open.column);
        if key == Some(Some(spaces)) && is_dash(line.get(spaces..)?) {
            return Some(spaces);
        }
        let inside = key.is_none_or(|column| column.is_some_and(|column| column < self.span.start.col()));
        (inside && is_dash(self.text.get(self.range.start..)?)).then_some(self.span.start.col())
    }
}

/// Whether a text begins with the dash of an entry.
fn is_dash(text: &str) -> bool {
    text.strip_prefix('-').is_some_and(|rest| rest.starts_with([' ', '\n', '\r', '\t']))
}
