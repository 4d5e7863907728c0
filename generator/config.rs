//! `counterpart.toml`: everything that can be chosen, beside the contract. What a key means is written once, here and
//! in the README; an unknown key, a wrong type and a wrong value are mistakes with a place.

mod table;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::de::DeTable;

use crate::options::{Formats, Options, Parts, Selection};
use table::Table;

/// The name that is looked for in the current folder.
pub const FILE_NAME: &str = "counterpart.toml";

/// What a configuration file says. Its paths are relative to the file and are already joined with its folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// `spec`: the entry document of the contract.
    pub spec: Option<PathBuf>,
    /// `out`: the folder to generate into.
    pub out: Option<PathBuf>,
    /// `crate`: the name of the crate to write around the generated module.
    pub package: Option<String>,
    /// `runtime-path`: where the runtime crate is, for a path dependency.
    pub runtime_path: Option<PathBuf>,
    /// Everything about the generated code itself.
    pub options: Options,
}

/// One mistake in a configuration file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The bytes it is about.
    pub span: Range<usize>,
    /// One phrase.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
}

/// Why a configuration file is of no use.
#[derive(Debug)]
pub enum ConfigError {
    /// It cannot be read.
    Io(PathBuf, io::Error),
    /// It has mistakes, in the order of the text.
    Invalid {
        /// The file.
        path: PathBuf,
        /// Its text.
        text: String,
        /// What is wrong with it.
        mistakes: Vec<Mistake>,
    },
}

/// Reads a configuration file.
///
/// # Errors
/// If the file cannot be read, or has mistakes: all of them are listed.
pub fn read(path: &Path) -> Result<Config, ConfigError> {
    let text = fs::read_to_string(path).map_err(|error| ConfigError::Io(path.to_owned(), error))?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let (config, mistakes) = parse(&text, folder);
    if mistakes.is_empty() {
        Ok(config)
    } else {
        Err(ConfigError::Invalid { path: path.to_owned(), text, mistakes })
    }
}

/// Reads the text of a configuration file that lies in `folder`, as far as it can be understood.
#[must_use]
pub fn parse(text: &str, folder: &Path) -> (Config, Vec<Mistake>) {
    let (document, errors) = DeTable::parse_recoverable(text);
    let mut mistakes: Vec<Mistake> = errors.into_iter().map(syntax).collect();
    let mut root = Table::new(document.get_ref(), "at the top level", &mut mistakes);
    let mut config = Config {
        spec: root.text("spec").map(|path| folder.join(path)),
        out: root.text("out").map(|path| folder.join(path)),
        package: root.text("crate"),
        runtime_path: root.text("runtime-path").map(|path| folder.join(path)),
        options: Options::default(),
    };
    let options = &mut config.options;
    options.deny_warnings = root.flag("deny-warnings").unwrap_or_default();
    options.formats = root.word("formats", &FORMATS).unwrap_or_default();
    if let Some(words) = root.words("parts", &PARTS) {
        options.parts =
            Parts { server: words.contains(&Part::Server), client: words.contains(&Part::Client) };
    }
    options.names = root.table("names", pairs).unwrap_or_default();
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
const PARTS: [(&str, Part); 3] = [("server", Part::Server), ("client", Part::Client), ("types", Part::Types)];

fn pairs(table: &mut Table<'_, '_>) -> BTreeMap<String, String> {
    let names = table.names();
    names.into_iter().filter_map(|name| Some((name.clone(), table.text(&name)?))).collect()
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
