//! The parser: the grammar of ECMA-262 section 22.2.1 with the `u` flag, and on request the parts of Annex B.1.2
//! that real contracts rely on.

use std::collections::{BTreeMap, BTreeSet};

use super::PatternError;
use super::escape::Escape;
use super::syntax::{Class, LINE_END, Node};

/// How deep groups may nest.
const MAX_DEPTH: u32 = 100;

/// Parses a whole pattern.
pub(super) fn parse(source: &str, legacy: bool) -> Result<Node, PatternError> {
    let groups = Groups::of(source);
    let mut parser =
        Parser { source, at: 0, legacy, captures: 0, depth: 0, groups, scripts: BTreeSet::new() };
    let node = parser.disjunction()?;
    match parser.peek() {
        None => Ok(node),
        Some(_) => Err(parser.error("`)` without a group to close")),
    }
}

/// The capture groups of a pattern, which back references may name before they are opened.
pub(super) struct Groups<'a> {
    pub count: u32,
    /// the number of each named group; `None` for a name that is given twice
    pub names: BTreeMap<&'a str, Option<u32>>,
}

impl<'a> Groups<'a> {
    fn of(source: &'a str) -> Self {
        let mut groups = Self { count: 0, names: BTreeMap::new() };
        let mut in_class = false;
        let mut characters = source.char_indices();
        while let Some((at, character)) = characters.next() {
            match character {
                '\\' => drop(characters.next()),
                '[' => in_class = true,
                ']' => in_class = false,
                '(' if !in_class => groups.open(source.get(at + 1..).unwrap_or_default()),
                _ => {}
            }
        }
        groups
    }

    fn open(&mut self, rest: &'a str) {
        let Some(special) = rest.strip_prefix('?') else {
            self.count += 1;
            return;
        };
        if let Some(named) = special.strip_prefix('<').filter(|named| !named.starts_with(['=', '!'])) {
            self.count += 1;
            let name = named.split_once('>').map_or(named, |(name, _)| name);
            let number = Some(self.count);
            self.names.entry(name).and_modify(|number| *number = None).or_insert(number);
        }
    }
}

pub(super) struct Parser<'a> {
    source: &'a str,
    pub at: usize,
    pub legacy: bool,
    captures: u32,
    depth: u32,
    pub groups: Groups<'a>,
    /// scripts that were found to exist
    pub scripts: BTreeSet<&'a str>,
}

impl<'a> Parser<'a> {
    pub fn rest(&self) -> &'a str {
        self.source.get(self.at..).unwrap_or_default()
    }

    pub fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub fn next(&mut self) -> Option<char> {
        let character = self.peek()?;
        self.at += character.len_utf8();
        Some(character)
    }

    pub fn eat(&mut self, text: &str) -> bool {
        let found = self.rest().starts_with(text);
        if found {
            self.at += text.len();
        }
        found
    }

    pub fn error(&self, message: impl Into<String>) -> PatternError {
        self.error_at(self.at, message)
    }

    pub fn error_at(&self, offset: usize, message: impl Into<String>) -> PatternError {
        PatternError { offset, message: message.into(), annex_b: false }
    }

    fn disjunction(&mut self) -> Result<Node, PatternError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.error("groups nest too deeply"));
        }
        let mut choices = vec![self.alternative()?];
        while self.eat("|") {
            choices.push(self.alternative()?);
        }
        self.depth -= 1;
        Ok(match choices.pop() {
            Some(only) if choices.is_empty() => only,
            last => Node::Choice(choices.into_iter().chain(last).collect()),
        })
    }

    fn alternative(&mut self) -> Result<Node, PatternError> {
        let mut terms = Vec::new();
        while let Some(character) = self.peek() {
            if matches!(character, '|' | ')') {
                break;
            }
            let term = self.term(character)?;
            terms.push(self.quantified(term)?);
        }
        Ok(Node::Sequence(terms))
    }

    fn term(&mut self, first: char) -> Result<Node, PatternError> {
        let start = self.at;
        self.next();
        Ok(match first {
            '^' => Node::Start,
            '$' => Node::End,
            '.' => Node::Class(Class::of(LINE_END, true)),
            '(' => self.group(start)?,
            '[' => Node::Class(self.class(start)?),
            '\\' => self.atom_escape(start)?,
            '*' | '+' | '?' => return Err(self.error_at(start, format!("nothing for `{first}` to repeat"))),
            '{' if self.legacy => {
                self.at = start;
                if self.bounds()?.is_some() {
                    return Err(self.error_at(start, "nothing for `{` to repeat"));
                }
                self.at = start + 1;
                Node::Class(Class::single(u32::from('{')))
            }
            '{' | '}' | ']' if !self.legacy => {
                return Err(self.error_at(start, format!("a lone `{first}` must be written `\\{first}`")));
            }
            other => Node::Class(Class::single(u32::from(other))),
        })
    }

    fn group(&mut self, start: usize) -> Result<Node, PatternError> {
        let look = |behind, negated| move |body| Node::Look { behind, negated, body };
        if !self.rest().starts_with('?') {
            return self.capture(start);
        }
        if self.eat("?:") {
            return self.closed(start, Node::Group);
        }
        if self.eat("?=") {
            return self.closed(start, look(false, false));
        }
        if self.eat("?!") {
            return self.closed(start, look(false, true));
        }
        if self.eat("?<=") {
            return self.closed(start, look(true, false));
        }
        if self.eat("?<!") {
            return self.closed(start, look(true, true));
        }
        if self.eat("?<") {
            self.group_name(start)?;
            return self.capture(start);
        }
        Err(self.error_at(
            start,
            "no such group in ECMA-262 (inline flags like `(?i)` are not part of a `pattern`)",
        ))
    }

    fn capture(&mut self, start: usize) -> Result<Node, PatternError> {
        self.captures += 1;
        let number = self.captures;
        self.closed(start, move |body| Node::Capture(number, body))
    }

    fn closed(&mut self, start: usize, wrap: impl FnOnce(Box<Node>) -> Node) -> Result<Node, PatternError> {
        let body = self.disjunction()?;
        if !self.eat(")") {
            return Err(self.error_at(start, "this group is not closed"));
        }
        Ok(wrap(Box::new(body)))
    }

    /// The name after `(?<` or `\k<`, with its `>`.
    pub fn group_name(&mut self, start: usize) -> Result<&'a str, PatternError> {
        let rest = self.rest();
        let name = rest.split_once('>').map_or("", |(name, _)| name);
        let begins = |c: char| c.is_alphabetic() || matches!(c, '$' | '_');
        let goes_on = |c: char| c.is_alphanumeric() || matches!(c, '$' | '_' | '\u{200C}' | '\u{200D}');
        if !name.starts_with(begins) || !name.chars().all(goes_on) {
            return Err(self.error_at(start, "a group name is an identifier followed by `>`"));
        }
        if self.groups.names.get(name) == Some(&None) {
            return Err(self.error_at(start, format!("two groups are named `{name}`")));
        }
        self.at += name.len() + 1;
        Ok(name)
    }

    fn quantified(&mut self, body: Node) -> Result<Node, PatternError> {
        let start = self.at;
        let bounds = match self.peek() {
            Some('*') => Some((0, None)),
            Some('+') => Some((1, None)),
            Some('?') => Some((0, Some(1))),
            Some('{') => self.bounds()?,
            _ => None,
        };
        let Some((min, max)) = bounds else { return Ok(body) };
        if self.at == start {
            self.next();
        }
        let lazy = self.eat("?");
        let repeatable = match body {
            Node::Start | Node::End | Node::Word { .. } | Node::Look { behind: true, .. } => false,
            Node::Look { behind: false, .. } => self.legacy,
            _ => true,
        };
        if !repeatable {
            return Err(self.error_at(start, "an assertion cannot be repeated"));
        }
        if max.is_some_and(|max| max < min) {
            return Err(self.error_at(start, "the bounds are out of order"));
        }
        Ok(Node::Repeat { body: Box::new(body), min, max, lazy })
    }

    /// `{n}`, `{n,}`, `{n,m}`; the position stays where it is when something else follows.
    fn bounds(&mut self) -> Result<Option<(u32, Option<u32>)>, PatternError> {
        let start = self.at;
        self.next();
        if let Some(min) = self.decimal() {
            let max = if !self.eat(",") { Some(min) } else { self.decimal() };
            if self.eat("}") {
                return Ok(Some((min, max)));
            }
        }
        self.at = start;
        if self.legacy { Ok(None) } else { Err(self.error("not a repetition: `{n}`, `{n,}` or `{n,m}`")) }
    }

    pub fn decimal(&mut self) -> Option<u32> {
        let rest = self.rest();
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let text = rest.get(..digits).filter(|text| !text.is_empty())?;
        self.at += digits;
        Some(text.parse().unwrap_or(u32::MAX))
    }

    fn class(&mut self, start: usize) -> Result<Class, PatternError> {
        let mut class = Class { negated: self.eat("^"), ..Class::default() };
        loop {
            let from = self.at;
            let low = match self.next() {
                None => return Err(self.error_at(start, "this class is not closed")),
                Some(']') => return Ok(class),
                Some(character) => self.class_atom(character, from)?,
            };
            let ranged = self.rest().starts_with('-') && !self.rest().starts_with("-]");
            if !ranged {
                low.add_to(&mut class);
                continue;
            }
            self.next();
            let to = self.at;
            let high = match self.next() {
                None => return Err(self.error_at(start, "this class is not closed")),
                Some(character) => self.class_atom(character, to)?,
            };
            self.range(&mut class, low, high, from)?;
        }
    }

    fn range(&self, class: &mut Class, low: Escape, high: Escape, from: usize) -> Result<(), PatternError> {
        match (low, high) {
            (Escape::Code(low), Escape::Code(high)) if low <= high => class.ranges.push((low, high)),
            (Escape::Code(_), Escape::Code(_)) => {
                return Err(self.error_at(from, "the range is out of order"));
            }
            (low, high) if self.legacy => {
                low.add_to(class);
                Escape::Code(u32::from('-')).add_to(class);
                high.add_to(class);
            }
            _ => {
                return Err(
                    self.error_at(from, "a class escape cannot bound a range; write `\\-` for a hyphen")
                );
            }
        }
        Ok(())
    }

    fn class_atom(&mut self, character: char, start: usize) -> Result<Escape, PatternError> {
        if character == '\\' { self.class_escape(start) } else { Ok(Escape::Code(u32::from(character))) }
    }
}
