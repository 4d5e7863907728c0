//! What a page imports because something on it uses it.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt::{Display, Write};

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// What may be used, and is imported only then.
const WORDS: [&str; 10] = [
    "ByteStream",
    "CONTRACT",
    "CallbackUrl",
    "EventStream",
    "Failure",
    "FromResponse",
    "JsonLines",
    "StatusCode",
    "headers",
    "types",
];

/// The words that stand in the tokens of a page, gathered while it is written.
#[derive(Debug, Default)]
pub(super) struct Words(RefCell<BTreeSet<&'static str>>);

impl Words {
    /// The text of tokens, the words of which are noted.
    pub fn text(&self, tokens: TokenStream) -> String {
        let mut text = String::new();
        self.write(tokens, &mut text);
        text
    }

    /// Notes a word that is not seen by itself.
    pub fn add(&self, word: &'static str) {
        self.0.borrow_mut().insert(word);
    }

    /// Whether a word was met.
    pub fn has(&self, word: &str) -> bool {
        self.0.borrow().contains(word)
    }

    /// Writes as tokens print themselves, but takes them apart rather than copies of them: those of a group are free to
    /// be taken once their group is gone.
    fn write(&self, tokens: TokenStream, text: &mut String) {
        let mut joint = true;
        // What stands behind `::` is not what is imported: a type of the contract may have its name.
        let mut behind_path = false;
        for tree in tokens {
            if !joint {
                text.push(' ');
            }
            joint = false;
            match tree {
                TokenTree::Ident(ident) => {
                    if let Some(word) = WORDS.into_iter().find(|word| ident == word).filter(|_| !behind_path)
                    {
                        self.add(word);
                    }
                    behind_path = false;
                    push(text, &ident);
                }
                TokenTree::Group(group) => {
                    behind_path = false;
                    let (open, close) = match group.delimiter() {
                        Delimiter::Parenthesis => ("(", ")"),
                        Delimiter::Brace => ("{ ", " }"),
                        Delimiter::Bracket => ("[", "]"),
                        Delimiter::None => ("", ""),
                    };
                    let inside = group.stream();
                    drop(group);
                    text.push_str(open);
                    self.write(inside, text);
                    text.push_str(close);
                }
                TokenTree::Punct(punct) => {
                    text.push(punct.as_char());
                    behind_path =
                        punct.as_char() == ':' && punct.spacing() == Spacing::Alone && text.ends_with("::");
                    joint = punct.spacing() == Spacing::Joint;
                }
                TokenTree::Literal(literal) => push(text, &literal),
            }
        }
    }
}

fn push(text: &mut String, token: &dyn Display) {
    // A string takes whatever is written to it.
    let _ = write!(text, "{token}");
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::Words;

    #[test]
    fn a_type_of_the_contract_is_no_import() {
        let words = Words::default();
        words.text(quote!(
            fn a() -> JsonLines<types::EventStream> {
                types::Failure(b::<StatusCode>())
            }
        ));
        let used = ["types", "JsonLines", "StatusCode"];
        assert!(used.iter().all(|word| words.has(word)));
        assert!(!words.has("EventStream") && !words.has("Failure"));
    }
}
