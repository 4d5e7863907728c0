//! `counterpart.toml`: everything that can be chosen, beside the contract. What a key means is written once, here and
//! in the README; an unknown key, a wrong type and a wrong value are mistakes with a place.

mod table;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::de::DeTable;

use crate::diagnostic::{Code, Diagnostics};
use crate::options::{Discriminators, Formats, Modules, Options, Parts, ReadOnly, Selection, Traits};
use crate::package;
use crate::source::{Sources, Span};
use table::Table;

/// The name that is looked for in the current folder.
pub const FILE_NAME: &str = "counterpart.toml";

/// What a configuration file says. Its paths are relative to the file and are already joined with its folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// `spec`: the entry document of the contract.
    pub spec: Option<PathBuf>,
    /// `root`: the folder that references may lead into; that of the entry document by default.
    pub root: Option<PathBuf>,
    /// `out`: the folder to generate into.
    pub out: Option<PathBuf>,
    /// `crate`: the name of the crate to write around the generated module.
    pub package: Option<String>,
    /// `[vendor]`: the folders that documents of other hosts were downloaded to, by the beginning of their URLs.
    pub vendored: Vec<(String, PathBuf)>,
    /// `runtime-path`: where the runtime crate is, for a path dependency.
    pub runtime_path: Option<PathBuf>,
    /// Everything about the generated code itself.
    pub options: Options,
}

/// One mistake in a configuration file: the bytes it is about, one phrase, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Mistake {
    span: Range<usize>,
    message: String,
    help: Option<String>,
}

/// Reads a configuration file as far as it can be understood. Every mistake is an error with its place.
pub fn read(path: &Path, sources: &Sources, diagnostics: &mut Diagnostics) -> Config {
    let shown = path.display().to_string();
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => {
            diagnostics.error(Code::FILE, Span::NONE, format!("cannot read `{shown}`: {error}"));
            return Config::default();
        }
    };
    let (mut config, mistakes) = parse(&text, path.parent().unwrap_or(Path::new("")));
    let names = &mut config.options.names_in;
    (names.path, names.text) = (shown.clone(), text.clone());
    let file = sources.add_text(shown, text).file;
    for Mistake { span, message, help } in mistakes {
        let report = diagnostics.error(Code::CONFIGURATION, Span::new(file, span.start, span.end), message);
        if let Some(help) = help {
            report.help(help);
        }
    }
    config
}

/// The text of a configuration file that lies in `folder`.
fn parse(text: &str, folder: &Path) -> (Config, Vec<Mistake>) {
    let (document, errors) = DeTable::parse_recoverable(text);
    let mut mistakes: Vec<Mistake> = errors.into_iter().map(syntax).collect();
    let mut root = Table::new(document.get_ref(), "at the top level", &mut mistakes);
    let mut config = Config {
        spec: root.text("spec").map(|path| folder.join(path)),
        root: root.text("root").map(|path| folder.join(path)),
        out: root.text("out").map(|path| folder.join(path)),
        package: root.text_if("crate", package::is_name, package::NAME_FORM),
        runtime_path: root.text("runtime-path").map(|path| folder.join(path)),
        vendored: root.table("vendor", |table| vendored(table, folder)).unwrap_or_default(),
        options: Options::default(),
    };
    let options = &mut config.options;
    options.deny_warnings = root.flag("deny-warnings").unwrap_or_default();
    options.formats = root.word("formats", &FORMATS).unwrap_or_default();
    options.read_only = root.word("read-only", &READ_ONLY).unwrap_or_default();
    options.discriminators = root.word("discriminators", &DISCRIMINATORS).unwrap_or_default();
    options.traits = root.word("traits", &TRAITS).unwrap_or_default();
    options.modules = root.word("modules", &MODULES).unwrap_or_default();
    let allowable = Code::ALLOWABLE.map(|code| (code.as_str(), code));
    options.allow = root.words("allow", &allowable).unwrap_or_default().into_iter().collect();
    if let Some(words) = root.words("parts", &PARTS) {
        options.parts =
            Parts { server: words.contains(&Part::Server), client: words.contains(&Part::Client) };
    }
    (options.names_in.places, options.names) =
        root.table("names", |table| (table.places(), pairs(table))).unwrap_or_default();
    options.operations = root.table("operations", selection).unwrap_or_default();
    root.finish();
    mistakes.sort_by_key(|mistake| (mistake.span.start, mistake.span.end));
    (config, mistakes)
}

#[derive(Clone, Copy, PartialEq)]
enum Part {
    Server,
    Client,
    Types,
}

const FORMATS: [(&str, Formats); 3] =
    [("typed", Formats::Typed), ("assert", Formats::Assert), ("annotate", Formats::Annotate)];
const READ_ONLY: [(&str, ReadOnly); 3] =
    [("ignore", ReadOnly::Ignore), ("reject", ReadOnly::Reject), ("strict-3.1", ReadOnly::Strict31)];
const DISCRIMINATORS: [(&str, Discriminators); 2] =
    [("hint", Discriminators::Hint), ("select", Discriminators::Select)];
const TRAITS: [(&str, Traits); 2] = [("one", Traits::One), ("per-tag", Traits::PerTag)];
const MODULES: [(&str, Modules); 2] = [("one", Modules::One), ("by-tag", Modules::ByTag)];
const PARTS: [(&str, Part); 3] = [("server", Part::Server), ("client", Part::Client), ("types", Part::Types)];

fn pairs(table: &mut Table<'_, '_>) -> BTreeMap<String, String> {
    let names = table.names();
    names.into_iter().filter_map(|name| Some((name.clone(), table.text(&name)?))).collect()
}

/// Whether documents can be fetched from there, so that they may have been downloaded.
pub(crate) fn is_remote(url: &str) -> bool {
    ["https://", "http://"].iter().any(|scheme| url.starts_with(scheme))
}

fn vendored(table: &mut Table<'_, '_>, folder: &Path) -> Vec<(String, PathBuf)> {
    let mut vendored = Vec::new();
    for url in table.names() {
        if !is_remote(&url) {
            table.refuse(&url, "is no URL of another host", "begin it with `https://`");
        } else if let Some(path) = table.text(&url) {
            vendored.push((url, folder.join(path)));
        }
    }
    vendored
}

fn selection(table: &mut Table<'_, '_>) -> Selection {
    Selection {
        include: table.texts("include").unwrap_or_default(),
        exclude: table.texts("exclude").unwrap_or_default(),
    }
}

fn syntax(error: toml::de::Error) -> Mistake {
    Mistake { span: error.span().unwrap_or(0..0), message: error.message().to_owned(), help: None }
}
