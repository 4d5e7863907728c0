//! The only reading I/O besides the entry document: files that references name, below one folder, each once.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use super::version;
use crate::contract::Version;
use crate::diagnostic::{Code, Diagnostics};
use crate::source::{FileId, MAX_BYTES, Sources, parse};

/// Why a reference to a file is not followed.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// What kind of finding it is.
    pub code: Code,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl Refusal {
    fn new(code: Code, message: String) -> Self {
        Self { code, message, help: None }
    }
}

/// A file that was loaded.
#[derive(Debug)]
struct Loaded {
    folder: Option<PathBuf>,
    version: Version,
    /// Where it was downloaded from.
    url: Option<String>,
}

/// Reads referenced files on demand.
#[derive(Debug)]
pub struct Loader {
    root: Option<PathBuf>,
    vendored: Vec<(String, PathBuf)>,
    files: Vec<Loaded>,
    by_path: BTreeMap<PathBuf, Result<FileId, Refusal>>,
    by_real_path: BTreeMap<PathBuf, FileId>,
}

impl Loader {
    pub(super) fn new(
        entry: Option<&Path>,
        root: Option<PathBuf>,
        vendored: Vec<(String, PathBuf)>,
        version: Version,
    ) -> Self {
        let folder = entry.map(folder_of).or_else(|| root.clone());
        let real = entry.and_then(|path| path.canonicalize().ok());
        let by_real_path = real.into_iter().map(|path| (path, FileId(0))).collect();
        let root = root.or_else(|| folder.clone());
        Self {
            root,
            vendored,
            files: vec![Loaded { folder, version, url: None }],
            by_path: BTreeMap::new(),
            by_real_path,
        }
    }

    /// The version that a file is read as: its own, or that of the file that led to it.
    pub fn version(&self, file: FileId) -> Version {
        self.files.get(file.0 as usize).map_or(Version::V3_1, |file| file.version)
    }

    /// Where a file was downloaded from, if it was.
    pub fn url(&self, file: FileId) -> Option<&str> {
        self.files.get(file.0 as usize)?.url.as_deref()
    }

    /// The file that a reference (without its fragment) names, seen from the file `from`; `absolute` is the reference
    /// resolved against the base that it stands in.
    pub fn load(
        &mut self,
        from: FileId,
        reference: &str,
        absolute: &str,
        sources: &Sources,
        diagnostics: &mut Diagnostics,
    ) -> Result<FileId, Refusal> {
        let downloaded = self.downloaded(absolute);
        let url = downloaded.as_ref().map(|_| absolute.to_owned());
        let path = match downloaded {
            Some(path) => path,
            None => self.beside(from, reference)?,
        };
        if let Some(done) = self.by_path.get(&path) {
            return done.clone();
        }
        let version = self.version(from);
        let loaded = self.read(&path, reference, version, sources, diagnostics);
        if let Some(file) = loaded.as_ref().ok().and_then(|file| self.files.get_mut(file.0 as usize)) {
            file.url = file.url.take().or(url);
        }
        self.by_path.insert(path, loaded.clone());
        loaded
    }

    /// Where a reference to another host was downloaded to.
    fn downloaded(&self, reference: &str) -> Option<PathBuf> {
        let rest = |(prefix, folder): &(String, PathBuf)| {
            Some((reference.strip_prefix(prefix.as_str())?.to_owned(), folder.clone()))
        };
        let (rest, folder) = self.vendored.iter().find_map(rest)?;
        Some(normal(&folder.join(percent_decoded(rest.trim_start_matches('/')))))
    }

    /// The path that a relative reference means.
    fn beside(&self, from: FileId, reference: &str) -> Result<PathBuf, Refusal> {
        let relative = relative_path(reference)?;
        let folder = self.files.get(from.0 as usize).and_then(|file| file.folder.as_deref());
        let Some(folder) = folder else {
            let message = format!("`{reference}` cannot be read: a document in memory has no folder");
            let help = Some("give the source a root directory".to_owned());
            return Err(Refusal { code: Code::FILE, message, help });
        };
        Ok(normal(&folder.join(&relative)))
    }

    fn read(
        &mut self,
        path: &Path,
        reference: &str,
        version: Version,
        sources: &Sources,
        diagnostics: &mut Diagnostics,
    ) -> Result<FileId, Refusal> {
        let real = self.real_path(path, reference)?;
        if let Some(known) = self.by_real_path.get(&real) {
            return Ok(*known);
        }
        let cannot = |reason: String| cannot_read(path, &reason);
        let size = std::fs::metadata(&real).map_err(|error| cannot(error.to_string()))?;
        if !size.is_file() {
            return Err(cannot("it is not a file".to_owned()));
        }
        if size.len() > MAX_BYTES {
            return Err(cannot(format!("it is larger than {} MiB", MAX_BYTES >> 20)));
        }
        let bytes = std::fs::read(&real).map_err(|error| cannot(error.to_string()))?;
        let id = parse(path.display().to_string(), bytes, true, sources, diagnostics)
            .ok_or_else(|| cannot("the description consists of too many files".to_owned()))?;
        let version = sources.root(id).and_then(version::of_referenced).unwrap_or(version);
        self.files.push(Loaded { folder: Some(folder_of(path)), version, url: None });
        self.by_real_path.insert(real, id);
        Ok(id)
    }

    /// The path with symbolic links followed, if that is below the root.
    fn real_path(&self, path: &Path, reference: &str) -> Result<PathBuf, Refusal> {
        let outside = || Refusal {
            code: Code::OUTSIDE_ROOT,
            message: format!("`{reference}` leaves the folder that the description may read from"),
            help: Some(
                "move the file into it, or let the contract refer to files further up by `--root <FOLDER>`"
                    .to_owned(),
            ),
        };
        let cannot = |path: &Path, error: std::io::Error| match error.kind() {
            std::io::ErrorKind::NotFound => cannot_read(path, "there is no such file"),
            _ => cannot_read(path, &error.to_string()),
        };
        let above = |root: &Path| normal_absolute(path).starts_with(normal_absolute(root));
        let vendored = self.vendored.iter().map(|(_, folder)| folder.as_path());
        let root = self.root.as_deref().into_iter().chain(vendored).find(|root| above(root));
        let root = root.ok_or_else(outside)?;
        let root = root.canonicalize().map_err(|error| cannot(root, error))?;
        let real = path.canonicalize().map_err(|error| cannot(path, error))?;
        if real.starts_with(&root) { Ok(real) } else { Err(outside()) }
    }
}

fn cannot_read(path: &Path, reason: &str) -> Refusal {
    Refusal::new(Code::FILE, format!("cannot read `{}`: {reason}", path.display()))
}

/// The folder of a file; the working directory is `.`.
fn folder_of(path: &Path) -> PathBuf {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    parent.unwrap_or(Path::new(".")).to_path_buf()
}

/// The path that a URI reference names; only relative ones are.
fn relative_path(reference: &str) -> Result<PathBuf, Refusal> {
    let scheme = reference.split_once(':').map(|(scheme, _)| scheme).filter(|scheme| is_scheme(scheme));
    match scheme.map(str::to_ascii_lowercase).as_deref() {
        None => {}
        Some("http" | "https") => {
            let (prefix, _) = reference.rsplit_once('/').unwrap_or((reference, ""));
            let vendor = format!("`--vendor {prefix}/=<FOLDER>`, `[vendor]` in counterpart.toml");
            let name = reference.rsplit('/').find(|name| !name.is_empty()).unwrap_or("document.yaml");
            return Err(Refusal {
                code: Code::REMOTE_REFERENCE,
                message: format!("`{reference}` is on another host; nothing is fetched while generating"),
                help: Some(format!(
                    "download it and write `$ref: ./{name}`, or name the folder it is in: {vendor}"
                )),
            });
        }
        Some("file") => return Err(absolute(reference)),
        Some(_) => {
            let message = format!("nothing in the description is identified by `{reference}`");
            return Err(Refusal::new(Code::UNRESOLVED_REFERENCE, message));
        }
    }
    let path = percent_decoded(reference);
    if path.starts_with(['/', '\\']) || Path::new(&path).is_absolute() {
        return Err(absolute(reference));
    }
    if path.contains('\0') {
        return Err(Refusal::new(Code::FILE, "a file name holds no NUL".to_owned()));
    }
    Ok(PathBuf::from(path))
}

fn absolute(reference: &str) -> Refusal {
    Refusal {
        code: Code::OUTSIDE_ROOT,
        message: format!("`{reference}` is an absolute file reference, which is not followed"),
        help: Some("refer to files by relative paths".to_owned()),
    }
}

fn is_scheme(text: &str) -> bool {
    text.len() > 1
        && text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
}

/// The text with `%XX` decoded; sequences that do not decode to UTF-8 stay as they are.
pub(crate) fn percent_decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).filter(|_| *first == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// The path without `.` and with `..` taken back, as far as that goes.
fn normal(path: &Path) -> PathBuf {
    let mut parts: Vec<Component<'_>> = Vec::new();
    for part in path.components() {
        match (part, parts.last()) {
            (Component::CurDir, _) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    if parts.is_empty() { PathBuf::from(".") } else { parts.iter().collect() }
}

fn normal_absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).map_or_else(|_| normal(path), |path| normal(&path))
}
