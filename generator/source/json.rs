//! The JSON reader (RFC 8259): one pass, bounded depth, number lexemes as written, both places of a repeated key.

use std::collections::BTreeMap;

use super::{FileId, MAX_DEPTH, Member, Node, Span, Value};
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
pub(super) fn parse(file: FileId, text: &str, diagnostics: &mut Diagnostics) -> Result<Node, Failure> {
    let mut parser = Parser { file, text, bytes: text.as_bytes(), at: 0, depth: 0, diagnostics };
    if text.starts_with('\u{feff}') {
        parser.at = 3;
    }
    parser.space();
    let root = parser.value()?;
    parser.space();
    if parser.at < parser.bytes.len() {
        return Err(parser.syntax("the document ends before this"));
    }
    Ok(root)
}

struct Parser<'a> {
    file: FileId,
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    depth: usize,
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

    fn node(&self, start: usize, value: Value) -> Node {
        Node { span: Span::new(self.file, start, self.at), value }
    }

    fn value(&mut self) -> Result<Node, Failure> {
        let start = self.at;
        match self.peek() {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::array),
            Some(b'"') => {
                let text = self.string()?;
                Ok(self.node(start, Value::String(text)))
            }
            Some(b'-' | b'0'..=b'9') => {
                self.number()?;
                let lexeme = self.text.get(start..self.at).unwrap_or_default().to_owned();
                Ok(self.node(start, Value::Number(lexeme)))
            }
            _ => self.word(start),
        }
    }

    fn word(&mut self, start: usize) -> Result<Node, Failure> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        for (word, value) in
            [("true", Value::Bool(true)), ("false", Value::Bool(false)), ("null", Value::Null)]
        {
            if rest.starts_with(word) {
                self.at += word.len();
                return Ok(self.node(start, value));
            }
        }
        Err(self.syntax("expected a value"))
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<Node, Failure>) -> Result<Node, Failure> {
        if self.depth == MAX_DEPTH {
            let message = format!("this nests deeper than {MAX_DEPTH} levels");
            return Err(Failure { code: Code::TOO_DEEP, at: self.at, message, below: None });
        }
        self.depth += 1;
        let node = read(self);
        self.depth -= 1;
        node
    }

    fn array(&mut self) -> Result<Node, Failure> {
        let start = self.at;
        self.at += 1;
        let mut items = Vec::new();
        self.space();
        if self.eat(b']') {
            return Ok(self.node(start, Value::Array(items)));
        }
        loop {
            self.space();
            items.push(self.value()?);
            self.space();
            if self.eat(b']') {
                return Ok(self.node(start, Value::Array(items)));
            }
            if !self.eat(b',') {
                return Err(self.syntax("expected `,` or `]`"));
            }
        }
    }

    fn object(&mut self) -> Result<Node, Failure> {
        let start = self.at;
        self.at += 1;
        let mut members = Vec::new();
        self.space();
        if self.eat(b'}') {
            return Ok(self.node(start, Value::Object(members)));
        }
        loop {
            self.space();
            members.push(self.member()?);
            self.space();
            if self.eat(b'}') {
                break;
            }
            if !self.eat(b',') {
                return Err(self.syntax("expected `,` or `}`"));
            }
        }
        report_repeats(&members, self.diagnostics);
        Ok(self.node(start, Value::Object(members)))
    }

    fn member(&mut self) -> Result<Member, Failure> {
        let start = self.at;
        if self.peek() != Some(b'"') {
            return Err(self.syntax("expected a key in double quotes"));
        }
        let name = self.string()?;
        let name_span = Span::new(self.file, start, self.at);
        self.space();
        if !self.eat(b':') {
            return Err(self.syntax("expected `:`"));
        }
        self.space();
        let depth = self.depth;
        let value = self.value().map_err(|failure| match failure {
            Failure { code: Code::TOO_DEEP, below: None, .. } if depth == NAMED_DEPTH => {
                Failure { below: Some(name_span), ..failure }
            }
            failure => failure,
        })?;
        Ok(Member { name, name_span, value })
    }

    fn string(&mut self) -> Result<String, Failure> {
        self.at += 1;
        let mut text = String::new();
        loop {
            let start = self.at;
            let rest = self.bytes.get(start..).unwrap_or_default();
            let plain = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f));
            self.at += plain.unwrap_or(rest.len());
            let piece = self.text.get(start..self.at).unwrap_or_default();
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    if text.is_empty() {
                        return Ok(piece.to_owned());
                    }
                    text.push_str(piece);
                    return Ok(text);
                }
                Some(b'\\') => {
                    text.push_str(piece);
                    text.push(self.escape()?);
                }
                Some(_) => return Err(self.syntax("a control character in a string must be escaped")),
                None => return Err(self.syntax("this string never ends")),
            }
        }
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
            let second = self.unit()?;
            0x10000 + ((first - 0xd800) << 10) + second.wrapping_sub(0xdc00)
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

/// Reports every key that stands twice in an object, with both places.
fn report_repeats(members: &[Member], diagnostics: &mut Diagnostics) {
    if members.len() <= SMALL {
        for (index, member) in members.iter().enumerate() {
            if let Some(first) = members.iter().take(index).find(|other| other.name == member.name) {
                repeat(first.name_span, member.name_span, &member.name, diagnostics);
            }
        }
        return;
    }
    let mut seen: BTreeMap<&str, &Member> = BTreeMap::new();
    for member in members {
        if let Some(first) = seen.get(member.name.as_str()) {
            repeat(first.name_span, member.name_span, &member.name, diagnostics);
        } else {
            seen.insert(&member.name, member);
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
