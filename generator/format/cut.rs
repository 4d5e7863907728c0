//! A page of Rust may be large; parsed at once it would be many times larger. So it is cut between items, and where an
//! `impl` or a `trait` is long, between its members. The function `server` is long as well: it is cut between the
//! entries of the list that it is about.

use std::borrow::Cow;
use std::fmt;

use super::Mistake;

/// A piece is cut off at the first chance behind so many bytes.
const ENOUGH: usize = 16 << 10;

/// Some whole items of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    /// Unformatted Rust.
    pub text: &'a str,
    /// The block that the piece before ended in, if its first item goes on with that.
    pub continues: Option<Block>,
    /// The block that goes on in the next piece.
    pub goes_on: Option<Block>,
}

/// Something long that is cut: each piece of it is made an item of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// The bracket before what it consists of.
    opening: u8,
    /// What such a piece begins with.
    head: &'static str,
    /// What it ends with.
    tail: &'static str,
    /// How many lines the head is once it is printed.
    pub head_lines: usize,
    /// The tail as it is printed.
    pub tail_text: &'static str,
}

const IMPL: Block = Block { opening: b'{', head: "impl T {", tail: "}", head_lines: 1, tail_text: "}\n" };
const TRAIT: Block = Block { head: "trait T {", ..IMPL };
/// The first entry is too long for the line, so that each stands on a line of its own.
const LIST: Block = Block {
    opening: b'[',
    head: "fn f() { f(a, b, [abcdefghijklmnopqrstuvwxyz_abcdefghijklmnopqrstuvwxyz_abcdefghijklmnopqrstuvwxyz, ",
    tail: "])}",
    head_lines: 6,
    tail_text: "        ],\n    )\n}\n",
};

impl Block {
    /// How many brackets are open between what it consists of.
    fn depth(self) -> usize {
        self.tail.len()
    }
}

/// Takes a page as it is written, and hands it on in pieces, until one is refused.
pub(super) struct Pieces<F> {
    take: F,
    enough: usize,
    scanner: Scanner,
    /// What was not handed on yet.
    text: String,
    /// What the next piece goes on with.
    block: Option<Block>,
    refused: Option<Mistake>,
}

impl<F: FnMut(Piece<'_>) -> Result<(), Mistake>> Pieces<F> {
    /// Nothing is written yet.
    pub fn new(take: F) -> Self {
        let (scanner, text) = (Scanner::default(), String::new());
        Self { take, enough: ENOUGH, scanner, text, block: None, refused: None }
    }

    /// Hands on the rest; why a piece was refused, if one was.
    pub fn finish(mut self) -> Result<(), Mistake> {
        if self.refused.is_none() {
            self.hand_on(None);
        }
        self.refused.map_or(Ok(()), Err)
    }

    /// Hands on what is there; what follows goes on with a block.
    fn hand_on(&mut self, next: Option<Block>) {
        let text = piece(self.block, &self.text, next);
        let piece = Piece { text: &text, continues: self.block, goes_on: next };
        self.refused = (self.take)(piece).err();
        self.text.clear();
        self.block = next;
    }
}

impl<F: FnMut(Piece<'_>) -> Result<(), Mistake>> fmt::Write for Pieces<F> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let mut start = 0;
        for (at, byte) in text.bytes().enumerate() {
            if self.scanner.begins(byte) && self.text.len() + at - start >= self.enough {
                self.text.push_str(text.get(start..at).unwrap_or_default());
                start = at;
                self.hand_on(self.scanner.open_block());
                if self.refused.is_some() {
                    return Err(fmt::Error);
                }
            }
            self.scanner.step(byte);
        }
        self.text.push_str(text.get(start..).unwrap_or_default());
        Ok(())
    }
}

/// Blocks that are cut are closed and opened again.
fn piece(before: Option<Block>, part: &str, next: Option<Block>) -> Cow<'_, str> {
    if before.is_none() && next.is_none() {
        return Cow::Borrowed(part);
    }
    let head = before.map_or("", |block| block.head);
    let tail = next.map_or("", |block| block.tail);
    Cow::Owned([head, part, tail].concat())
}

/// Knows where things end.
struct Scanner {
    mode: Mode,
    /// Open brackets of all kinds.
    depth: usize,
    item: Item,
    /// An item or a member has ended, unless a semicolon follows.
    ended: bool,
}

/// What is known of the item that is being read.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Item {
    /// Nothing but the beginning of a word.
    Begun(String),
    /// A function, before its name.
    Function(String),
    /// What may be cut, before its opening bracket.
    Block(Block),
    /// The same behind it.
    Members(Block),
    /// Anything else is not parted.
    Whole,
}

/// What the next byte belongs to. The text is what token streams and templates write: raw strings have marks, and there
/// are no comments over several lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Code,
    /// Behind a slash.
    Slash,
    Comment,
    Text,
    /// Behind a backslash in a string.
    Escape,
    /// Behind so many `#`.
    Marks(usize),
    /// In a raw string that ends with a quote and so many marks.
    Raw(usize),
    /// The same, behind a quote and some of the marks.
    RawEnd(usize, usize),
    /// Behind a single quote.
    Quote,
    /// Behind a single quote and a character, or the beginning of one: its end follows, or this is a lifetime.
    Quoted,
    /// Behind a single quote and a backslash.
    QuotedEscape,
}

impl Default for Scanner {
    fn default() -> Self {
        Self { mode: Mode::Code, depth: 0, item: Item::Begun(String::new()), ended: false }
    }
}

impl Scanner {
    /// The block that is open here, if a piece may end between what it consists of.
    fn open_block(&self) -> Option<Block> {
        match self.item {
            Item::Members(block) if self.depth == block.depth() => Some(block),
            _ => None,
        }
    }

    /// Whether a cut may be made before this byte, which is the first of something new.
    fn begins(&mut self, byte: u8) -> bool {
        if !self.ended || self.mode != Mode::Code || byte.is_ascii_whitespace() {
            return false;
        }
        self.ended = false;
        if self.depth == 0 && byte != b';' {
            self.item = Item::Begun(String::new());
        }
        !matches!(byte, b';' | b'}' | b']')
    }

    fn step(&mut self, byte: u8) {
        self.mode = match (self.mode, byte) {
            (Mode::Slash, b'/') => Mode::Comment,
            (Mode::Marks(marks), b'#') => Mode::Marks(marks + 1),
            (Mode::Marks(marks), b'"') => Mode::Raw(marks),
            (Mode::Code | Mode::Slash | Mode::Marks(_), _) => self.code(byte),
            (Mode::Raw(marks) | Mode::RawEnd(marks, _), b'"') => Mode::RawEnd(marks, 0),
            (Mode::RawEnd(marks, found), b'#') if found + 1 == marks => Mode::Code,
            (Mode::RawEnd(marks, found), b'#') => Mode::RawEnd(marks, found + 1),
            (Mode::Raw(marks) | Mode::RawEnd(marks, _), _) => Mode::Raw(marks),
            (Mode::Comment, b'\n') | (Mode::Text, b'"') | (Mode::Quoted, b'\'') => Mode::Code,
            (Mode::Text, b'\\') => Mode::Escape,
            (Mode::Escape, _) => Mode::Text,
            (Mode::Quote, b'\\') => Mode::QuotedEscape,
            (Mode::Quote | Mode::QuotedEscape, _) => Mode::Quoted,
            (Mode::Quoted, 0x80..) => Mode::Quoted,
            (Mode::Quoted, _) => self.code(byte),
            (mode @ (Mode::Comment | Mode::Text), _) => mode,
        };
    }

    fn code(&mut self, byte: u8) -> Mode {
        if self.depth == 0 {
            self.word(byte);
        }
        match byte {
            b'(' | b'[' | b'{' => {
                self.depth += 1;
                if let Item::Block(block) = self.item
                    && (block.opening, block.depth()) == (byte, self.depth)
                {
                    self.item = Item::Members(block);
                }
            }
            b')' | b']' => self.depth = self.depth.saturating_sub(1),
            b',' => self.ended = self.open_block() == Some(LIST),
            b'}' => {
                self.depth = self.depth.saturating_sub(1);
                self.ended = self.between();
            }
            b';' => self.ended = self.between(),
            b'/' => return Mode::Slash,
            b'#' => return Mode::Marks(1),
            b'"' => return Mode::Text,
            b'\'' => return Mode::Quote,
            _ => {}
        }
        Mode::Code
    }

    /// Whether this is between items, or between members of a block.
    fn between(&self) -> bool {
        self.depth == 0 || self.open_block().is_some_and(|block| block != LIST)
    }

    /// The first word that is no visibility says what an item is.
    fn word(&mut self, byte: u8) {
        let function = matches!(self.item, Item::Function(_));
        let (Item::Begun(word) | Item::Function(word)) = &mut self.item else { return };
        if byte.is_ascii_alphanumeric() || byte == b'_' {
            return word.push(char::from(byte));
        }
        self.item = match (function, word.as_str()) {
            (true, "") | (false, "fn") => Item::Function(String::new()),
            (true, "server") => Item::Block(LIST),
            (false, "" | "pub") => Item::Begun(String::new()),
            (false, "impl") => Item::Block(IMPL),
            (false, "trait") => Item::Block(TRAIT),
            _ => Item::Whole,
        };
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::{Block, LIST, Piece, Pieces};

    /// The pieces of a page that is cut wherever it may be.
    fn pieces(page: &str) -> Vec<String> {
        let mut pieces = Vec::new();
        let take = |piece: Piece<'_>| {
            let mark = |block: Option<Block>| if block.is_some() { "…" } else { "" };
            let text = piece.text.trim().trim_start_matches(LIST.head);
            pieces.push(format!("{}{text}{}", mark(piece.continues), mark(piece.goes_on)));
            Ok(())
        };
        let mut cut = Pieces { enough: 1, ..Pieces::new(take) };
        // However it is written.
        page.split_inclusive(' ').try_for_each(|word| cut.write_str(word)).unwrap();
        cut.finish().unwrap();
        pieces
    }

    #[test]
    fn a_page_is_cut_between_items_and_between_members() {
        let text = "use a::{b, c}; const A: [u8; 1] = [1]; // }
            #[derive(A)] pub struct A { a: u8 } struct B(u8); m! { x } \
            impl<T> A for [u8; 3] { const X: Y = Y { a }; fn f() { g(';', '\\'', \"}\\\"\"); } fn h<'a>(a: &'a str) {} } \
            pub(super) trait T { type A; fn f(); } fn g() { f(a, b, [c, d]) } \
            pub fn server<A: B>(a: [u8; 2], b: C) -> D { S::new(a, &B, [ #[c] r(0, |a, b| { c([d, e]); f }), r(1, [g, h]), ], ) }
            fn i() {} #[doc = r##\"\\ \"# } fn \"##] fn j() {} fn k() {}";
        let expected = [
            "use a::{b, c};",
            "const A: [u8; 1] = [1];",
            "// }\n            #[derive(A)] pub struct A { a: u8 }",
            "struct B(u8);",
            "m! { x }",
            "impl<T> A for [u8; 3] { const X: Y = Y { a }; }…",
            "…impl T {fn f() { g(';', '\\'', \"}\\\"\"); } }…",
            "…impl T {fn h<'a>(a: &'a str) {} }",
            "pub(super) trait T { type A; }…",
            "…trait T {fn f(); }",
            "fn g() { f(a, b, [c, d]) }",
            "pub fn server<A: B>(a: [u8; 2], b: C) -> D { S::new(a, &B, [ #[c] r(0, |a, b| { c([d, e]); f }), ])}…",
            "…r(1, [g, h]), ], ) }",
            "fn i() {}",
            "#[doc = r##\"\\ \"# } fn \"##] fn j() {}",
            "fn k() {}",
        ];
        assert_eq!(pieces(text), expected);
    }
}
