use serde_json::Value;

use crate::support::Folder;

const LOOSE: &str = r"openapi: 3.1.0
info: { title: Loose, version: 1.0.0 }
components:
  schemas:
    A: { type: string, format: email }
    B: { type: string, format: email, contentEncoding: base64 }
    C: { type: string, format: uuid }
paths:
  /a:
    put:
      operationId: putA
      requestBody:
        required: true
        content: { application/protobuf: { schema: { type: object, properties: { a: { type: string } } } } }
      responses:
        '200': { description: Kept., content: { application/protobuf: { schema: { type: object } } } }
        4XX: { description: Refused. }
";

fn loose() -> Folder {
    let folder = Folder::with_contract();
    folder.write("loose.yaml", LOOSE);
    folder
}

#[test]
fn people_see_what_is_not_enforced_and_where() {
    let run = loose().run("generate loose.yaml --out api");
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    let notes: Vec<&str> = run.stderr.lines().filter(|line| line.starts_with("note: ")).collect();
    let expected = [
        "note: not enforced: bodies of `application/protobuf` are handed over as bytes; their schema is not applied (loose.yaml:14:42, loose.yaml:16:71)",
        "note: not enforced: `contentEncoding: base64` is an annotation (loose.yaml:6:39)",
        "note: not enforced: `format: email` is an annotation (loose.yaml:5:24, loose.yaml:6:24)",
    ];
    assert_eq!(notes, expected);
}

#[test]
fn tools_get_every_place() {
    let run = loose().run("generate loose.yaml --out api --formats assert --message-format json");
    let objects = run.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let found: Vec<Value> = objects.filter(|object| object["type"] == "unenforced").collect();
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(
        (found[0]["reason"].as_str(), found[1]["reason"].as_str()),
        (Some("undefined"), Some("annotation"))
    );
    assert_eq!(found[1]["places"][0]["pointer"], "/components/schemas/B/contentEncoding");
}

#[test]
fn what_is_enforced_is_not_listed() {
    Folder::with_contract().run("generate pets.yaml --out api").silent();
}
