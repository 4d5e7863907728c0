//! A file as flat tokens with their lines: comments and strings cannot be taken for code, and what is only compiled
//! for tests is left out.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Words and signs; a group is its signs and what is between them.
pub struct Tokens(Vec<(String, usize)>);

impl Tokens {
    pub fn read(path: &str, text: &str) -> Self {
        let stream: TokenStream = text.parse().unwrap_or_else(|error| panic!("{path}: {error}"));
        let mut tokens = Vec::new();
        flatten(stream, &mut tokens);
        Self(tokens)
    }

    /// The lines where these tokens stand one after another.
    pub fn find(&self, wanted: &[&str]) -> Vec<usize> {
        let matches =
            |window: &&[(String, usize)]| window.iter().zip(wanted).all(|((word, _), wanted)| word == wanted);
        self.0.windows(wanted.len()).filter(matches).map(|window| window[0].1).collect()
    }

    /// The modules named as `crate::module`, also inside `crate::{a::B, c}`, with their lines.
    pub fn modules(&self) -> Vec<(&str, usize)> {
        let start = ["crate", ":", ":"];
        let mut found = Vec::new();
        for (index, window) in self.0.windows(start.len()).enumerate() {
            if !window.iter().zip(start).all(|((word, _), wanted)| word == wanted) {
                continue;
            }
            let rest = &self.0[index + start.len()..];
            match rest.first() {
                Some((word, _)) if word == "{" => found.extend(first_words(rest)),
                Some((word, line)) => found.push((word.as_str(), *line)),
                None => {}
            }
        }
        found
    }

    /// The functions with a body: name, first line, last line.
    pub fn functions(&self) -> Vec<(&str, usize, usize)> {
        let mut found = Vec::new();
        for (index, (word, line)) in self.0.iter().enumerate() {
            if word != "fn" {
                continue;
            }
            let rest = &self.0[index + 1..];
            let Some((name, _)) = rest.first().filter(|(name, _)| name.starts_with(char::is_alphabetic))
            else {
                continue;
            };
            if let Some(end) = end_of_body(rest) {
                found.push((name.as_str(), *line, end));
            }
        }
        found
    }
}

/// The first word of each entry of a group in braces.
fn first_words(tokens: &[(String, usize)]) -> Vec<(&str, usize)> {
    let mut depth = 0_usize;
    let mut found = Vec::new();
    for (index, (word, line)) in tokens.iter().enumerate() {
        match word.as_str() {
            "{" => depth += 1,
            "}" if depth == 1 => return found,
            "}" => depth -= 1,
            _ => {}
        }
        let begins = matches!(index.checked_sub(1).map(|before| tokens[before].0.as_str()), Some("{" | ","));
        if depth == 1 && begins && word != "{" {
            found.push((word.as_str(), *line));
        }
    }
    found
}

/// The line of the brace that closes the first block; nothing for a declaration, which ends with `;`.
fn end_of_body(tokens: &[(String, usize)]) -> Option<usize> {
    let mut depth = 0_usize;
    let mut inside = 0_usize;
    for (word, line) in tokens {
        match word.as_str() {
            "{" => depth += 1,
            "}" => {
                depth -= 1;
                if depth == 0 {
                    return Some(*line);
                }
            }
            "(" | "[" => inside += 1,
            ")" | "]" => inside = inside.saturating_sub(1),
            ";" if depth == 0 && inside == 0 => return None,
            _ => {}
        }
    }
    None
}

fn flatten(stream: TokenStream, out: &mut Vec<(String, usize)>) {
    let trees: Vec<TokenTree> = stream.into_iter().collect();
    let mut index = 0;
    while let Some(tree) = trees.get(index) {
        if is_test_attribute(&trees[index..]) {
            index += item_length(&trees[index..]);
            continue;
        }
        let line = tree.span().start().line;
        match tree {
            TokenTree::Group(group) => {
                let (open, close) = signs(group.delimiter());
                out.push((open.to_owned(), line));
                flatten(group.stream(), out);
                out.push((close.to_owned(), group.span_close().end().line));
            }
            TokenTree::Literal(_) => out.push(("literal".to_owned(), line)),
            other => out.push((other.to_string(), line)),
        }
        index += 1;
    }
}

fn signs(delimiter: Delimiter) -> (&'static str, &'static str) {
    match delimiter {
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Brace => ("{", "}"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::None => ("", ""),
    }
}

/// `#[cfg(test)]` or `#[test]`.
fn is_test_attribute(trees: &[TokenTree]) -> bool {
    let [TokenTree::Punct(sign), TokenTree::Group(group), ..] = trees else { return false };
    let text = group.stream().to_string().replace(' ', "");
    sign.as_char() == '#' && (text == "cfg(test)" || text == "test")
}

/// Up to the `;` or the block that ends the item.
fn item_length(trees: &[TokenTree]) -> usize {
    let ends = |tree: &TokenTree| match tree {
        TokenTree::Punct(sign) => sign.as_char() == ';',
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        _ => false,
    };
    trees.iter().position(ends).map_or(trees.len(), |index| index + 1)
}
