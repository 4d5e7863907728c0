//! Which documents there are, and how each is read.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use counterpart::Source;

/// Folders in which every file that begins like an OpenAPI 3 document is one.
const SINGLE: [&str; 8] =
    ["3.0", "3.1", "3.2", "fixtures", "large", "oai/v3.0-pass", "oai/v3.1-pass", "oai/v3.2-pass"];

/// Folders whose documents are spread over several files; `INDEX.md` names the first of each.
const SEVERAL: [&str; 3] = ["3.0-multi", "3.1-multi", "3.2-multi"];

/// Folders of documents that are broken on purpose.
const BROKEN: [&str; 4] = ["oai/v3.1-fail", "oai/v3.2-fail", "bad", "bad-thirdparty"];

/// Where documents refer to by address what lies beside them: the prefix, and the folder that it stands for.
const VENDORED: [(&str, &str); 2] = [
    ("https://raw.githubusercontent.com/ga4gh-beacon/beacon-v2/main/", "3.0-multi/beacon-v2"),
    (
        "https://raw.githubusercontent.com/opengeospatial/ogcapi-features/master/core/",
        "3.1-multi/ogcapi-features",
    ),
];

/// The folder with everything.
#[derive(Clone, Debug)]
pub struct Corpus(PathBuf);

/// The entry file of one description.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Document {
    /// Its path in the corpus, with `/`.
    pub name: String,
    path: PathBuf,
    root: PathBuf,
}

impl Corpus {
    /// The corpus, if there is one.
    #[must_use]
    pub fn find() -> Option<Self> {
        let folder = Self::folder();
        folder.is_dir().then_some(Self(folder))
    }

    /// Where it is looked for.
    #[must_use]
    pub fn folder() -> PathBuf {
        let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
        env::var_os("COUNTERPART_CORPUS").map_or(beside, PathBuf::from)
    }

    /// Every document that is meant to be sound, in order.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub fn documents(&self) -> io::Result<Vec<Document>> {
        let mut names = BTreeSet::new();
        for folder in SINGLE {
            self.scan(folder, &mut names)?;
        }
        let index = fs::read_to_string(self.0.join("INDEX.md"))?;
        let first = |line: &str| line.strip_prefix("| `")?.split('`').next().map(str::to_owned);
        let several = |name: &String| {
            SEVERAL.iter().any(|folder| name.starts_with(folder)) && self.0.join(name).is_file()
        };
        names.extend(index.lines().filter_map(first).filter(several));
        Ok(names.into_iter().map(|name| self.document(name)).collect())
    }

    /// Every document that is meant to be broken or hostile, in order.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub fn broken(&self) -> io::Result<Vec<Document>> {
        let mut names = BTreeSet::new();
        for folder in BROKEN {
            self.scan(folder, &mut names)?;
        }
        Ok(names.into_iter().map(|name| self.document(name)).collect())
    }

    fn scan(&self, folder: &str, names: &mut BTreeSet<String>) -> io::Result<()> {
        for entry in fs::read_dir(self.0.join(folder))? {
            let path = entry?.path();
            let Some(file) = path.file_name().and_then(|name| name.to_str()) else {
                continue;
            };
            let name = format!("{folder}/{file}");
            if path.is_dir() {
                self.scan(&name, names)?;
            } else if is_openapi(&path)? {
                names.insert(name);
            }
        }
        Ok(())
    }

    /// The document of this name.
    #[must_use]
    pub fn document(&self, name: String) -> Document {
        let depth = if name.starts_with("fixtures/") || name.contains("-multi/") { 2 } else { 1 };
        let root: PathBuf = name.split('/').take(depth).collect();
        Document { path: self.0.join(&name), root: self.0.join(root), name }
    }
}

impl Document {
    /// How it is read.
    #[must_use]
    pub fn source(&self) -> Source {
        self.vendored(Source::file(&self.path))
    }

    /// How a contract is read that refers to what this one consists of, relative to its root.
    #[must_use]
    pub fn beside(&self, text: String) -> Source {
        self.vendored(Source::text("beside.json", text))
    }

    /// The folder that its references may lead into.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    fn vendored(&self, source: Source) -> Source {
        let source = source.root(&self.root);
        VENDORED
            .iter()
            .filter(|(_, folder)| self.root.ends_with(folder))
            .fold(source, |source, (prefix, _)| source.vendored(*prefix, &self.root))
    }

    /// Whether it is meant to be broken or hostile.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        BROKEN.iter().any(|folder| self.name.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')))
    }

    /// A name that Rust likes for a module.
    #[must_use]
    pub fn slug(&self) -> String {
        let words = self.name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        words.fold("c".to_owned(), |slug, word| format!("{slug}_{}", word.to_ascii_lowercase()))
    }
}

/// Whether the `openapi` field stands where a reader would look for it and begins with 3.
fn is_openapi(path: &Path) -> io::Result<bool> {
    let extension = path.extension().and_then(|extension| extension.to_str());
    if !matches!(extension, Some("json" | "yaml" | "yml")) {
        return Ok(false);
    }
    let bytes = fs::read(path)?;
    let text = String::from_utf8_lossy(&bytes);
    if text.trim_start().starts_with('[') {
        return Ok(false);
    }
    Ok(text.lines().any(|line| {
        let field = line.trim_start_matches(['{', ' ', '\t']).trim_start_matches(['"', '\'']);
        let value = field.strip_prefix("openapi").map(|rest| rest.trim_start_matches(['"', '\'', ':', ' ']));
        value.is_some_and(|value| value.starts_with('3'))
    }))
}
