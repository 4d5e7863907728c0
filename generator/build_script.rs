//! The three lines of a build script. Findings go to cargo, one line each; nothing here panics, so that what the user
//! sees is the finding and not a backtrace.

#[cfg(test)]
mod tests;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::{env, fmt};

use crate::diagnostic::render::{self, Style};
use crate::diagnostic::{Code, Diagnostics, Severity};
use crate::options::{Discriminators, Formats, Modules, Options, Parts, ReadOnly, Traits};
use crate::source::Sources;
use crate::{Generated, GeneratedFile, Rejected, Source, generate, output};

/// Generates a contract while cargo builds the crate that uses it.
///
/// ```no_run
/// // in `main` of build.rs
/// counterpart::Builder::new("specs/orders.yaml").generate();
/// ```
///
/// The module lands in `$OUT_DIR/orders`, and `counterpart_runtime::include_contract!(orders)` makes it part of the
/// crate. Cargo runs the script again when the contract or a file that it refers to has changed; a generated file whose
/// text stays the same is not touched, so that the incremental compiler finds it as it was.
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `generate` is called"]
pub struct Builder {
    spec: PathBuf,
    module: Option<String>,
    folder: Option<PathBuf>,
    root: Option<PathBuf>,
    vendored: Vec<(String, PathBuf)>,
    options: Options,
    /// What reading a configuration file came to.
    configuration: Told,
}

impl Builder {
    /// Generates the contract in `spec`, a path relative to the package.
    pub fn new(spec: impl Into<PathBuf>) -> Self {
        Self {
            spec: spec.into(),
            module: None,
            folder: None,
            root: None,
            vendored: Vec::new(),
            options: Options::default(),
            configuration: Told::default(),
        }
    }

    /// Generates what a `counterpart.toml` says: its `spec` and everything about the code. `out` and `crate` are for
    /// the command line and mean nothing here.
    #[cfg(feature = "config")]
    pub fn from_config(path: impl AsRef<Path>) -> Self {
        let path = path.as_ref();
        let (sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let config = crate::config::read(path, &sources, &mut diagnostics);
        if config.spec.is_none() && !diagnostics.has_errors() {
            let message = format!("`{}` names no `spec`", path.display());
            diagnostics.error(Code::CONFIGURATION, crate::source::Span::NONE, message);
        }
        let mut told = Told::default();
        told.watch(path);
        told.findings(&diagnostics, &sources);
        let spec = config.spec.unwrap_or_default();
        Self {
            options: config.options,
            root: config.root,
            vendored: config.vendored,
            configuration: told,
            ..Self::new(spec)
        }
    }

    /// Replaces all options.
    pub fn options(mut self, options: Options) -> Self {
        self.options = options;
        self
    }

    /// Chooses server, client or types alone; all by default.
    pub fn parts(mut self, parts: Parts) -> Self {
        self.options.parts = parts;
        self
    }

    /// Chooses which formats are asserted.
    pub fn formats(mut self, formats: Formats) -> Self {
        self.options.formats = formats;
        self
    }

    /// Chooses what becomes of members that only the other side sends; `readOnly` ones are ignored in requests by default.
    pub fn read_only(mut self, read_only: ReadOnly) -> Self {
        self.options.read_only = read_only;
        self
    }

    /// Chooses what a discriminator does where branches do not fix its member; it is a hint by default.
    pub fn discriminators(mut self, discriminators: Discriminators) -> Self {
        self.options.discriminators = discriminators;
        self
    }

    /// How the code is spread over files; one for types, server and client each by default.
    pub fn modules(mut self, modules: Modules) -> Self {
        self.options.modules = modules;
        self
    }

    /// Puts each tag's part behind a cargo feature of the crate ([`Options::tag_features`]).
    pub fn tag_features(mut self, features: bool) -> Self {
        self.options.tag_features = features;
        self
    }

    /// Chooses one trait for all operations, or one for each tag.
    pub fn traits(mut self, traits: Traits) -> Self {
        self.options.traits = traits;
        self
    }

    /// Names what the contract calls `wire` as `rust`.
    pub fn rename(mut self, wire: impl Into<String>, rust: impl Into<String>) -> Self {
        self.options.names.insert(wire.into(), rust.into());
        self
    }

    /// Makes errors of this code warnings ([`Code::ALLOWABLE`]).
    pub fn allow(mut self, code: Code) -> Self {
        self.options.allow.insert(code);
        self
    }

    /// Makes warnings fail the build.
    pub fn deny_warnings(mut self, deny: bool) -> Self {
        self.options.deny_warnings = deny;
        self
    }

    /// Names the module; by default it is called like the file of the contract.
    pub fn module(mut self, name: impl Into<String>) -> Self {
        self.module = Some(name.into());
        self
    }

    /// Generates into a folder below `folder` instead of `$OUT_DIR`.
    pub fn out_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.folder = Some(folder.into());
        self
    }

    /// Lets the contract refer to files below `folder` instead of its own folder.
    pub fn root(mut self, folder: impl Into<PathBuf>) -> Self {
        self.root = Some(folder.into());
        self
    }

    /// Reads references that begin with `url`, such as `https://example.com/schemas/`, from `folder`, where the
    /// documents were downloaded to.
    pub fn vendored(mut self, url: impl Into<String>, folder: impl Into<PathBuf>) -> Self {
        self.vendored.push((url.into(), folder.into()));
        self
    }

    /// Generates, and tells cargo. Where the contract has errors the build fails with them once the script is done.
    pub fn generate(self) {
        // A build script whose output nobody reads has no one to tell.
        let _ = self.run().write_to(&mut io::stdout().lock());
    }

    fn run(self) -> Told {
        let mut told = self.configuration.clone();
        if told.failed {
            return told;
        }
        told.watch(&self.spec);
        let mut source = Source::file(&self.spec);
        if let Some(root) = &self.root {
            source = source.root(root);
        }
        for (url, folder) in &self.vendored {
            source = source.vendored(url, folder);
        }
        match generate(&source, &self.options) {
            Ok(Generated { files, diagnostics, sources, .. }) => {
                told.read(&sources);
                told.findings(&diagnostics, &sources);
                self.write(&files, &mut told);
            }
            Err(Rejected { diagnostics, sources }) => {
                told.read(&sources);
                told.findings(&diagnostics, &sources);
                told.failed(&diagnostics);
            }
        }
        told
    }

    fn write(&self, files: &[GeneratedFile], told: &mut Told) {
        match self.target() {
            Err(message) => told.error(&message),
            Ok(folder) => {
                if let Err(error) = output::write(files, &folder) {
                    told.error(&error.to_string());
                }
            }
        }
    }

    fn target(&self) -> Result<PathBuf, String> {
        let folder = self.folder.clone().or_else(|| env::var_os("OUT_DIR").map(PathBuf::from));
        let folder =
            folder.ok_or("there is no `OUT_DIR`: call `Builder` in a build script, or set `out_dir`")?;
        Ok(folder.join(self.module.clone().unwrap_or_else(|| module_name(&self.spec))))
    }
}

/// The name of a file as that of a module: `pet-store.v2.yaml` is `pet_store_v2`.
fn module_name(spec: &Path) -> String {
    let stem = spec.file_stem().unwrap_or_default().to_string_lossy();
    let word = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
    let name: String = stem.chars().map(word).collect();
    if name.starts_with(|c: char| c.is_ascii_digit()) { format!("_{name}") } else { name }
}

/// What cargo is told, line by line.
#[derive(Clone, Debug, Default)]
struct Told {
    lines: Vec<String>,
    failed: bool,
}

impl Told {
    fn watch(&mut self, path: &Path) {
        let line = format!("cargo::rerun-if-changed={}", path.display());
        if !self.lines.contains(&line) {
            self.lines.push(line);
        }
    }

    fn read(&mut self, sources: &Sources) {
        for path in sources.inputs() {
            self.watch(&path);
        }
    }

    fn findings(&mut self, diagnostics: &Diagnostics, sources: &Sources) {
        for diagnostic in diagnostics.iter() {
            self.say(diagnostic.severity, &render::human(diagnostic, sources, Style::Plain));
        }
    }

    /// Makes sure that the build fails: denied warnings have been told as warnings.
    fn failed(&mut self, diagnostics: &Diagnostics) {
        if !diagnostics.has_errors() {
            self.error("warnings are denied, and there are some");
        }
    }

    fn error(&mut self, message: &str) {
        self.say(Severity::Error, message);
    }

    /// One instruction for each line: an instruction ends where the line does. The build fails by an error told so,
    /// and the script ends well: otherwise cargo would repeat everything it printed.
    fn say(&mut self, severity: Severity, text: &str) {
        let instruction = match severity {
            Severity::Error => "cargo::error",
            Severity::Warning => "cargo::warning",
        };
        self.failed |= severity == Severity::Error;
        self.lines.extend(text.lines().map(|line| format!("{instruction}={line}")));
    }

    fn write_to(&self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(self.to_string().as_bytes())
    }
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.lines.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}
