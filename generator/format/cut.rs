//! A page of Rust may be large; parsed at once it would be many times larger. So it is cut between items, and where an
//! `impl` or a `trait` is long, between its members.

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
    /// Its first item goes on with the block that the piece before ended in.
    pub continues: bool,
    /// Its last item goes on in the next piece.
    pub goes_on: bool,
}

/// Takes a page as it is written, and hands it on in pieces, until one is refused.
pub(super) struct Pieces<F> {
    take: F,
    enough: usize,
    scanner: Scanner,
    /// What was not handed on yet.
    text: String,
    /// How the next piece begins, if it goes on with a block.
    head: &'static str,
    refused: Option<Mistake>,
}

impl<F: FnMut(Piece<'_>) -> Result<(), Mistake>> Pieces<F> {
    /// Nothing is written yet.
    pub fn new(take: F) -> Self {
        let (scanner, text) = (Scanner::default(), String::new());
        Self { take, enough: ENOUGH, scanner, text, head: "", refused: None }
    }

    /// Hands on the rest; why a piece was refused, if one was.
    pub fn finish(mut self) -> Result<(), Mistake> {
        if self.refused.is_none() {
            self.hand_on(self.text.len(), "");
        }
        self.refused.map_or(Ok(()), Err)
    }

    /// Hands on the first bytes; the rest begins with `next`.
    fn hand_on(&mut self, length: usize, next: &'static str) {
        let part = self.text.get(..length).unwrap_or_default();
        let text = piece(self.head, part, next);
        let piece = Piece { text: &text, continues: !self.head.is_empty(), goes_on: !next.is_empty() };
        self.refused = (self.take)(piece).err();
        self.text.drain(..length);
        self.head = next;
    }
}

impl<F: FnMut(Piece<'_>) -> Result<(), Mistake>> fmt::Write for Pieces<F> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let mut start = 0;
        for (at, byte) in text.bytes().enumerate() {
            if self.scanner.begins(byte) && self.text.len() + at - start >= self.enough {
                self.text.push_str(text.get(start..at).unwrap_or_default());
                start = at;
                self.hand_on(self.text.len(), self.scanner.open_block());
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
fn piece<'p>(head: &str, part: &'p str, next: &str) -> Cow<'p, str> {
    if head.is_empty() && next.is_empty() {
        return Cow::Borrowed(part);
    }
    let close = if next.is_empty() { "" } else { "}" };
    Cow::Owned([head, part, close].concat())
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
    /// An `impl` or a `trait`: what a piece begins with that goes on with it.
    Block(&'static str),
    /// The same behind its opening brace.
    Members(&'static str),
    /// Anything else is not parted.
    Whole,
}

/// What the next byte belongs to. The text is what token streams and templates write: there are neither raw strings nor
/// comments over several lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Code,
    /// Behind a slash.
    Slash,
    Comment,
    Text,
    /// Behind a backslash in a string.
    Escape,
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
    /// How a piece begins that goes on inside of the block that is open here; nothing where none is.
    fn open_block(&self) -> &'static str {
        match self.item {
            Item::Members(head) if self.depth == 1 => head,
            _ => "",
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
        !matches!(byte, b';' | b'}')
    }

    fn step(&mut self, byte: u8) {
        self.mode = match (self.mode, byte) {
            (Mode::Slash, b'/') => Mode::Comment,
            (Mode::Code | Mode::Slash, _) => self.code(byte),
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
                if let (0, b'{', Item::Block(head)) = (self.depth, byte, &self.item) {
                    self.item = Item::Members(head);
                }
                self.depth += 1;
            }
            b')' | b']' => self.depth = self.depth.saturating_sub(1),
            b'}' => {
                self.depth = self.depth.saturating_sub(1);
                self.ended = self.between();
            }
            b';' => self.ended = self.between(),
            b'/' => return Mode::Slash,
            b'"' => return Mode::Text,
            b'\'' => return Mode::Quote,
            _ => {}
        }
        Mode::Code
    }

    /// Whether this is between items, or between members of a block.
    fn between(&self) -> bool {
        self.depth == 0 || self.depth == 1 && matches!(self.item, Item::Members(_))
    }

    /// The first word that is no visibility says what an item is.
    fn word(&mut self, byte: u8) {
        let Item::Begun(word) = &mut self.item else { return };
        if byte.is_ascii_alphanumeric() || byte == b'_' {
            return word.push(char::from(byte));
        }
        self.item = match word.as_str() {
            "" | "pub" => Item::Begun(String::new()),
            "impl" => Item::Block("impl T {"),
            "trait" => Item::Block("trait T {"),
            _ => Item::Whole,
        };
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::{Piece, Pieces};

    /// The pieces of a page that is cut wherever it may be.
    fn pieces(page: &str) -> Vec<String> {
        let mut pieces = Vec::new();
        let take = |piece: Piece<'_>| {
            let mark = |is: bool| if is { "…" } else { "" };
            pieces.push(format!("{}{}{}", mark(piece.continues), piece.text.trim(), mark(piece.goes_on)));
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
            pub(super) trait T { type A; fn f(); }";
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
        ];
        assert_eq!(pieces(text), expected);
    }
}
