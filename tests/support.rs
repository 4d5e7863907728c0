//! A folder of its own for a test, and the command line run in it.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};
use std::{env, fs, process};

/// A small contract that generates without a finding.
pub const CONTRACT: &str = r"openapi: 3.1.0
info: { title: Pets, version: 1.0.0 }
servers: [{ url: 'https://pets.example' }]
paths:
  /pets/{petId}:
    get:
      operationId: getPet
      summary: One pet
      tags: [pets]
      parameters:
        - { name: petId, in: path, required: true, schema: { type: integer, minimum: 1 } }
      responses:
        '200':
          description: The pet
          content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } }
        default:
          description: What went wrong
          content: { application/problem+json: { schema: { type: object } } }
components:
  schemas:
    Pet:
      type: object
      required: [id, name]
      properties:
        id: { type: integer }
        name: { type: string, maxLength: 64 }
";

/// A folder that is removed at the end.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = env::temp_dir().join(format!("counterpart-it-{}-{count}", process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// With the contract in `pets.yaml`.
    pub fn with_contract() -> Self {
        let folder = Self::new();
        folder.write("pets.yaml", CONTRACT);
        folder
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Runs `counterpart` here; the arguments are separated by spaces.
    pub fn run(&self, arguments: &str) -> Run {
        Run::counterpart(&self.0, arguments)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What came of a run.
#[derive(Debug, PartialEq, Eq)]
pub struct Run {
    pub status: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    /// `counterpart` in a folder; the arguments are separated by spaces.
    pub fn counterpart(folder: &Path, arguments: &str) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_counterpart"));
        Self::new(&command.current_dir(folder).args(arguments.split_whitespace()).output().unwrap())
    }

    pub fn new(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        Self { status: output.status.code(), stdout: text(&output.stdout), stderr: text(&output.stderr) }
    }

    /// Asserts success without a word.
    #[track_caller]
    pub fn silent(&self) {
        assert_eq!((self.status, self.stdout.as_str(), self.stderr.as_str()), (Some(0), "", ""));
    }
}

/// The root of the repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The corpus of real, broken and hostile documents, which is no part of the project: the folder that
/// `COUNTERPART_CORPUS` names. Where there is none, a line says so.
pub fn corpus() -> Option<PathBuf> {
    let folder =
        env::var_os("COUNTERPART_CORPUS").map_or_else(|| root().join("../shared/corpus"), PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    // Not by `println!`, which a passing test keeps to itself.
    let line = format!("no corpus at {}: a test that reads it does nothing\n", folder.display());
    io::stderr().write_all(line.as_bytes()).unwrap();
    None
}
