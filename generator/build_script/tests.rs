use std::path::{Path, PathBuf};
use std::{env, fs, process};

use super::{Builder, module_name};
use crate::diagnostic::Code;

/// A folder of its own, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = env::temp_dir().join(format!("counterpart-build-{}-{name}", process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, text).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn modules_are_called_like_files() {
    let names =
        ["specs/orders.yaml", "pet-store.v2.json", "2024.yaml"].map(|spec| module_name(Path::new(spec)));
    assert_eq!(names, ["orders", "pet_store_v2", "_2024"]);
}

#[test]
fn a_broken_contract_fails_with_one_instruction_a_line() {
    let folder = Folder::new("broken");
    let spec = folder.write("api.yaml", "openapi: 3.1.0\na: [\n");
    let told = Builder::new(&spec).out_dir(&folder.0).run();
    let text = told.to_string();
    assert!(told.failed);
    assert!(text.starts_with(&format!("cargo::rerun-if-changed={}\n", spec.display())), "{text}");
    assert!(text.contains("\ncargo::error=error["), "{text}");
    assert!(text.lines().all(|line| line.starts_with("cargo::")), "{text}");
    assert!(!folder.0.join("api").exists());
}

#[test]
fn a_missing_contract_is_named_and_watched() {
    let told = Builder::new("no/such.yaml").run();
    let text = told.to_string();
    assert!(told.failed && text.contains("cargo::rerun-if-changed=no/such.yaml\n"), "{text}");
    assert!(text.contains("cargo::error=") && text.matches("no/such.yaml").count() > 1, "{text}");
}

const CONTRACT: &str = "openapi: 3.1.0
info: { title: a, version: '1' }
servers: [{ url: / }]
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        '200':
          description: All
          content: { application/json: { schema: { $ref: 'shared.yaml#/Pets' } } }
";

#[test]
fn every_file_of_the_contract_is_watched() {
    let folder = Folder::new("closure");
    let spec = folder.write("pets.yaml", CONTRACT);
    let shared = folder.write("shared.yaml", "Pets: { type: array, items: { type: string } }\n");
    let told = Builder::new(&spec).module("zoo").out_dir(folder.0.join("out")).run();
    let watch = |path: &Path| format!("cargo::rerun-if-changed={}", path.display());
    assert_eq!(told.lines, [watch(&spec), watch(&shared)]);
    assert!(folder.0.join("out/zoo/types.rs").exists());
}

#[test]
fn denied_warnings_fail_and_are_told_as_warnings() {
    let folder = Folder::new("denied");
    folder.write("shared.yaml", "Pets: { type: array, items: { type: string } }\n");
    let contract = CONTRACT.replace("      responses:", "      surprise: 1\n      responses:");
    let spec = folder.write("pets.yaml", &contract);
    let build = |deny| Builder::new(&spec).out_dir(folder.0.join("out")).deny_warnings(deny).run();
    let (allowed, denied) = (build(false), build(true));
    assert!(!allowed.failed && allowed.to_string().contains("cargo::warning=warning["), "{allowed}");
    assert!(denied.failed && denied.to_string().contains("cargo::error=warnings are denied"), "{denied}");
}

#[cfg(feature = "config")]
#[test]
fn a_broken_configuration_fails() {
    let folder = Folder::new("config");
    let config = folder.write("counterpart.toml", "specs = 'a'\n");
    let text = Builder::from_config(&config).run().to_string();
    assert!(text.contains("cargo::error=error[configuration]: unknown key `specs`"), "{text}");
    assert!(text.contains(&format!("rerun-if-changed={}", config.display())), "{text}");
}

#[test]
fn errors_are_allowed_and_downloads_are_read() {
    let folder = Folder::new("allow");
    let other = Folder::new("downloaded");
    other.write("b.yaml", "type: string\n");
    let text = "openapi: 3.1.0
info: { title: a, version: '1' }
servers: [{ url: / }]
paths:
  /a/{b}: { get: { responses: { '4XX': { description: no } } } }
components: { schemas: { B: { $ref: 'https://example.com/b.yaml' } } }
";
    let spec = folder.write("api.yaml", text);
    let builder = Builder::new(&spec).out_dir(&folder.0).vendored("https://example.com/", &other.0);
    assert!(builder.clone().run().failed);
    let told = builder.clone().allow(Code::UNDECLARED_PATH_PARAMETER).run();
    assert!(!told.failed && told.to_string().contains("cargo::warning=warning[undeclared"), "{told}");
    let told = builder.allow(Code::SYNTAX).run().to_string();
    assert!(told.contains("cargo::error=error[configuration]: `syntax` cannot be allowed"), "{told}");
}
