//! Texts of the contract as doc comments: Markdown stays Markdown, but nothing in it becomes a doctest, a broken link
//! or a lint.

mod inline;

use std::borrow::Cow;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use inline::escaped;

/// Where a doc comment begins its next line, which only what is printed has: one attribute a comment costs less than one
/// a line. No text has it, because control characters go.
pub const BREAK: char = '\u{1f}';

/// A doc comment as one attribute; nothing for an empty text.
pub fn docs(text: &str) -> TokenStream {
    let lines = lines(text);
    if lines.is_empty() {
        return TokenStream::new();
    }
    let mut comment = String::with_capacity(lines.iter().map(|line| line.len() + 2).sum());
    for (number, line) in lines.iter().enumerate() {
        if number > 0 {
            comment.push(BREAK);
        }
        let line = line.trim_end();
        if !line.is_empty() {
            comment.push(' ');
            comment.push_str(line);
        }
    }
    let comment = raw(&comment);
    quote!(#[doc = #comment])
}

/// A raw string, which nobody has to escape and to read again letter by letter.
fn raw(text: &str) -> Literal {
    let mut marks = "#".to_owned();
    while text.contains(&format!("\"{marks}")) {
        marks.push('#');
    }
    format!("r{marks}\"{text}\"{marks}").parse().unwrap_or_else(|_| Literal::string(text))
}

/// The lines of a text, made safe.
pub fn lines(text: &str) -> Vec<String> {
    let mut writer = Writer::default();
    for line in text.lines() {
        writer.line(&clean(line));
    }
    writer.finish()
}

/// Without control characters and characters that turn the reading direction.
fn clean(line: &str) -> Cow<'_, str> {
    if line.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()) {
        return line.trim_end().into();
    }
    let line = line.replace('\t', "    ");
    let visible = |letter: &char| !letter.is_control() && !is_invisible(*letter);
    line.chars().filter(visible).collect::<String>().trim_end().to_owned().into()
}

fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[derive(Default)]
struct Writer {
    lines: Vec<String>,
    /// The fence that closes the open code block.
    fence: Option<String>,
    /// Column where the text of the current list item begins.
    item: Option<usize>,
    /// The line before was a block quote.
    quote: bool,
}

impl Writer {
    fn line(&mut self, line: &str) {
        let trimmed = line.trim_start();
        if let Some(fence) = self.fence.clone() {
            return self.inside_code(line, trimmed, &fence);
        }
        if let Some(fence) = opening(trimmed) {
            self.open_code(fence);
        } else if trimmed.is_empty() {
            self.blank();
        } else if let Some(width) = marker(trimmed) {
            self.list_item(line.len() - trimmed.len(), width, trimmed);
        } else {
            self.text(line, trimmed);
        }
    }

    fn inside_code(&mut self, line: &str, trimmed: &str, fence: &str) {
        if trimmed.starts_with(fence) {
            self.lines.push(fence.to_owned());
            self.fence = None;
        } else {
            self.lines.push(line.to_owned());
        }
    }

    /// Code is `text`, whatever language it claims: nothing of it is compiled or run by rustdoc.
    fn open_code(&mut self, fence: String) {
        if self.item.take().is_some() || self.quote {
            self.separate();
        }
        self.quote = false;
        self.lines.push(format!("{fence}text"));
        self.fence = Some(fence);
    }

    fn blank(&mut self) {
        self.quote = false;
        if self.lines.last().is_some_and(|last| !last.is_empty()) {
            self.lines.push(String::new());
        }
    }

    fn list_item(&mut self, indent: usize, width: usize, trimmed: &str) {
        // Deeper items follow their parent's text; anything else starts at the margin.
        let indent = match self.item {
            Some(column) if indent >= column.min(2) && indent > 0 => column.min(indent).min(8),
            _ => 0,
        };
        if self.item.is_none() && self.lines.last().is_some_and(|last| !last.is_empty()) {
            self.separate();
        }
        self.item = Some(indent + width);
        self.quote = false;
        let (mark, text) = trimmed.split_at_checked(width - 1).unwrap_or((trimmed, ""));
        self.lines.push(format!("{:indent$}{mark} {}", "", escaped(text.trim_start())));
    }

    fn text(&mut self, line: &str, trimmed: &str) {
        let indented = line.len() > trimmed.len();
        let after_blank = self.lines.last().is_none_or(String::is_empty);
        if after_blank && !indented {
            self.item = None;
        }
        let quote = trimmed.starts_with('>');
        if (self.quote || quote) && self.quote != quote && !after_blank {
            self.separate();
            self.item = None;
        }
        self.quote = quote;
        let indent = self.item.unwrap_or(0);
        let (mark, text) = match trimmed.strip_prefix('>') {
            Some(quoted) => ("> ", quoted.trim_start()),
            None => ("", trimmed),
        };
        self.lines.push(format!("{:indent$}{mark}{}", "", escaped(text)));
    }

    fn separate(&mut self) {
        if self.lines.last().is_some_and(|last| !last.is_empty()) {
            self.lines.push(String::new());
        }
    }

    fn finish(mut self) -> Vec<String> {
        self.lines.extend(self.fence.take());
        while self.lines.last().is_some_and(String::is_empty) {
            self.lines.pop();
        }
        self.lines
    }
}

/// The fence of a line that opens a code block.
fn opening(trimmed: &str) -> Option<String> {
    let mark = trimmed.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let length = trimmed.chars().take_while(|letter| *letter == mark).count();
    let rest = trimmed.get(length..).unwrap_or_default();
    (length >= 3 && !rest.contains('`')).then(|| String::from(mark).repeat(length))
}

/// The width of a list marker and the space behind it.
fn marker(trimmed: &str) -> Option<usize> {
    let digits = trimmed.chars().take_while(char::is_ascii_digit).count();
    let rest = trimmed.get(digits..).unwrap_or_default();
    let numbered = (1..=9).contains(&digits) && (rest.starts_with(". ") || rest.starts_with(") "));
    let bulleted =
        digits == 0 && (rest.starts_with("- ") || rest.starts_with("* ") || rest.starts_with("+ "));
    (numbered || bulleted).then_some(digits + 2)
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn code_is_never_a_doctest() {
        assert_eq!(lines("    let x = 1;"), ["let x = 1;"]);
        assert_eq!(lines("```\npanic!()\n```"), ["```text", "panic!()", "```"]);
        assert_eq!(lines("~~~rust\nfn main() {}"), ["~~~text", "fn main() {}", "~~~"]);
    }

    #[test]
    fn lists_keep_their_continuations() {
        assert_eq!(lines("- a\nb\n  c"), ["- a", "  b", "  c"]);
        assert_eq!(lines("intro\n- a\n- b\n\nend"), ["intro", "", "- a", "- b", "", "end"]);
    }

    #[test]
    fn control_characters_go() {
        assert_eq!(lines("a\u{202e}b\rc"), ["abc"]);
    }
}
