use std::collections::BTreeSet;

use crate::{Options, Source, generate};

/// The page of types, and what was reported.
fn types(schemas: &str, options: &Options) -> (String, String) {
    let text =
        format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\ncomponents:\n  schemas:\n{schemas}");
    let generated = generate(&Source::text("t.yaml", text), options).unwrap();
    let page = generated.files.iter().find(|file| file.path == "types.rs").unwrap();
    let reports: Vec<String> = generated
        .diagnostics
        .iter()
        .map(|report| format!("{} {}", report.message, report.help.as_deref().unwrap_or_default()))
        .collect();
    (page.text.clone(), reports.join("\n"))
}

/// Everything that the page defines.
fn defined(page: &str) -> BTreeSet<&str> {
    let starts = ["pub struct ", "pub enum ", "pub type "];
    page.lines()
        .filter_map(|line| starts.iter().find_map(|start| line.strip_prefix(start)))
        .filter_map(|rest| rest.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next())
        .collect()
}

const PET: &str = "    Pet:
      type: object
      properties:
        status: {enum: [sold, free]}
        owner: {type: object, description: Who has it., properties: {name: {type: string}}}
";

#[test]
fn inline_types_with_one_definition_are_written_once() {
    let (page, _) = types(
        &format!(
            "{PET}    Dog:
      type: object
      properties:
        state: {{enum: [sold, free], description: Whether it can be had.}}
        master: {{type: object, properties: {{name: {{type: string}}}}}}
        # Not the same: one value more, one member required.
        mood: {{enum: [sold, free, sad]}}
        vet: {{type: object, required: [name], properties: {{name: {{type: string}}}}}}
"
        ),
        &Options::new(),
    );
    for line in [
        "pub enum SoldOrFree {",
        "pub type DogState = SoldOrFree;",
        "pub type PetStatus = SoldOrFree;",
        "pub struct PetOwner {",
        "pub type DogMaster = PetOwner;",
        "pub state: Option<DogState>,",
        "pub enum DogMood {",
        "pub struct DogVet {",
    ] {
        assert_eq!(page.matches(line).count(), 1, "{line}\n{page}");
    }
    assert_eq!(page.matches("Sold = \"sold\"").count(), 2, "{page}");
}

#[test]
fn what_is_added_elsewhere_takes_no_name_away() {
    let (before, _) = types(PET, &Options::new());
    let added = "    A: {type: object, properties: {s: {enum: [sold, free]}, o: {type: object, properties: {name: {type: string}}}}}\n";
    for after in [format!("{added}{PET}"), format!("{PET}{added}")] {
        let (after, _) = types(&after, &Options::new());
        let gone: Vec<&str> = defined(&before).difference(&defined(&after)).copied().collect();
        assert!(gone.is_empty(), "{gone:?}\n{after}");
    }
}

#[test]
fn what_operations_share_is_not_named_for_the_first_of_them() {
    const PATHS: &str = "
  /pets/{id}:
    parameters:
    - {name: id, in: path, required: true, schema: {type: string}}
    - {name: kind, in: query, schema: {enum: [tame, wild, dead, lost, blue]}}
    delete: {parameters: [{$ref: '#/components/parameters/order'}], responses: {'200': {$ref: '#/components/responses/Failure'}}}
";
    const COMPONENTS: &str = "components:
  parameters:
    order: {name: order, in: query, schema: {enum: [a, b, c, d, e]}}
  headers:
    Level: {schema: {enum: [f, g, h, i, j]}}
  responses:
    Failure:
      description: It failed.
      headers: {X-Level: {$ref: '#/components/headers/Level'}}
      content: {application/json: {schema: {type: object, properties: {code: {type: string}}}}}
";
    let page = |paths: &str| {
        let text = format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:{paths}{COMPONENTS}");
        let generated = generate(&Source::text("t.yaml", text), &Options::new()).unwrap();
        generated.files.into_iter().find(|file| file.path == "types.rs").unwrap().text
    };
    let before = page(PATHS);
    let names = ["FailureResponse", "LevelHeader", "OrderParameter", "PetsIdKindParameter"];
    assert_eq!(defined(&before), BTreeSet::from(names), "{before}");
    let earlier = "
  /earlier:
    get: {parameters: [{$ref: '#/components/parameters/order'}], responses: {'200': {$ref: '#/components/responses/Failure'}}}";
    let method = format!("{}    get: {{responses: {{'200': {{description: Fine.}}}}}}\n", PATHS);
    for paths in [format!("{earlier}{PATHS}"), method] {
        let after = page(&paths);
        assert_eq!(defined(&after), BTreeSet::from(names), "{after}");
    }
}

#[test]
fn values_keep_their_name_beside_others_of_the_same_words() {
    // Null, and what a schema says besides, make no other enumeration.
    let added = "    Cat:
      type: object
      properties:
        status: {type: [string, 'null'], enum: [sold, free, null]}
        state: {type: string, enum: [sold, free]}
        mood: {type: string, enum: [sold, free], x-enum-descriptions: [It is gone., It is there.]}
";
    let dog = "    Dog: {type: object, properties: {status: {enum: [sold, free]}}}\n";
    let (before, _) = types(&format!("{PET}{dog}"), &Options::new());
    let (after, _) = types(&format!("{added}{PET}{dog}"), &Options::new());
    for page in [&before, &after] {
        assert!(page.contains("pub enum SoldOrFree {"), "{page}");
        assert!(page.contains("pub type PetStatus = SoldOrFree;"), "{page}");
    }
    assert!(after.contains("pub type CatStatus = SoldOrFree;"), "{after}");
    assert!(
        after.contains("pub type CatState = SoldOrFree;") && after.contains("pub enum CatMood {"),
        "{after}"
    );
}

#[test]
fn what_is_inherited_is_named_for_where_it_stands() {
    let heir = "    Dog: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {collar: {enum: [1, 2, 3, 4, 5]}}}]}\n";
    for text in [format!("{heir}{PET}"), format!("{PET}{heir}")] {
        let (page, _) = types(&text, &Options::new());
        assert_eq!(
            defined(&page),
            BTreeSet::from(["Dog", "DogCollar", "Pet", "PetOwner", "PetStatus"]),
            "{page}"
        );
    }
}

#[test]
fn constants_are_called_by_their_titles() {
    let (page, reports) = types(
        "    Kind:
      type: integer
      format: int32
      oneOf:
        - {title: GUILD_TEXT, description: A text channel., const: 0}
        - {title: GUILD_VOICE, const: 2}
        - {const: 3}
    Channel:
      type: object
      properties:
        kind: {type: integer, enum: [0, 3], allOf: [{$ref: '#/components/schemas/Kind'}]}
        topic: {anyOf: [{type: object, additionalProperties: {type: string}}, {enum: ['']}]}
",
        &Options::new(),
    );
    for line in [
        "Kind: CONTRACT {",
        "    /// A text channel.\n    GuildText,",
        "GuildVoice = \"2\"",
        "N3 = \"3\"",
        "ChannelKind: CONTRACT { GuildText = \"0\", N3 = \"3\" }",
        "    Empty(ChannelTopicEmpty),",
        "pub enum ChannelTopicEmpty {\n    /// the empty string",
    ] {
        assert!(page.contains(line), "{line}\n{page}");
    }
    assert!(reports.is_empty(), "{reports}");
}

#[test]
fn members_that_collide_are_reported_and_can_be_chosen() {
    let schemas = "    Odd: {type: object, properties: {a-b: {}, a.b: {}, kind: {enum: [x, X]}}}\n";
    let (page, reports) = types(schemas, &Options::new());
    assert!(page.contains("\"a-b\" => optional a_b") && page.contains("\"a.b\" => optional a_b_2"), "{page}");
    assert!(reports.contains("`a.b` and another member are both `a_b` in Rust"), "{reports}");
    assert!(reports.contains("`\"Odd::a.b\" = \"…\"` below `[names]`"), "{reports}");
    let options =
        Options::new().rename("Odd::a.b", "dotted").rename("Odd.kind::x", "Small").rename("Odd.kind", "Size");
    let (page, reports) = types(schemas, &options);
    assert!(page.contains("\"a.b\" => optional dotted") && page.contains("pub kind: Option<Size>"), "{page}");
    assert!(page.contains("Small = \"x\"") && reports.is_empty(), "{page}{reports}");
}

#[test]
fn names_of_nothing_and_what_is_no_name_are_told() {
    let options =
        Options::new().rename("Pett", "Animal").rename("Pet.owner::name", "called").rename("x", "y");
    let (page, reports) = types(PET, &options);
    assert!(page.contains("\"name\" => optional called"), "{page}");
    let unused =
        "`[names]` gives a name to `Pett`, and nothing that is generated is called so did you mean `Pet`?";
    assert!(reports.contains(unused) && reports.contains("name to `x`"), "{reports}");
    assert!(!reports.contains("Pet.owner::name"), "{reports}");

    let text = format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\ncomponents:\n  schemas:\n{PET}");
    for wrong in ["my pet", "", "1a", "self"] {
        let options = Options::new().rename("Pet", wrong);
        let rejected = generate(&Source::text("t.yaml", text.clone()), &options).unwrap_err();
        let codes: Vec<&str> = rejected.diagnostics.iter().map(|report| report.code.as_str()).collect();
        assert_eq!(codes, ["invalid-name"], "{wrong}");
    }
    assert!(types(PET, &Options::new().rename("Pet::status", "type")).0.contains("pub r#type:"));
}

#[test]
fn branches_are_named_for_what_they_are() {
    let (page, _) = types(
        "    Named: {type: object, properties: {a: {type: string}}}
    U:
      anyOf:
        - {$ref: '#/components/schemas/Named'}
        - {type: array, items: {type: string}}
        - {type: array, items: {$ref: '#/components/schemas/Named'}}
        - {type: object, required: [magnet, size], properties: {size: {}, magnet: {}}}
        - {type: object, required: [size], properties: {size: {}}}
        - {type: [string, 'null'], maxLength: 3}
        - {type: [integer, boolean]}
",
        &Options::new(),
    );
    for variant in
        ["Named(", "StringArray(", "NamedArray(", "WithMagnet(", "Object(", "String(", "IntegerOrBool("]
    {
        assert!(page.contains(&format!("    {variant}")), "{variant}\n{page}");
    }
}
