//! The generated module as a crate of its own: a manifest, and `mod.rs` becomes `src/lib.rs`.

use std::path::{Component, Path, PathBuf};

use crate::format::{GeneratedFile, MARK};

/// The crate to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// Its name, as [`is_name`] accepts it.
    pub name: String,
    /// Where its runtime comes from.
    pub runtime: Runtime,
}

/// Where the generated code finds `counterpart-runtime`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Runtime {
    /// The registry, in the version of this generator.
    Registry,
    /// A folder, relative to the crate or absolute.
    Folder(PathBuf),
}

/// Makes a crate of the files of a module, with the features that they ask for, all of them on by default, and those of
/// the runtime that they need.
#[must_use]
pub fn wrap(
    files: Vec<GeneratedFile>,
    features: &[String],
    package: &Package,
    needs: &[&str],
) -> Vec<GeneratedFile> {
    let sources = files.into_iter().map(|file| GeneratedFile { path: path(&file.path), text: file.text });
    std::iter::once(manifest(package, features, needs)).chain(sources).collect()
}

/// The manifest alone.
#[must_use]
pub fn manifest(package: &Package, features: &[String], needs: &[&str]) -> GeneratedFile {
    let text = dependencies(package, needs) + &declared(features);
    GeneratedFile { path: "Cargo.toml".to_owned(), text }
}

/// Where a file of the module is in the crate.
#[must_use]
pub fn path(path: &str) -> String {
    let path = if path == "mod.rs" { "lib.rs" } else { path };
    format!("src/{path}")
}

/// What [`is_name`] asks for.
pub const NAME_FORM: &str = "a crate is called by a letter, followed by letters, digits, `-` and `_`";

/// Whether cargo takes this for the name of a package: a letter, then letters, digits, `-` and `_`.
#[must_use]
pub fn is_name(name: &str) -> bool {
    let tail_fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(tail_fits)
}

/// The way from one folder to another, both relative to the current folder or both absolute. Where there is no such
/// way (another drive), the other folder as it is.
#[must_use]
pub fn relative(from: &Path, to: &Path) -> PathBuf {
    let (Ok(from), Ok(to)) = (std::path::absolute(from), std::path::absolute(to)) else {
        return to.to_owned();
    };
    let (from, to) = (normal(&from), normal(&to));
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    if shared == 0 {
        return to.iter().collect();
    }
    let up = from.iter().skip(shared).map(|_| Component::ParentDir);
    up.chain(to.iter().skip(shared).copied()).collect()
}

fn normal(path: &Path) -> Vec<Component<'_>> {
    let mut parts = Vec::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts
}

fn dependencies(package: &Package, needs: &[&str]) -> String {
    let source = match &package.runtime {
        Runtime::Registry => format!("version = {}", quoted(env!("CARGO_PKG_VERSION"))),
        Runtime::Folder(path) => format!("path = {}", quoted(&slashes(path))),
    };
    let features: Vec<_> = needs.iter().map(|name| quoted(name)).collect();
    format!(
        "# {MARK}. To keep changes of your own, remove this line.\n\n\
         [package]\nname = {}\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
         [dependencies]\ncounterpart-runtime = {{ {source}, features = [{}] }}\n",
        quoted(&package.name),
        features.join(", ")
    )
}

/// The features, each for the operations of a tag.
fn declared(features: &[String]) -> String {
    if features.is_empty() {
        return String::new();
    }
    let names: Vec<_> = features.iter().map(|name| quoted(name)).collect();
    let each: String = names.iter().map(|name| format!("{name} = []\n")).collect();
    format!("\n[features]\ndefault = [{}]\n{each}", names.join(", "))
}

/// A path as manifests write it on every system.
fn slashes(path: &Path) -> String {
    let text = path.display().to_string();
    if cfg!(windows) { text.replace('\\', "/") } else { text }
}

/// A TOML basic string.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str) -> GeneratedFile {
        GeneratedFile { path: path.to_owned(), text: String::new() }
    }

    #[test]
    fn a_module_becomes_a_crate() {
        let package = Package { name: "orders".to_owned(), runtime: Runtime::Folder("../run\"time".into()) };
        let files = wrap(vec![file("mod.rs"), file("types.rs")], &[], &package, &["client", "yaml"]);
        let paths: Vec<_> = files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["Cargo.toml", "src/lib.rs", "src/types.rs"]);
        let manifest = &files[0].text;
        assert!(
            manifest.contains(r#"{ path = "../run\"time", features = ["client", "yaml"] }"#),
            "{manifest}"
        );
        assert!(manifest.starts_with("# @generated by counterpart"), "{manifest}");
    }

    #[test]
    fn features_are_declared_and_on_by_default() {
        let package = Package { name: "orders".to_owned(), runtime: Runtime::Registry };
        let features = ["orders".to_owned(), "pull-requests".to_owned()];
        let files = wrap(Vec::new(), &features, &package, &["server"]);
        let expected = "\n[features]\ndefault = [\"orders\", \"pull-requests\"]\n\"orders\" = []\n\"pull-requests\" = []\n";
        assert!(files[0].text.ends_with(expected), "{}", files[0].text);
    }

    #[test]
    fn the_way_between_folders() {
        let way = |from, to| relative(Path::new(from), Path::new(to)).display().to_string();
        assert_eq!(way("out/orders", "generator/runtime"), "../../generator/runtime");
        assert_eq!(way("out", "out/../runtime"), "../runtime");
        assert_eq!(way("/tmp/a", "/tmp/a/b"), "b");
    }

    #[test]
    fn names_that_cargo_takes() {
        assert!(["a", "my-api", "v2_api"].iter().all(|name| is_name(name)));
        assert!(["", "2fast", "a b", "-a", "a/b", "é"].iter().all(|name| !is_name(name)));
    }
}
