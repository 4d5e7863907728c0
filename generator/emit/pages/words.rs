//! What a page imports because something on it uses it.

use std::cell::RefCell;
use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};

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
        let text = tokens.to_string();
        self.note(tokens);
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

    fn note(&self, tokens: TokenStream) {
        for tree in tokens {
            match tree {
                TokenTree::Ident(ident) => {
                    if let Some(word) = WORDS.into_iter().find(|word| ident == word) {
                        self.add(word);
                    }
                }
                TokenTree::Group(group) => {
                    let inside = group.stream();
                    // Its last owner takes tokens out without copying them.
                    drop(group);
                    self.note(inside);
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }
}
