//! The JSON reader (RFC 8259): one pass, bounded depth, number lexemes as written, both places of a repeated key.

use std::collections::BTreeMap;

use super::tree::{Entry, Kind, Tree};
use super::{FileId, MAX_DEPTH, Span};
use crate::diagnostic::{Code, Diagnostics};

/// Why a text is not a document, and where.
#[derive(Debug)]
pub(super) struct Failure {
    /// What kind of failure.
    pub code: Code,
    /// Offset of the offending byte.
    pub at: usize,
    /// What is wrong there.
    pub message: String,
    /// For too deep a value: the member that it hangs under.
    pub below: Option<Span>,
}

/// Objects up to this size are searched for repeated keys one by one.
const SMALL: usize = 16;
/// Members at this depth are named when a value below nests too deeply.
const NAMED_DEPTH: usize = 3;

/// Parses a JSON text.
pub(super) fn parse(file: FileId, text: &str, diagnostics: &mut Diagnostics) -> Result<Tree, Failure> {
    let tree = Tree::default();
    let mut parser = Parser { file, text, bytes: text.as_bytes(), at: 0, depth: 0, tree, diagnostics };
    if text.starts_with('\u{feff}') {
        parser.at = 3;
    }
    parser.space();
    parser.value()?;
    parser.space();
    if parser.at < parser.bytes.len() {
        return Err(parser.syntax("the document ends before this"));
    }
    Ok(parser.tree.finish())
}

struct Parser<'a> {
    file: FileId,
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    depth: usize,
    tree: Tree,
    diagnostics: &'a mut Diagnostics,
}

impl Parser<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn syntax(&self, message: &str) -> Failure {
        let message = match self.peek() {
            None => format!("{message}, but the file ends here"),
            Some(_) => message.to_owned(),
        };
        Failure { code: Code::SYNTAX, at: self.at, message, below: None }
    }

    fn value(&mut self) -> Result<(), Failure> {
        let start = self.at;
        match self.peek() {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::array),
            Some(b'"') => self.string(),
            Some(b'-' | b'0'..=b'9') => {
                self.number()?;
                self.tree.push(Kind::Number, start, self.at);
                Ok(())
            }
            _ => self.word(start),
        }
    }

    fn word(&mut self, start: usize) -> Result<(), Failure> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        for (word, kind) in [("true", Kind::True), ("false", Kind::False), ("null", Kind::Null)] {
            if rest.starts_with(word) {
                self.at += word.len();
                self.tree.push(kind, start, self.at);
                return Ok(());
            }
        }
        Err(self.syntax("expected a value"))
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<(), Failure>) -> Result<(), Failure> {
        if self.depth == MAX_DEPTH {
            let message = format!("this nests deeper than {MAX_DEPTH} levels");
            return Err(Failure { code: Code::TOO_DEEP, at: self.at, message, below: None });
        }
        self.depth += 1;
        read(self)?;
        self.depth -= 1;
        Ok(())
    }

    fn array(&mut self) -> Result<(), Failure> {
        let open = self.tree.open(self.at);
        self.at += 1;
        self.space();
        let mut ended = self.eat(b']');
        while !ended {
            self.space();
            self.value()?;
            self.space();
            ended = self.eat(b']');
            if !ended && !self.eat(b',') {
                return Err(self.syntax("expected `,` or `]`"));
            }
        }
        self.tree.close(open, Kind::Array, self.at);
        Ok(())
    }

    fn object(&mut self) -> Result<(), Failure> {
        let open = self.tree.open(self.at);
        self.at += 1;
        self.space();
        let mut ended = self.eat(b'}');
        while !ended {
            self.space();
            self.member()?;
            self.space();
            ended = self.eat(b'}');
            if !ended && !self.eat(b',') {
                return Err(self.syntax("expected `,` or `}`"));
            }
        }
        self.tree.close(open, Kind::Object, self.at);
        report_repeats(self.file, self.text, &self.tree, open, self.diagnostics);
        Ok(())
    }

    fn member(&mut self) -> Result<(), Failure> {
        let start = self.at;
        if self.peek() != Some(b'"') {
            return Err(self.syntax("expected a key in double quotes"));
        }
        self.string()?;
        let name_span = Span::new(self.file, start, self.at);
        self.space();
        if !self.eat(b':') {
            return Err(self.syntax("expected `:`"));
        }
        self.space();
        let depth = self.depth;
        self.value().map_err(|failure| match failure {
            Failure { code: Code::TOO_DEEP, below: None, .. } if depth == NAMED_DEPTH => {
                Failure { below: Some(name_span), ..failure }
            }
            failure => failure,
        })
    }

    fn string(&mut self) -> Result<(), Failure> {
        let start = self.at;
        self.at += 1;
        self.plain();
        if self.eat(b'"') {
            self.tree.push(Kind::Quoted, start, self.at);
            return Ok(());
        }
        let mut text = self.text.get(start + 1..self.at).unwrap_or_default().to_owned();
        while !self.eat(b'"') {
            match self.peek() {
                Some(b'\\') => text.push(self.escape()?),
                Some(_) => return Err(self.syntax("a control character in a string must be escaped")),
                None => return Err(self.syntax("this string never ends")),
            }
            let piece = self.at;
            self.plain();
            text.push_str(self.text.get(piece..self.at).unwrap_or_default());
        }
        self.tree.push_spelled(Kind::Spelled, &text, start, self.at);
        Ok(())
    }

    /// Goes on to what ends a string, or stands for something else in it.
    fn plain(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let plain = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f));
        self.at += plain.unwrap_or(rest.len());
    }

    fn escape(&mut self) -> Result<char, Failure> {
        self.at += 1;
        let plain = match self.peek() {
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(),
            _ => return Err(self.syntax("no such escape in JSON")),
        };
        self.at += 1;
        Ok(plain)
    }

    /// `\uXXXX`, and the second half of a surrogate pair after it.
    fn unicode(&mut self) -> Result<char, Failure> {
        let start = self.at;
        let first = self.unit()?;
        let code = if (0xd800..0xdc00).contains(&first) && self.eat(b'\\') && self.peek() == Some(b'u') {
            let low = self.unit()?.checked_sub(0xdc00).filter(|low| *low < 0x400);
            low.map_or(first, |low| 0x10000 + ((first - 0xd800) << 10) + low)
        } else {
            first
        };
        char::from_u32(code).ok_or_else(|| {
            self.at = start;
            self.syntax("half of a surrogate pair is no character")
        })
    }

    fn unit(&mut self) -> Result<u32, Failure> {
        let digits = self
            .text
            .get(self.at + 1..self.at + 5)
            .filter(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let unit = digits.and_then(|hex| u32::from_str_radix(hex, 16).ok());
        let unit = unit.ok_or_else(|| self.syntax("expected four hexadecimal digits"))?;
        self.at += 5;
        Ok(unit)
    }

    fn digits(&mut self) -> Result<(), Failure> {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
        if self.at == start { Err(self.syntax("expected a digit")) } else { Ok(()) }
    }

    fn number(&mut self) -> Result<(), Failure> {
        self.eat(b'-');
        if self.eat(b'0') {
            if let Some(b'0'..=b'9') = self.peek() {
                return Err(self.syntax("a number has no leading zeros in JSON"));
            }
        } else {
            self.digits()?;
        }
        if self.eat(b'.') {
            self.digits()?;
        }
        if self.eat(b'e') || self.eat(b'E') {
            if !self.eat(b'+') {
                self.eat(b'-');
            }
            self.digits()?;
        }
        Ok(())
    }
}

/// Reports every key that stands twice in the object at an index of the tree, with both places.
fn report_repeats(file: FileId, text: &str, tree: &Tree, object: usize, diagnostics: &mut Diagnostics) {
    let keys = || Keys { tree, inside: tree.inside(object) }.map(|key| (tree.str(text, key), key));
    let few = keys().nth(SMALL).is_none();
    let mut seen: BTreeMap<&str, Entry> = BTreeMap::new();
    for (index, (name, key)) in keys().enumerate() {
        let first = if few {
            keys().take(index).find(|(other, _)| *other == name).map(|(_, first)| first)
        } else {
            let first = seen.get(name).copied();
            seen.entry(name).or_insert(key);
            first
        };
        if let Some(first) = first {
            let place = |key: Entry| Span { file, start: key.start, end: key.end };
            repeat(place(first), place(key), name, diagnostics);
        }
    }
}

/// Reports a key that stands twice.
pub(super) fn repeat(first: Span, again: Span, name: &str, diagnostics: &mut Diagnostics) {
    let message = format!("the key `{name}` stands twice in this object");
    diagnostics
        .error(Code::DUPLICATE_KEY, again, message)
        .label(first, "first here")
        .help("keep one of the two");
}

/// The keys of an object.
struct Keys<'t> {
    tree: &'t Tree,
    inside: std::ops::Range<usize>,
}

impl Iterator for Keys<'_> {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        let key = self.tree.entry(self.inside.start).filter(|_| !self.inside.is_empty())?;
        self.inside.start = self.tree.after(self.inside.start + 1);
        Some(key)
    }
}
