//! The entry document: read, its version checked before anything else, and the loader for the files that it refers to.

mod loader;
mod version;

use std::path::{Path, PathBuf};

pub(crate) use loader::percent_decoded;
pub use loader::{Loader, Refusal};

use crate::contract::Version;
use crate::diagnostic::{Code, Diagnostics};
use crate::source::{FileId, Node, Sources, Span, parse};

/// Where an API description comes from.
#[derive(Clone, Debug)]
pub struct Source {
    origin: Origin,
    root: Option<PathBuf>,
    vendored: Vec<(String, PathBuf)>,
}

#[derive(Clone, Debug)]
enum Origin {
    File(PathBuf),
    Text { name: String, bytes: Vec<u8>, version: Option<Version> },
}

impl Source {
    /// A file. References may lead to files below its folder.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self { origin: Origin::File(path.into()), root: None, vendored: Vec::new() }
    }

    /// A text in memory, JSON or YAML, with the name that messages call it by. It may refer to files only if a
    /// [`Source::root`] is given.
    pub fn text(name: impl Into<String>, text: impl Into<Vec<u8>>) -> Self {
        Self {
            origin: Origin::Text { name: name.into(), bytes: text.into(), version: None },
            root: None,
            vendored: Vec::new(),
        }
    }

    /// A description built in code. The model is OpenAPI 3.0's, so it is read as 3.0 whatever its version field says.
    pub fn from_openapiv3(document: &openapiv3::OpenAPI) -> Result<Self, serde_json::Error> {
        let bytes = serde_json::to_vec_pretty(document)?;
        let origin =
            Origin::Text { name: "openapiv3::OpenAPI".to_owned(), bytes, version: Some(Version::V3_0) };
        Ok(Self { origin, root: None, vendored: Vec::new() })
    }

    /// Lets references lead to files below `directory` instead of the entry document's folder.
    #[must_use]
    pub fn root(mut self, directory: impl Into<PathBuf>) -> Self {
        self.root = Some(directory.into());
        self
    }

    /// Reads references that begin with `prefix`, such as `https://example.com/schemas/`, from `directory`, where the
    /// documents were downloaded to.
    #[must_use]
    pub fn vendored(mut self, prefix: impl Into<String>, directory: impl Into<PathBuf>) -> Self {
        self.vendored.push((prefix.into(), directory.into()));
        self
    }
}

/// The entry document of a description.
#[derive(Debug)]
pub struct Document {
    /// Its file.
    pub entry: FileId,
    /// Its version line.
    pub version: Version,
    /// Reads the files that it refers to.
    pub loader: Loader,
}

/// Reads the entry document and checks that it is one that can be generated from.
pub fn open(source: &Source, sources: &Sources, diagnostics: &mut Diagnostics) -> Option<Document> {
    let (name, bytes, path, forced) = match &source.origin {
        Origin::File(path) => {
            let name = path.display().to_string();
            let bytes = read_entry(path, diagnostics)?;
            (name, bytes, Some(path.as_path()), None)
        }
        Origin::Text { name, bytes, version } => (name.clone(), bytes.clone(), None, *version),
    };
    let entry = parse(name, bytes, path.is_some(), sources, diagnostics)?;
    let root = sources.root(entry)?;
    let version = match forced {
        Some(version) => version,
        None => version::of_entry(root, diagnostics)?,
    };
    if !containers(root, version, diagnostics) {
        return None;
    }
    let loader = Loader::new(path, source.root.clone(), source.vendored.clone(), version);
    Some(Document { entry, version, loader })
}

fn read_entry(path: &Path, diagnostics: &mut Diagnostics) -> Option<Vec<u8>> {
    match std::fs::read(path) {
        Ok(bytes) => Some(bytes),
        Err(error) => {
            diagnostics.error(Code::FILE, Span::NONE, format!("cannot read `{}`: {error}", path.display()));
            None
        }
    }
}

/// Whether the fields are there without which there is nothing to read.
fn containers(root: Node<'_>, version: Version, diagnostics: &mut Diagnostics) -> bool {
    if root.get("info").is_none() {
        diagnostics
            .error(Code::MISSING_INFO, root.span(), "the document has no `info`, which is required")
            .help("add `info` with `title` and `version`");
    }
    let wanted: &[&str] = if version == Version::V3_0 {
        &["paths", "components"]
    } else {
        &["paths", "components", "webhooks"]
    };
    if wanted.iter().all(|name| root.get(name).is_none()) {
        let message = format!("the document has none of {}; there is nothing to generate", wanted.join(", "));
        diagnostics.error(Code::MISSING_FIELD, root.span(), message);
        return false;
    }
    true
}

#[cfg(test)]
mod tests;
