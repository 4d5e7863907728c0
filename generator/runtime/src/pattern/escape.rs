//! What follows a backslash (ECMA-262 section 22.2.1: AtomEscape, ClassEscape).

use super::PatternError;
use super::parse::Parser;
use super::property;
use super::syntax::{Class, DIGIT, Node, SPACE, WORD};

/// A character or a set of them.
pub(super) enum Escape {
    Code(u32),
    Set(Class),
}

impl Escape {
    pub fn add_to(self, class: &mut Class) {
        match self {
            Self::Code(code) => class.ranges.push((code, code)),
            Self::Set(set) => class.extend(set),
        }
    }
}

impl Parser<'_> {
    /// An escape outside of a class; the backslash at `start` was taken.
    pub fn atom_escape(&mut self, start: usize) -> Result<Node, PatternError> {
        match self.peek() {
            Some('b') => {
                self.next();
                Ok(Node::Word { negated: false })
            }
            Some('B') => {
                self.next();
                Ok(Node::Word { negated: true })
            }
            Some('1'..='9') => {
                let number = self.decimal().unwrap_or(u32::MAX);
                if number > self.groups.count {
                    return Err(self.error_at(start, format!("there is no group {number}")));
                }
                Ok(Node::Back(number))
            }
            Some('k') => {
                self.next();
                if !self.eat("<") {
                    return Err(self.error_at(start, "`\\k` must be followed by `<name>`"));
                }
                let name = self.group_name(start)?;
                let number = self.groups.names.get(name).copied().flatten();
                number
                    .map(Node::Back)
                    .ok_or_else(|| self.error_at(start, format!("there is no group `{name}`")))
            }
            _ => Ok(Node::Class(match self.character_escape(start)? {
                Escape::Code(code) => Class::single(code),
                Escape::Set(class) => class,
            })),
        }
    }

    /// An escape inside of a class.
    pub fn class_escape(&mut self, start: usize) -> Result<Escape, PatternError> {
        match self.peek() {
            Some('b') => {
                self.next();
                Ok(Escape::Code(0x08))
            }
            Some('-') => {
                self.next();
                Ok(Escape::Code(u32::from('-')))
            }
            _ => self.character_escape(start),
        }
    }

    fn character_escape(&mut self, start: usize) -> Result<Escape, PatternError> {
        let Some(character) = self.next() else {
            return Err(self.error_at(start, "nothing follows the backslash"));
        };
        Ok(match character {
            'd' | 'D' => Escape::Set(Class::of(DIGIT, character == 'D')),
            'w' | 'W' => Escape::Set(Class::of(WORD, character == 'W')),
            's' | 'S' => Escape::Set(Class::of(SPACE, character == 'S')),
            'p' | 'P' => Escape::Set(self.property(start, character == 'P')?),
            't' => Escape::Code(0x09),
            'n' => Escape::Code(0x0A),
            'v' => Escape::Code(0x0B),
            'f' => Escape::Code(0x0C),
            'r' => Escape::Code(0x0D),
            '0' if !self.rest().starts_with(|c: char| c.is_ascii_digit()) => Escape::Code(0),
            'c' => match self.next() {
                Some(letter) if letter.is_ascii_alphabetic() => Escape::Code(u32::from(letter) % 32),
                _ => return Err(self.error_at(start, "`\\c` must be followed by a letter")),
            },
            'x' => {
                Escape::Code(self.hex(2).ok_or_else(|| self.error_at(start, "`\\x` needs two hex digits"))?)
            }
            'u' => Escape::Code(self.unicode(start)?),
            '^' | '$' | '\\' | '.' | '*' | '+' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '/' => {
                Escape::Code(u32::from(character))
            }
            // Annex B lets any character but `c` stand for itself; letters and digits are still refused, because
            // `\Z`, `\A` or `\h` mean something else in the language they were copied from.
            other if self.legacy && !other.is_ascii_alphanumeric() => Escape::Code(u32::from(other)),
            other => return Err(self.error_at(start, format!("there is no escape `\\{other}` in ECMA-262"))),
        })
    }

    fn hex(&mut self, digits: usize) -> Option<u32> {
        let text = self.rest().get(..digits).filter(|text| text.bytes().all(|b| b.is_ascii_hexdigit()))?;
        self.at += digits;
        u32::from_str_radix(text, 16).ok()
    }

    /// `\u0041`, `\u{1F4A9}`, or a surrogate pair `\uD83D\uDCA9`.
    fn unicode(&mut self, start: usize) -> Result<u32, PatternError> {
        let refused = "`\\u` needs four hex digits, or a code point in braces";
        if self.eat("{") {
            let inside = self.rest().split_once('}').map_or("", |(inside, _)| inside);
            let hex = !inside.is_empty() && inside.bytes().all(|b| b.is_ascii_hexdigit());
            let code = u32::from_str_radix(inside.trim_start_matches('0'), 16);
            let code = if inside.bytes().all(|b| b == b'0') { Ok(0) } else { code };
            return match code {
                Ok(code) if hex && code <= super::syntax::MAX => {
                    self.at += inside.len() + 1;
                    Ok(code)
                }
                _ => Err(self.error_at(start, refused)),
            };
        }
        let high = self.hex(4).ok_or_else(|| self.error_at(start, refused))?;
        if (0xD800..0xDC00).contains(&high) {
            let before = self.at;
            if self.eat("\\u")
                && let Some(low @ 0xDC00..=0xDFFF) = self.hex(4)
            {
                return Ok(0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00));
            }
            self.at = before;
        }
        Ok(high)
    }

    fn property(&mut self, start: usize, negated: bool) -> Result<Class, PatternError> {
        let text = self.rest().strip_prefix('{').and_then(|rest| rest.split_once('}')).map(|(text, _)| text);
        let translated = text.and_then(|text| property::translate(text, negated, &mut self.scripts));
        let Some((text, translated)) = text.zip(translated) else {
            return Err(self.error_at(start, "no such Unicode property (ECMA-262 tables 66 to 70)"));
        };
        self.at += text.len() + 2;
        Ok(Class { properties: vec![translated], ..Class::default() })
    }
}
