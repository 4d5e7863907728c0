//! Type definitions whose lines all fit are laid out from their tokens: most of what is generated is such, and the parser
//! and the formatter would only find out what is known. What does not fit, or is anything else, is left to these two.

use std::iter::Peekable;

use proc_macro2::{Delimiter, Group, Literal, TokenStream, TokenTree, token_stream::IntoIter};

use super::{Kind, layout};
use crate::emit::tokens::docs::BREAK;

/// No line up to this length is broken by the formatter. Longer ones it breaks at brackets.
const SURE: usize = 80;

/// What the next tokens are.
pub(super) enum Next {
    /// An item as the formatter would print it.
    Laid(Kind, String),
    /// An item that is too long for its lines.
    Unbroken(String),
    /// No type definition.
    Rest(TokenStream),
}

/// The next item, if there is one.
pub(super) fn next(tokens: &mut Peekable<IntoIter>) -> Option<Next> {
    tokens.peek()?;
    let mut head = Vec::new();
    while let Some(tree) = tokens.next_if(|tree| is_punct(tree, '#')) {
        head.push(tree);
        head.extend(tokens.next());
    }
    let attributes = head.len();
    head.extend(tokens.next_if(|tree| is_word(tree, "pub")));
    let keyword = ["struct", "enum", "type", "counterpart_runtime"]
        .into_iter()
        .find(|word| tokens.peek().is_some_and(|tree| is_word(tree, word)));
    let mut writer = Writer { text: String::new(), fits: true };
    let kind = match (keyword, head.len() - attributes) {
        (Some("counterpart_runtime"), 0) if attributes == 0 => return Some(call(tokens)),
        (Some("type"), 1) => Kind::Alias,
        (Some("struct" | "enum"), 1) => Kind::Type,
        _ => return Some(Next::Rest(head.into_iter().chain(tokens).collect())),
    };
    head.truncate(attributes);
    writer.attributes("", head);
    writer.item(tokens);
    Some(match writer.fits {
        true => Next::Laid(kind, writer.text),
        false => Next::Unbroken(writer.text),
    })
}

/// The call of a macro of the runtime.
fn call(tokens: &mut Peekable<IntoIter>) -> Next {
    let path: String =
        tokens.by_ref().take_while(|tree| !is_punct(tree, '!')).map(|tree| tree.to_string()).collect();
    let inside = match tokens.next() {
        Some(TokenTree::Group(group)) => into_stream(group),
        other => other.into_iter().collect(),
    };
    Next::Laid(Kind::Call, layout::call(&path, inside))
}

struct Writer {
    text: String,
    /// No line may have to be broken.
    fits: bool,
}

impl Writer {
    /// From the keyword to the end.
    fn item(&mut self, tokens: &mut Peekable<IntoIter>) {
        let mut line = Vec::new();
        for tree in tokens {
            match tree {
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                    let line = format!("pub {} {{", self.inline(line));
                    return self.block(&line, into_stream(group));
                }
                tree if is_punct(&tree, ';') => break,
                tree => line.push(tree),
            }
        }
        let line = format!("pub {};", self.inline(line));
        self.line("", &line);
    }

    /// Fields or variants, each on a line of its own.
    fn block(&mut self, head: &str, inside: TokenStream) {
        if inside.is_empty() {
            return self.line("", &format!("{head}}}"));
        }
        self.line("", head);
        let mut tokens = inside.into_iter().peekable();
        while tokens.peek().is_some() {
            let mut attributes = Vec::new();
            while let Some(tree) = tokens.next_if(|tree| is_punct(tree, '#')) {
                attributes.push(tree);
                attributes.extend(tokens.next());
            }
            self.attributes("    ", attributes);
            let entry = entry(&mut tokens);
            let entry = format!("{},", self.inline(entry));
            self.line("    ", &entry);
        }
        self.line("", "}");
    }

    fn line(&mut self, margin: &str, line: &str) {
        let whole = !line.contains(['<', '(', '[']);
        self.fits &= line.is_ascii() && (whole || margin.len() + line.len() <= SURE);
        self.text.extend([margin, line, "\n"]);
    }

    fn attributes(&mut self, margin: &str, attributes: Vec<TokenTree>) {
        for tree in attributes {
            let TokenTree::Group(group) = tree else { continue };
            let inside: Vec<TokenTree> = into_stream(group).into_iter().collect();
            match comment(&inside) {
                Some(comment) => {
                    for line in comment.split(BREAK) {
                        self.text.extend([margin, "///", line, "\n"]);
                    }
                }
                None => {
                    // A comment that is escaped is read by the parser.
                    self.fits &= !inside.first().is_some_and(|name| is_word(name, "doc"));
                    self.line(margin, &format!("#[{}]", layout::inline(inside)));
                }
            }
        }
    }

    /// A type, or a name with a type.
    fn inline(&mut self, tokens: Vec<TokenTree>) -> String {
        // The formatter knows better what stands between parentheses, unless it is one type.
        let several = |group: &Group| group.stream().into_iter().any(|tree| !is_simple(&tree));
        self.fits &= !tokens.iter().any(|tree| matches!(tree, TokenTree::Group(group) if several(group)));
        layout::inline(tokens)
    }
}

/// What stands before the next comma that is none of a generic type.
fn entry(tokens: &mut Peekable<IntoIter>) -> Vec<TokenTree> {
    let (mut entry, mut open) = (Vec::new(), 0usize);
    for tree in tokens {
        if is_punct(&tree, ',') && open == 0 {
            break;
        }
        open = open + usize::from(is_punct(&tree, '<')) - usize::from(is_punct(&tree, '>') && open > 0);
        entry.push(tree);
    }
    entry
}

/// What a group holds; its last owner takes tokens out without copying them.
fn into_stream(group: Group) -> TokenStream {
    let inside = group.stream();
    drop(group);
    inside
}

fn is_punct(tree: &TokenTree, letter: char) -> bool {
    matches!(tree, TokenTree::Punct(punct) if punct.as_char() == letter)
}

fn is_word(tree: &TokenTree, word: &str) -> bool {
    matches!(tree, TokenTree::Ident(ident) if ident == word)
}

fn is_simple(tree: &TokenTree) -> bool {
    match tree {
        TokenTree::Ident(_) => true,
        TokenTree::Punct(punct) => matches!(punct.as_char(), '<' | '>' | ':'),
        TokenTree::Group(group) => group.stream().is_empty(),
        TokenTree::Literal(_) => false,
    }
}

/// The text of a doc attribute, if it stands there as it is.
fn comment(attribute: &[TokenTree]) -> Option<String> {
    match attribute {
        [name, _, TokenTree::Literal(literal)] if is_word(name, "doc") => unescaped(literal),
        _ => None,
    }
}

fn unescaped(literal: &Literal) -> Option<String> {
    let literal = literal.to_string();
    let quoted = match literal.strip_prefix('r') {
        Some(raw) => raw.trim_start_matches('#').trim_end_matches('#'),
        None if literal.contains('\\') => return None,
        None => &literal,
    };
    Some(quoted.strip_prefix('"')?.strip_suffix('"')?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn laid(text: &str) -> Next {
        let tokens: TokenStream = text.parse().unwrap();
        next(&mut tokens.into_iter().peekable()).unwrap()
    }

    #[test]
    fn what_fits_is_what_the_formatter_prints() {
        for text in [
            "/// One.\n///\n/// Two.\n#[derive(Clone, Debug)] pub struct A { /// B\n pub b: Option<Vec<x::C>>, \
             pub r#type: (), pub m: Map<Vec<()>>, }",
            "#[doc = r##\" a \"# b\"##] pub struct Empty {}",
            "pub struct New(pub Option<String>);",
            "#[allow(clippy::large_enum_variant, reason = \"it is\")] pub enum E { /// x\n #[default] A, B(Box<C>), D(()), }",
            "pub type AnAliasThatIsLongerThanAnyLineThatTheFormatterWouldBreakIfOnlyItKnewWhere = \
             AnotherTypeWithALongName;",
            "/// Alias.\npub type A = ::core::option::Option<B>;",
        ] {
            let Next::Laid(_, text) = laid(text) else { panic!("{text}") };
            assert_eq!(text, prettyplease::unparse(&syn::parse_file(&text).unwrap()));
        }
    }

    #[test]
    fn what_does_not_fit_is_left_to_the_formatter() {
        let long = "VeryLongNameOfATypeThatIsInOneOfThose".repeat(2);
        let escaped = "/// \\ \"a\"\npub struct A;";
        for text in [&format!("pub struct A {{ pub a: Vec<{long}> }}"), "pub type T = (A, B);", escaped] {
            let Next::Unbroken(text) = laid(text) else { panic!("{text}") };
            syn::parse_file(&text).unwrap();
        }
        assert!(matches!(laid("use a::b;"), Next::Rest(_)));
        assert!(matches!(laid("#[a] impl A {}"), Next::Rest(_)));
    }
}
