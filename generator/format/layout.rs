//! The formatter prints the inside of a macro call as bare tokens. The calls that generated types stand on are laid out
//! here instead, one entry a line, as a person would write them.

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};

/// Longest line of a call that is written in one.
const WIDTH: usize = 100;

/// A macro call with braces: `path! { head { entries } }`.
pub(super) fn call(path: &str, tokens: TokenStream) -> String {
    let mut head: Vec<TokenTree> = tokens.into_iter().collect();
    let body = match head.pop() {
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => Some(group),
        Some(other) => {
            head.push(other);
            None
        }
        None => None,
    };
    let mut line = inline(head);
    let Some(body) = body else {
        return wrapped(path, &line);
    };
    let entries = entries(&body);
    let short = format!("{line} {{ {} }}", entries.join(", "));
    // A member ends with a comma, also the only one.
    let members = entries.iter().any(|entry| entry.contains("=>"));
    if !members && path.len() + short.len() + 6 <= WIDTH {
        return format!("{path}! {{ {short} }}\n");
    }
    line.push_str(" {\n");
    for entry in entries {
        line.push_str("        ");
        line.push_str(&entry);
        line.push_str(",\n");
    }
    format!("{path}! {{\n    {line}    }}\n}}\n")
}

fn wrapped(path: &str, line: &str) -> String {
    if path.len() + line.len() + 6 <= WIDTH {
        format!("{path}! {{ {line} }}\n")
    } else {
        format!("{path}! {{\n    {line}\n}}\n")
    }
}

/// What stands between the commas of a group.
fn entries(group: &Group) -> Vec<String> {
    let mut entries = Vec::new();
    let mut entry = Vec::new();
    for token in group.stream() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == ',' => {
                entries.push(inline(std::mem::take(&mut entry)))
            }
            token => entry.push(token),
        }
    }
    if !entry.is_empty() {
        entries.push(inline(entry));
    }
    entries
}

/// Tokens on one line, spaced as Rust is.
pub(super) fn inline(tokens: Vec<TokenTree>) -> String {
    let mut writer = Inline::default();
    let mut operator = String::new();
    for token in tokens {
        if let TokenTree::Punct(punct) = &token {
            operator.push(punct.as_char());
            if punct.spacing() == Spacing::Joint && !matches!(punct.as_char(), '<' | '>') {
                continue;
            }
            writer.operator(&std::mem::take(&mut operator));
            continue;
        }
        match token {
            TokenTree::Group(group) => writer.group(&group),
            other => writer.word(&other.to_string()),
        }
    }
    writer.text
}

#[derive(Clone, Copy, Default, PartialEq)]
enum Last {
    #[default]
    Nothing,
    Word,
    /// The next token follows without a space.
    Glue,
    /// The next token follows after a space.
    Space,
}

#[derive(Default)]
struct Inline {
    text: String,
    last: Last,
    closure: bool,
}

impl Inline {
    fn space(&mut self) {
        if matches!(self.last, Last::Word | Last::Space) {
            self.text.push(' ');
        }
    }

    fn word(&mut self, word: &str) {
        self.space();
        self.text.push_str(word);
        self.last = Last::Word;
    }

    fn operator(&mut self, operator: &str) {
        match operator {
            "," | ";" | ":" | "?" => {
                self.text.push_str(operator);
                self.last = Last::Space;
            }
            "::" | "." | "<" | "!" => {
                if self.last == Last::Space {
                    self.text.push(' ');
                }
                self.text.push_str(operator);
                self.last = Last::Glue;
            }
            ">" => {
                self.text.push('>');
                self.last = Last::Word;
            }
            "&" | "-" => {
                self.space();
                self.text.push_str(operator);
                self.last = Last::Glue;
            }
            "|" => self.bar(),
            _ => {
                self.text.push(' ');
                self.text.push_str(operator);
                self.last = Last::Space;
            }
        }
    }

    /// A closure's parameter list after `if` or at the start of arguments; an alternative elsewhere.
    fn bar(&mut self) {
        if self.closure {
            self.closure = false;
            self.text.push('|');
            self.last = Last::Space;
        } else if self.last != Last::Word || self.text.ends_with(" if") {
            self.closure = true;
            self.space();
            self.text.push('|');
            self.last = Last::Glue;
        } else {
            self.text.push_str(" |");
            self.last = Last::Space;
        }
    }

    fn group(&mut self, group: &Group) {
        let inside = inline(group.stream().into_iter().collect());
        let (open, close) = match group.delimiter() {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::Brace => ("{ ", " }"),
            Delimiter::None => ("", ""),
        };
        if self.last == Last::Space || (self.last == Last::Word && group.delimiter() == Delimiter::Brace) {
            self.text.push(' ');
        }
        self.text.push_str(open);
        self.text.push_str(&inside);
        self.text.push_str(close);
        self.last = Last::Word;
    }
}

#[cfg(test)]
mod tests {
    use super::call;

    fn laid_out(text: &str) -> String {
        call("object", text.parse().unwrap())
    }

    #[test]
    fn short_calls_are_one_line() {
        assert_eq!(laid_out("Pets ( Vec < Pet > ) : CONTRACT"), "object! { Pets(Vec<Pet>): CONTRACT }\n");
        assert_eq!(laid_out("A : CONTRACT { B = \"b\" }"), "object! { A: CONTRACT { B = \"b\" } }\n");
    }

    #[test]
    fn members_are_lines() {
        let text = laid_out("Pet: CONTRACT, open { \"id\" => required id, }");
        assert_eq!(text, "object! {\n    Pet: CONTRACT, open {\n        \"id\" => required id,\n    }\n}\n");
    }

    #[test]
    fn long_calls_have_an_entry_a_line() {
        let text = laid_out(
            "Order: judged CONTRACT, rest more { \"id\" => required id if |v| check::at_least(v, -1) && \
             check::each(v, |v| check::unique(v)), \"k\" => optional k, Dog(Dog) = \"dog\" | \"k9\", Map(Map<Vec<()>>) = a | b }",
        );
        assert_eq!(
            text,
            "object! {\n    Order: judged CONTRACT, rest more {\n        \"id\" => required id if |v| \
             check::at_least(v, -1) && check::each(v, |v| check::unique(v)),\n        \"k\" => optional k,\n        \
             Dog(Dog) = \"dog\" | \"k9\",\n        Map(Map<Vec<()>>) = a | b,\n    }\n}\n"
        );
    }
}
