use crate::diagnostic::{Code, Severity};
use crate::{Generated, Options, Source, generate};

/// The findings about values: code, line, message.
fn findings(text: &str) -> Vec<(Code, u32, String)> {
    let Generated { diagnostics, sources, .. } =
        generate(&Source::text("t.yaml", text), &Options::new()).unwrap();
    let about = [Code::DEFAULT_VIOLATES_SCHEMA, Code::EXAMPLE_VIOLATES_SCHEMA];
    let items = diagnostics.iter().filter(|item| about.contains(&item.code));
    items
        .inspect(|item| assert_eq!(item.severity, Severity::Warning))
        .map(|item| (item.code, sources.line_column(item.at).unwrap().line, item.message.clone()))
        .collect()
}

const HEAD: &str = "openapi: 3.1.0\ninfo: { title: t, version: '1' }\ncomponents:\n  schemas:\n";

#[test]
fn values_of_schemas_are_judged() {
    let schemas = "    A: { type: integer, minimum: 1, default: 0 }
    B: { type: object, properties: { x: { type: string, example: 5 } }, examples: [{ x: 1 }, { x: a }] }
    C: { type: integer, default: 1 }
";
    let found = findings(&format!("{HEAD}{schemas}"));
    let places: Vec<_> = found.iter().map(|(code, line, _)| (*code, *line)).collect();
    let example = Code::EXAMPLE_VIOLATES_SCHEMA;
    assert_eq!(places, [(Code::DEFAULT_VIOLATES_SCHEMA, 5), (example, 6), (example, 6)]);
    assert!(found[2].2.contains("`/x` "), "{}", found[2].2);
}

#[test]
fn either_direction_is_good_enough_for_a_schema() {
    let schema = "    A:
      type: object
      required: [id, secret, name]
      properties:
        id: { type: integer, readOnly: true }
        secret: { type: string, writeOnly: true }
        name: { type: string }
      examples: [{ name: a, secret: s }, { name: a, id: 1 }, { id: 1, secret: s }]
";
    let found = findings(&format!("{HEAD}{schema}"));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].2.ends_with("`/name` is required"), "{found:?}");
}

#[test]
fn parameters_and_bodies_are_judged_by_direction() {
    let text = "openapi: 3.1.0
info: { title: t, version: '1' }
paths:
  /a:
    post:
      parameters:
        - { name: n, in: query, example: x, schema: { type: array, items: { type: integer } } }
        - { name: m, in: query, example: [x], schema: { type: array, items: { type: integer } } }
      requestBody:
        content: { application/json: { schema: { $ref: '#/components/schemas/A' }, example: {} } }
      responses:
        '200':
          description: ok
          content: { application/json: { schema: { $ref: '#/components/schemas/A' }, example: {} } }
        '4XX': { description: no }
components:
  schemas:
    A: { type: object, required: [id], properties: { id: { type: integer, readOnly: true } } }
";
    let lines: Vec<_> = findings(text).into_iter().map(|(_, line, _)| line).collect();
    assert_eq!(lines, [8, 14]);
}

#[test]
fn a_handful_is_listed_and_the_rest_counted() {
    let schemas: String = (0..9).map(|n| format!("    A{n}: {{ type: string, example: {n} }}\n")).collect();
    let text = format!("{HEAD}{schemas}");
    let generated = generate(&Source::text("t.yaml", text), &Options::new()).unwrap();
    let counts: Vec<_> = generated.diagnostics.iter().map(|item| item.others.len()).collect();
    assert_eq!(counts, [0, 0, 0, 0, 4]);
}
