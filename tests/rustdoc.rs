//! Texts of contracts as rustdoc sees them: no broken link, no bare address, no HTML that is none, and nothing that it
//! would take for a test. Rustdoc reads the doc comments alone, each on an empty struct: so it needs no dependency.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use counterpart::{Options, Source, generate};

use crate::support::{Folder, corpus};

/// Everything that Markdown and rustdoc could take for something else.
const HOSTILE: &str = r#"
openapi: 3.1.0
info: {title: t, version: '1'}
paths:
  /a/{id}:
    get:
      operationId: getA
      summary: Gets `a
      description: |
        See https://example.com/a_(b)?c=[d] and <https://example.com>, (http://example.com/x), [docs](https://example.com).
        A [`Vec<T>`], a [link](Other::path), a [reference][id], a footnote[^1] and `code [x](y) <z>`.

            let x: u8 = "four spaces are no code";

        - item
        -     panic!("nor are they in a list");
          ```
          panic!("nor is a fence")
          ```
        - ~~~
          panic!()
          ~~~
        1.     panic!()

        >     panic!("nor in a quotation");
        > ```
        > panic!()
        > ```

        	panic!("nor behind a tab");

        ```rust
        panic!("code of another language")
        ```
        ~~~
        panic!("that is not closed")
      parameters:
        - {name: id, in: path, required: true, description: "Of <id>, not </id>: <b>bold</b><br>, <b>open", schema: {type: string}}
      responses:
        '200': {description: "Map<String, Vec<u8>> at https://example.com.", content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}
        4XX: {description: '`` ` `` [!NOTE] </script><script>'}
webhooks:
  '`<n>`':
    post:
      responses: {'200': {description: '***https://example.com***'}}
components:
  schemas:
    A:
      description: "<p>HTML: <a href=\"https://example.com\">a</a>, <ul><li>b</ul>, <!-- c -->, 1 < 2 && 3 > 2"
      type: object
      properties:
        b: {type: string, description: "| a | b |\n|---|---|\n| <x> | https://example.com/|", example: '<b> [c] https://example.com'}
"#;

#[test]
fn hostile_texts_are_harmless() {
    let folder = Folder::new();
    folder.write("hostile.yaml", HOSTILE);
    documents(&folder, &folder.path("hostile.yaml"));
}

#[test]
fn texts_of_real_contracts_are_harmless() {
    real(&["3.1/redocly-museum.yaml", "3.1/resend.yaml"]);
}

#[test]
#[ignore = "large contracts take a minute"]
fn texts_of_large_contracts_are_harmless() {
    real(&["3.1/discord.json", "3.0/github-api.json"]);
}

fn real(names: &[&str]) {
    let Some(corpus) = corpus() else { return };
    for name in names {
        documents(&Folder::new(), &corpus.join(name));
    }
}

/// Generates and lets rustdoc look, and look for tests.
fn documents(folder: &Folder, contract: &Path) {
    let generated = generate(&Source::file(contract), &Options::new()).expect("the contract generates");
    let mut page = String::from("//! Docs.\n");
    for file in &generated.files {
        docs(&file.text, &mut page);
    }
    folder.write("docs.rs", &page);
    let run = |more: &[&str]| {
        let rustdoc = std::env::var_os("RUSTDOC").unwrap_or_else(|| "rustdoc".into());
        let arguments = ["docs.rs", "--edition", "2024", "--crate-type", "lib", "--crate-name", "docs"];
        let output = Command::new(rustdoc).current_dir(folder.path(".")).args(arguments).args(more).output();
        let output = output.expect("rustdoc runs");
        let text = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&text).into_owned())
    };
    let (good, text) = run(&["-D", "warnings", "--out-dir", "html"]);
    assert!(good, "{}: {text}", contract.display());
    let (good, text) = run(&["--test"]);
    assert!(good && text.contains("running 0 tests"), "{}: {text}", contract.display());
}

/// Every doc comment of a file, each on a struct of its own.
fn docs(text: &str, page: &mut String) {
    let mut inside = false;
    for line in text.lines().map(str::trim_start) {
        let doc = line.starts_with("///");
        if inside && !doc {
            let number = page.len();
            let _ = writeln!(page, "pub struct S{number};");
        }
        if doc {
            page.push_str(line);
            page.push('\n');
        }
        inside = doc;
    }
}
