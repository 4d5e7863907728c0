//! Errors that may be lived with, and references to other hosts that were downloaded.

use super::assert_line;
use crate::support::Folder;

const AMBIGUOUS: &str = "openapi: 3.1.0
info: { title: a, version: '1' }
paths:
  /a/{x}:
    get: { operationId: one, parameters: [{ $ref: '#/components/parameters/X' }], responses: { '4XX': { description: no } } }
  /a/{y}:
    get: { operationId: two, responses: { '4XX': { description: no } } }
components:
  parameters:
    X: { name: x, in: path, required: true, schema: { type: string } }
";

#[test]
fn errors_that_can_be_allowed_say_so() {
    let folder = Folder::new();
    folder.write("a.yaml", AMBIGUOUS);
    let run = folder.run("generate a.yaml --out api");
    assert_eq!(run.status, Some(1));
    let option = "`--allow ambiguous-path`, or `allow = [\"ambiguous-path\"]` in counterpart.toml";
    assert_line(&run.stderr, &format!("  = help: to generate nevertheless: {option}"));
}

#[test]
fn an_allowed_error_is_a_warning() {
    let folder = Folder::new();
    folder.write("a.yaml", AMBIGUOUS);
    folder.write("counterpart.toml", "spec = 'a.yaml'\nout = 'api'\nallow = ['ambiguous-path']\n");
    let run = folder.run("generate");
    assert_eq!(run.status, Some(1));
    assert!(run.stderr.contains("warning[ambiguous-path]"), "{}", run.stderr);
    let run = folder.run("generate --allow undeclared-path-parameter");
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    assert!(run.stderr.contains("warning[undeclared-path-parameter]"), "{}", run.stderr);
    assert!(!run.stderr.contains("to generate nevertheless"), "{}", run.stderr);
}

#[test]
fn what_cannot_be_allowed_is_refused_with_what_can() {
    let folder = Folder::with_contract();
    let run = folder.run("generate pets.yaml --out api --allow syntax");
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.contains("[possible values: ambiguous-path, "), "{}", run.stderr);
    folder.write("counterpart.toml", "spec = 'pets.yaml'\nout = 'api'\nallow = ['syntax']\n");
    let run = folder.run("generate");
    assert_eq!(run.status, Some(2));
    assert_line(&run.stderr, "error[configuration]: unknown value `syntax`");
    assert!(run.stderr.contains("counterpart.toml:3:10"), "{}", run.stderr);
    assert!(run.stderr.contains("help: write one of `ambiguous-path`, "), "{}", run.stderr);
}

#[test]
fn an_allowed_pattern_is_not_enforced() {
    let folder = Folder::new();
    let schema = "A: { type: string, pattern: '(?i)a', maxLength: 3 }";
    let head = "openapi: 3.1.0\ninfo: { title: a, version: '1' }\ncomponents:\n  schemas:\n";
    folder.write("a.yaml", &format!("{head}    {schema}\n"));
    let run = folder.run("generate a.yaml --out api --types --allow invalid-pattern");
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    assert!(run.stderr.contains("warning[invalid-pattern]"), "{}", run.stderr);
    assert_eq!(
        folder.read("api/schemas.jsonl").lines().last(),
        Some(r#"["A",{"type":"string","maxLength":3}]"#)
    );
}

const BROKEN: &str = "openapi: 3.0.3
info: { title: a, version: '1' }
paths:
  pets:
    get:
      operationId: listPets
      parameters:
        - { name: page, in: query, schema: { type: integer } }
        - { name: filter, in: query, schema: { type: object, properties: { page: { type: integer } } } }
        - { name: range, in: query, content: { application/json: { schema: { type: file } }, text/plain: {} } }
      responses:
        '200': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/Gone' } } } }
        4XX: { description: no }
  '/{}': { get: { operationId: lost, responses: { 4XX: { description: no } } } }
components:
  schemas:
    Node: { type: object, required: [next], properties: { next: { $ref: '#/components/schemas/Node' } } }
";

#[test]
fn there_is_a_way_on_from_what_real_documents_break() {
    let folder = Folder::new();
    folder.write("a.yaml", BROKEN);
    let broken = [
        "infinite-schema",
        "invalid-path",
        "parameter-clash",
        "parameter-value",
        "unknown-type",
        "unresolved-reference",
    ];
    let run = folder.run("generate a.yaml --out api");
    for code in broken {
        assert!(run.stderr.contains(&format!("error[{code}]")), "{code}: {}", run.stderr);
    }
    let allowed: String = broken.iter().map(|code| format!(" --allow {code}")).collect();
    let run = folder.run(&format!("generate a.yaml --out api{allowed}"));
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    let operations = folder.read("api/operations.jsonl");
    assert!(operations.contains(r#""path":"/pets""#) && !operations.contains("lost"), "{operations}");
    let server = folder.read("api/server.rs");
    for line in
        ["pub page: Option<counterpart_runtime::Integer>", "pub range: Option<counterpart_runtime::Json>"]
    {
        assert!(server.contains(line), "{line}: {server}");
    }
    assert!(folder.read("api/types.rs").contains("pub next: Box<Node>"));
}

const REMOTE: &str = "openapi: 3.1.0
info: { title: a, version: '1' }
components:
  schemas:
    A: { $ref: 'https://example.com/schemas/a.yaml' }
";

/// A contract in `api`, and beside it what it refers to.
fn downloaded() -> Folder {
    let folder = Folder::new();
    folder.write("api/a.yaml", REMOTE);
    folder.write("vendor/a.yaml", "{ type: object, properties: { b: { $ref: b.yaml } } }\n");
    folder.write("vendor/b.yaml", "{ type: string }\n");
    folder
}

#[test]
fn a_reference_to_another_host_is_read_from_where_it_was_downloaded_to() {
    let folder = downloaded();
    let run = folder.run("generate api/a.yaml --out out");
    assert_eq!(run.status, Some(1));
    assert!(run.stderr.contains("`--vendor https://example.com/schemas/=<FOLDER>`"), "{}", run.stderr);
    folder.run("generate api/a.yaml --out out --vendor https://example.com/schemas/=vendor").silent();
    folder.write(
        "counterpart.toml",
        "spec = 'api/a.yaml'\nout = 'out'\n[vendor]\n'https://example.com/schemas/' = 'vendor'\n",
    );
    folder.run("check").silent();
}

#[test]
fn what_is_no_url_is_refused() {
    let folder = downloaded();
    let run = folder.run("generate api/a.yaml --out out --vendor vendor");
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.contains("`https://example.com/=vendor/example.com`"), "{}", run.stderr);
    folder.write("counterpart.toml", "spec = 'api/a.yaml'\nout = 'out'\n[vendor]\n'example' = 'vendor'\n");
    let run = folder.run("generate");
    assert_eq!(run.status, Some(2));
    assert_line(&run.stderr, "error[configuration]: `example` is no URL of another host");
}

#[test]
fn what_is_of_a_wrong_type_is_left_out_where_that_is_allowed() {
    let folder = Folder::new();
    let head = "openapi: 3.1.0\ninfo: { title: a, version: '1' }\ncomponents:\n";
    folder.write(
        "a.yaml",
        &format!("{head}  requestBodies: ./a.yaml\n  schemas:\n    A: {{ type: array, items: string }}\n"),
    );
    assert_eq!(folder.run("generate a.yaml --out api").status, Some(1));
    let run = folder.run("generate a.yaml --out api --allow wrong-type");
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    assert_line(&run.stderr, "warning[wrong-type]: a schema is an object or a boolean, this is a string");
    assert!(
        folder.read("api/types.rs").contains("pub struct A(pub Vec<Json>);"),
        "{}",
        folder.read("api/types.rs")
    );
}

#[test]
fn what_is_said_wrong_of_who_may_call_cannot_be_allowed() {
    let folder = Folder::new();
    let document = |security: &str, scheme: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{ title: a, version: '1' }}\npaths:\n  /a: {{ get: {{ operationId: a, \
             security: {security}, responses: {{ '4XX': {{ description: no }} }} }} }}\ncomponents:\n  \
             securitySchemes:\n    k: {scheme}\n"
        )
    };
    let key = "{ type: apiKey, in: header, name: K }";
    for security in ["k", "{ k: [] }", "[k]", "[[k]]", "[{ k: all }]", "[{ k: [{}] }]"] {
        folder.write("a.yaml", &document(security, key));
        let run = folder.run("generate a.yaml --out api --allow wrong-type");
        assert_eq!(run.status, Some(1), "{security}: {}", run.stderr);
    }
    folder.write("a.yaml", &document("[{ k: [] }]", "key"));
    let run = folder.run("generate a.yaml --out api --allow wrong-type");
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    let server = folder.read("api/server.rs") + &folder.read("api/operations.jsonl");
    assert!(server.contains("undefined"), "{server}");
}

#[test]
fn a_style_that_a_place_does_not_have_is_its_default_where_that_is_allowed() {
    let folder = Folder::new();
    let parameter = "{ name: id, in: path, required: true, style: form, schema: { type: string } }";
    let path = format!(
        "/a/{{id}}: {{ get: {{ operationId: a, parameters: [{parameter}], responses: {{ '4XX': {{ description: no }} }} }} }}"
    );
    folder
        .write("a.yaml", &format!("openapi: 3.1.0\ninfo: {{ title: a, version: '1' }}\npaths:\n  {path}\n"));
    assert_eq!(folder.run("generate a.yaml --out api").status, Some(1));
    let run = folder.run("generate a.yaml --out api --allow undefined-style");
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    assert!(run.stderr.contains("warning[undefined-style]"), "{}", run.stderr);
    assert!(!folder.read("api/operations.jsonl").contains("form"), "{}", folder.read("api/operations.jsonl"));
}
