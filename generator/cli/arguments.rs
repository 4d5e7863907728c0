//! What was typed.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::config;
use crate::diagnostic::Code;
use crate::options::{Discriminators, Formats, Modules, ReadOnly, Traits};
use crate::package;

/// Contract-first code generation: OpenAPI in, typed axum servers and reqwest clients out.
///
/// Exit status: 0 if all is well, 1 if the contract has errors or the files on disk differ, 2 for wrong usage and for
/// files that cannot be read or written.
#[derive(Debug, Parser)]
#[command(name = "counterpart", version, propagate_version = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Generate types, server and client of a contract
    ///
    /// Writes only files that differ, and removes files that it generated before and would not generate any more. It
    /// never touches a file that does not say in its first line that it was generated.
    Generate {
        #[command(flatten)]
        generation: Generation,
        /// Print the files instead of writing them
        #[arg(long, conflicts_with_all = ["out", "message_format"])]
        stdout: bool,
    },
    /// Say whether the files on disk are what the contract would generate now
    ///
    /// Takes the arguments of `generate`, writes nothing, and prints what differs as a diff.
    Check {
        #[command(flatten)]
        generation: Generation,
    },
    /// Explain the code of a finding; without one, list all codes
    Explain {
        /// For example `unresolved-reference`
        code: Option<String>,
    },
}

/// What to generate, and where.
#[derive(Debug, Args)]
pub(super) struct Generation {
    /// The contract: an OpenAPI document, YAML or JSON
    ///
    /// Without it, everything is taken from `counterpart.toml`.
    pub spec: Option<PathBuf>,
    /// Let the contract refer to files below this folder [its own by default]
    #[arg(long, value_name = "FOLDER")]
    pub root: Option<PathBuf>,
    /// The folder to generate into
    #[arg(long, short, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
    /// Generate the server [with none of these three: server and client]
    #[arg(long)]
    pub server: bool,
    /// Generate the client
    #[arg(long)]
    pub client: bool,
    /// Generate the types, which server and client always include
    #[arg(long)]
    pub types: bool,
    /// Which formats are asserted: those with a Rust type, all, or none
    #[arg(long, value_name = "WHICH")]
    pub formats: Option<FormatsWord>,
    /// Ignore `readOnly` members in requests, reject them, or take them and `writeOnly` as notes (`strict-3.1`)
    #[arg(long, value_name = "HOW")]
    pub read_only: Option<ReadOnlyWord>,
    /// Take a discriminator for a hint, or let it select the branch that a value is held against
    #[arg(long, value_name = "HOW")]
    pub discriminators: Option<DiscriminatorsWord>,
    /// How many traits a server implements: one, or one for each tag
    #[arg(long, value_name = "HOW")]
    pub traits: Option<TraitsWord>,
    /// How the code is spread over files: one for types, server and client each, or one for each tag
    ///
    /// With `--crate`, each tag is a cargo feature, unless there is a trait for each tag.
    #[arg(long, value_name = "HOW")]
    pub modules: Option<ModulesWord>,
    /// Write a complete crate of this name into the folder
    #[arg(long = "crate", value_name = "NAME", value_parser = package_name)]
    pub package: Option<String>,
    /// Where the runtime crate is, for a path dependency of the written crate
    #[arg(long, value_name = "FOLDER")]
    pub runtime_path: Option<PathBuf>,
    /// Take everything that is not said here from this file
    ///
    /// Without a contract on the command line, `counterpart.toml` in the current folder is taken.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Treat errors of this code as warnings; can be given several times
    #[arg(long, value_name = "CODE", value_parser = allowable())]
    pub allow: Vec<Code>,
    /// Read references that begin with this URL from this folder; can be given several times
    #[arg(long = "vendor", value_name = "URL=FOLDER", value_parser = vendored)]
    pub vendored: Vec<(String, PathBuf)>,
    /// Treat warnings as errors
    #[arg(long)]
    pub deny_warnings: bool,
    #[command(flatten)]
    pub output: Output,
}

/// How to talk.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct Output {
    /// For people (stderr), or one JSON object a line for tools (stdout)
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub message_format: MessageFormat,
    /// When to use colours
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum MessageFormat {
    Human,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FormatsWord {
    Typed,
    Assert,
    Annotate,
}

impl From<FormatsWord> for Formats {
    fn from(word: FormatsWord) -> Self {
        match word {
            FormatsWord::Typed => Self::Typed,
            FormatsWord::Assert => Self::Assert,
            FormatsWord::Annotate => Self::Annotate,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ReadOnlyWord {
    Ignore,
    Reject,
    #[value(name = "strict-3.1")]
    Strict31,
}

impl From<ReadOnlyWord> for ReadOnly {
    fn from(word: ReadOnlyWord) -> Self {
        match word {
            ReadOnlyWord::Ignore => Self::Ignore,
            ReadOnlyWord::Reject => Self::Reject,
            ReadOnlyWord::Strict31 => Self::Strict31,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum DiscriminatorsWord {
    Hint,
    Select,
}

impl From<DiscriminatorsWord> for Discriminators {
    fn from(word: DiscriminatorsWord) -> Self {
        match word {
            DiscriminatorsWord::Hint => Self::Hint,
            DiscriminatorsWord::Select => Self::Select,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum TraitsWord {
    One,
    PerTag,
}

impl From<TraitsWord> for Traits {
    fn from(word: TraitsWord) -> Self {
        match word {
            TraitsWord::One => Self::One,
            TraitsWord::PerTag => Self::PerTag,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ModulesWord {
    One,
    ByTag,
}

impl From<ModulesWord> for Modules {
    fn from(word: ModulesWord) -> Self {
        match word {
            ModulesWord::One => Self::One,
            ModulesWord::ByTag => Self::ByTag,
        }
    }
}

fn package_name(text: &str) -> Result<String, String> {
    if package::is_name(text) { Ok(text.to_owned()) } else { Err(package::NAME_FORM.to_owned()) }
}

fn allowable() -> impl clap::builder::TypedValueParser<Value = Code> {
    let names = Code::ALLOWABLE.map(Code::as_str);
    PossibleValuesParser::new(names).try_map(|name| Code::named(&name).ok_or("there is no such code"))
}

/// A folder rarely has `=` in its name, a URL may.
fn vendored(text: &str) -> Result<(String, PathBuf), String> {
    match text.rsplit_once('=') {
        Some((url, folder)) if config::is_remote(url) && !folder.is_empty() => {
            Ok((url.to_owned(), PathBuf::from(folder)))
        }
        _ => Err("write a URL and a folder, as in `https://example.com/=vendor/example.com`".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_arguments_are_consistent() {
        super::Arguments::command().debug_assert();
    }
}
