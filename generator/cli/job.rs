//! What was typed, completed by the configuration file: what it means. What was typed wins.

use std::path::{Path, PathBuf};

use super::arguments::Generation;
use super::console::Console;
use crate::config::{self, Config};
use crate::diagnostic::Diagnostics;
use crate::format::GeneratedFile;
use crate::options::{Options, Parts};
use crate::package::{self, Package, Runtime};
use crate::source::Sources;
use crate::{Generated, Outline, Source};

/// What is to be done.
#[derive(Debug)]
pub(super) struct Job {
    pub spec: PathBuf,
    root: Option<PathBuf>,
    vendored: Vec<(String, PathBuf)>,
    /// Where to; nowhere if the files are only printed.
    pub out: Option<PathBuf>,
    pub options: Options,
    package: Option<Package>,
}

impl Job {
    /// The contract to read.
    pub fn source(&self) -> Source {
        let mut source = Source::file(&self.spec);
        if let Some(root) = &self.root {
            source = source.root(root);
        }
        let read = |source: Source, (url, folder): &(String, PathBuf)| source.vendored(url, folder);
        self.vendored.iter().fold(source, read)
    }

    /// Makes a crate of the files, if one was asked for.
    pub fn wrap(&self, generated: Generated) -> Vec<GeneratedFile> {
        let Generated { files, features, needs, .. } = generated;
        match &self.package {
            Some(package) => package::wrap(files, &features, package, &needs),
            None => files,
        }
    }

    /// The manifest of the crate that is to be made of the files, if one was asked for.
    pub fn manifest(&self, outline: &Outline) -> Option<GeneratedFile> {
        let Outline { features, needs, .. } = outline;
        self.package.as_ref().map(|package| package::manifest(package, features, needs))
    }

    /// Where a file of the module goes.
    pub fn path(&self, path: &str) -> String {
        if self.package.is_some() { package::path(path) } else { path.to_owned() }
    }
}

/// Puts the job together; what is missing or wrong is said.
pub(super) fn of(typed: &Generation, stdout: bool, console: &Console) -> Option<Job> {
    let config = configuration(typed, console)?;
    let Some(spec) = typed.spec.clone().or(config.spec) else {
        let help = "name the contract as the first argument, or as `spec` in the configuration";
        console.error("there is no contract to generate from", Some(help));
        return None;
    };
    let out = typed.out.clone().or(config.out);
    if out.is_none() && !stdout {
        let help = "add `--out <FOLDER>`, or `out` to the configuration; `generate --stdout` only prints";
        console.error("there is no folder to generate into", Some(help));
        return None;
    }
    let mut options = config.options;
    if typed.server || typed.client || typed.types {
        options.parts = Parts { server: typed.server, client: typed.client };
    }
    if let Some(formats) = typed.formats {
        options.formats = formats.into();
    }
    if let Some(read_only) = typed.read_only {
        options.read_only = read_only.into();
    }
    if let Some(discriminators) = typed.discriminators {
        options.discriminators = discriminators.into();
    }
    options.allow.extend(&typed.allow);
    if let Some(traits) = typed.traits {
        options.traits = traits.into();
    }
    if let Some(modules) = typed.modules {
        options.modules = modules.into();
    }
    options.deny_warnings |= typed.deny_warnings;
    let name = typed.package.clone().or(config.package);
    let runtime_path = typed.runtime_path.clone().or(config.runtime_path);
    if name.is_none() && runtime_path.is_some() {
        let help = "name the crate by `--crate <NAME>`, or `crate` in the configuration";
        console.error("only a crate has a path to the runtime, and none is to be written", Some(help));
        return None;
    }
    let package = name.map(|name| Package { name, runtime: runtime(runtime_path, out.as_deref()) });
    options.tag_features = package.is_some();
    let root = typed.root.clone().or(config.root);
    let vendored = [typed.vendored.clone(), config.vendored].concat();
    Some(Job { spec, root, vendored, out, options, package })
}

/// The configuration that was named; without a contract, the one in the current folder; otherwise the defaults.
fn configuration(typed: &Generation, console: &Console) -> Option<Config> {
    let path = match (&typed.config, &typed.spec) {
        (Some(path), _) => path.clone(),
        (None, None) if Path::new(config::FILE_NAME).exists() => PathBuf::from(config::FILE_NAME),
        _ => return Some(Config::default()),
    };
    let (sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let config = config::read(&path, &sources, &mut diagnostics);
    console.findings(&diagnostics, &sources);
    (!diagnostics.has_errors()).then_some(config)
}

/// A path dependency is written relative to the crate, so that it holds on every machine.
fn runtime(path: Option<PathBuf>, out: Option<&Path>) -> Runtime {
    match path {
        Some(path) => Runtime::Folder(package::relative(out.unwrap_or(Path::new("")), &path)),
        None => Runtime::Registry,
    }
}
