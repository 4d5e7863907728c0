//! One table of a configuration file, read key by key: each accessor takes a key off the list of those that nobody
//! asked for, and [`Table::finish`] reports the rest.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Mistake;
use crate::diagnostic::suggest::did_you_mean;

pub(super) struct Table<'a, 'm> {
    entries: Vec<(Range<usize>, &'a str, &'a Spanned<DeValue<'a>>)>,
    known: Vec<String>,
    /// Where the table is, for messages.
    place: String,
    mistakes: &'m mut Vec<Mistake>,
}

impl<'a, 'm> Table<'a, 'm> {
    pub(super) fn new(table: &'a DeTable<'a>, place: &str, mistakes: &'m mut Vec<Mistake>) -> Self {
        let entries = table.iter().map(|(key, value)| (key.span(), key.get_ref().as_ref(), value)).collect();
        Self { entries, known: Vec::new(), place: place.to_owned(), mistakes }
    }

    /// The keys that nobody asked for yet.
    pub(super) fn names(&self) -> Vec<String> {
        self.entries.iter().map(|(_, name, _)| (*name).to_owned()).collect()
    }

    /// Where the keys stand that nobody asked for yet.
    pub(super) fn places(&self) -> BTreeMap<String, Range<usize>> {
        self.entries.iter().map(|(place, name, _)| ((*name).to_owned(), place.clone())).collect()
    }

    pub(super) fn text(&mut self, key: &str) -> Option<String> {
        let value = self.take(key)?;
        self.of_type(value, "a string", DeValue::as_str).map(str::to_owned)
    }

    /// A text that must have a certain form.
    pub(super) fn text_if(&mut self, key: &str, fits: fn(&str) -> bool, form: &str) -> Option<String> {
        let value = self.take(key)?;
        let text = self.of_type(value, "a string", DeValue::as_str)?;
        if !fits(text) {
            let message = format!("`{text}` cannot be the value of `{key}`");
            self.mistakes.push(Mistake { span: value.span(), message, help: Some(form.to_owned()) });
        }
        fits(text).then(|| text.to_owned())
    }

    pub(super) fn flag(&mut self, key: &str) -> Option<bool> {
        let value = self.take(key)?;
        self.of_type(value, "true or false", DeValue::as_bool)
    }

    pub(super) fn texts(&mut self, key: &str) -> Option<Vec<String>> {
        let value = self.take(key)?;
        let items = self.of_type(value, "an array of strings", DeValue::as_array)?;
        Some(
            items
                .iter()
                .filter_map(|item| self.of_type(item, "a string", DeValue::as_str))
                .map(str::to_owned)
                .collect(),
        )
    }

    /// One of a fixed list of words.
    pub(super) fn word<T: Copy>(&mut self, key: &str, words: &[(&str, T)]) -> Option<T> {
        let value = self.take(key)?;
        self.one_of(value, words)
    }

    /// Several of a fixed list of words.
    pub(super) fn words<T: Copy>(&mut self, key: &str, words: &[(&str, T)]) -> Option<Vec<T>> {
        let value = self.take(key)?;
        let items = self.of_type(value, "an array of strings", DeValue::as_array)?;
        Some(items.iter().filter_map(|item| self.one_of(item, words)).collect())
    }

    /// A table below this one.
    pub(super) fn table<T>(&mut self, key: &str, read: impl FnOnce(&mut Table<'_, '_>) -> T) -> Option<T> {
        let value = self.take(key)?;
        let entries = self.of_type(value, "a table", DeValue::as_table)?;
        let mut table = Table::new(entries, &format!("in `[{key}]`"), self.mistakes);
        let result = read(&mut table);
        table.finish();
        Some(result)
    }

    /// Reports a key as wrong by itself.
    pub(super) fn refuse(&mut self, key: &str, what: &str, help: &str) {
        if let Some(index) = self.entries.iter().position(|(_, name, _)| *name == key) {
            let (span, ..) = self.entries.remove(index);
            let message = format!("`{key}` {what}");
            self.mistakes.push(Mistake { span, message, help: Some(help.to_owned()) });
        }
    }

    /// Reports the keys that mean nothing here.
    pub(super) fn finish(self) {
        for (span, key, _) in self.entries {
            self.mistakes.push(Mistake {
                span,
                message: format!("unknown key `{key}` {}", self.place),
                help: Some(instead(key, self.known.iter().map(String::as_str), "known keys: ")),
            });
        }
    }

    fn take(&mut self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.known.push(key.to_owned());
        let index = self.entries.iter().position(|(_, name, _)| *name == key)?;
        Some(self.entries.remove(index).2)
    }

    fn one_of<T: Copy>(&mut self, value: &'a Spanned<DeValue<'a>>, words: &[(&str, T)]) -> Option<T> {
        let text = self.of_type(value, "a string", DeValue::as_str)?;
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, meaning)| *meaning);
        if found.is_none() {
            self.mistakes.push(Mistake {
                span: value.span(),
                message: format!("unknown value `{text}`"),
                help: Some(instead(text, words.iter().map(|(word, _)| *word), "write one of ")),
            });
        }
        found
    }

    fn of_type<T>(
        &mut self,
        value: &'a Spanned<DeValue<'a>>,
        what: &str,
        read: impl FnOnce(&'a DeValue<'a>) -> Option<T>,
    ) -> Option<T> {
        let result = read(value.get_ref());
        if result.is_none() {
            let found = value.get_ref().type_str();
            let message = format!("expected {what}, found {} {found}", article(found));
            self.mistakes.push(Mistake { span: value.span(), message, help: None });
        }
        result
    }
}

/// What was probably meant, else all that could be.
fn instead<'w>(written: &str, all: impl Iterator<Item = &'w str> + Clone, head: &str) -> String {
    did_you_mean(written, all.clone()).unwrap_or_else(|| {
        let all: Vec<String> = all.map(|word| format!("`{word}`")).collect();
        format!("{head}{}", all.join(", "))
    })
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}
