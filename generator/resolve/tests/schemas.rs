//! Reading schemas: references and their bases, 3.0 raised to 2020-12.

use super::{codes, head, read};
use crate::contract::{Contract, Keywords, SchemaId, Type};

fn component(contract: &Contract, name: &str) -> SchemaId {
    contract.components.iter().find(|(known, _)| known == name).map(|(_, id)| *id).expect("a component")
}

fn keywords<'a>(contract: &'a Contract<'a>, name: &str) -> &'a Keywords<'a> {
    of(contract, component(contract, name))
}

fn of<'a>(contract: &'a Contract<'a>, id: SchemaId) -> &'a Keywords<'a> {
    contract.schemas.get(id).keywords().expect("an object schema")
}

fn schemas(version: &str, text: &str) -> (Contract<'static>, Vec<&'static str>) {
    let (contract, found) =
        read(&head(version, &format!("paths: {{}}\ncomponents: {{schemas: {{{text}}}}}")));
    let codes = codes(&found);
    (contract, codes)
}

#[test]
fn siblings_of_a_schema_reference_count_since_3_1() {
    let text =
        "Name: {type: string}, Short: {$ref: '#/components/schemas/Name', maxLength: 3, description: short}";
    let (contract, found) = schemas("3.1.0", text);
    let short = keywords(&contract, "Short");
    assert_eq!((short.reference, short.max_length), (Some(component(&contract, "Name")), Some(3)));
    assert!(found.is_empty());
    let (contract, found) = schemas("3.0.3", text);
    let short = keywords(&contract, "Short");
    assert_eq!((short.max_length, short.description), (None, Some("short")));
    assert_eq!(found, ["ignored-reference-sibling"]);
}

#[test]
fn ids_move_the_base_and_scope_anchors() {
    let (contract, found) = schemas(
        "3.1.0",
        "T: {type: integer},
         Pet: {$id: 'https://ex.com/pet', $defs: {T: {$anchor: tag, type: string}}, type: object,
               properties: {x: {$ref: '#/$defs/T'}, y: {$ref: '#tag'}}},
         Use: {$ref: 'https://ex.com/pet#tag'}, Whole: {$ref: 'https://ex.com/pet'},
         Data: {const: {$id: 'https://ex.com/data'}, properties: {$ref: {type: string}}}",
    );
    assert!(found.is_empty(), "{found:?}");
    let pet = keywords(&contract, "Pet");
    let targets: Vec<_> = pet.properties.iter().map(|(_, id)| of(&contract, *id).reference).collect();
    assert_eq!(targets[0], targets[1]);
    assert_eq!(targets[0], keywords(&contract, "Use").reference);
    assert_eq!(of(&contract, targets[0].unwrap()).types, Some([Type::String].into()));
    assert_eq!(keywords(&contract, "Whole").reference, Some(component(&contract, "Pet")));
    let (_, found) =
        schemas("3.1.0", "T: {}, P: {$id: 'https://e.com/p', not: {$ref: '#/components/schemas/T'}}");
    assert_eq!(found, ["unresolved-reference"]);
}

#[test]
fn dynamic_references_know_their_anchor() {
    let (contract, found) = schemas(
        "3.1.0",
        "Page: {$id: 'https://ex.com/page', type: object, properties: {items: {type: array, items: {$dynamicRef: '#item'}}},
                $defs: {d: {$dynamicAnchor: item}}},
         UserPage: {$id: 'https://ex.com/userpage', $ref: page, $defs: {u: {$dynamicAnchor: item, type: object}}}",
    );
    assert!(found.is_empty(), "{found:?}");
    let (page, user) = (keywords(&contract, "Page"), keywords(&contract, "UserPage"));
    assert_eq!(user.reference, Some(component(&contract, "Page")));
    let items = of(&contract, page.properties[0].1).items.unwrap();
    let dynamic = of(&contract, items).dynamic_reference.as_ref().unwrap();
    assert_eq!(dynamic.anchor.as_deref(), Some("item"));
    assert_eq!(page.resource, Some(vec![("item".to_owned(), dynamic.target)]));
    let user_item = user.resource.as_ref().unwrap()[0].1;
    assert_eq!(of(&contract, user_item).types, Some([Type::Object].into()));
}

#[test]
fn nullable_and_exclusive_bounds_of_3_0_are_raised() {
    let (contract, found) = schemas(
        "3.0.3",
        "A: {type: string, nullable: true, example: x},
         B: {type: integer, minimum: 1, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false},
         C: {nullable: true, description: c, allOf: [{$ref: '#/components/schemas/A'}]}",
    );
    assert_eq!(keywords(&contract, "A").types, Some([Type::String, Type::Null].into()));
    assert_eq!(keywords(&contract, "A").examples.len(), 1);
    let b = keywords(&contract, "B");
    assert!(
        b.minimum.is_none()
            && b.exclusive_minimum.is_some()
            && b.maximum.is_some()
            && b.exclusive_maximum.is_none()
    );
    let c = keywords(&contract, "C");
    assert_eq!((c.any_of.len(), c.all_of.len(), c.description), (2, 0, Some("c")));
    assert_eq!(of(&contract, c.any_of[0]).reference, Some(component(&contract, "A")));
    assert_eq!(of(&contract, c.any_of[1]).types, Some([Type::Null].into()));
    assert_eq!(found, ["nullable-without-type"]);
}

#[test]
fn nullable_means_nothing_since_3_1() {
    let (contract, found) = schemas("3.1.0", "A: {type: string, nullable: true}");
    assert_eq!(keywords(&contract, "A").types, Some([Type::String].into()));
    assert_eq!(found, ["nullable"]);
}

#[test]
fn discriminators_map_names_first() {
    let (contract, found) = schemas(
        "3.1.0",
        "Cat: {}, Dog: {}, Pet: {oneOf: [{$ref: '#/components/schemas/Cat'}],
          discriminator: {propertyName: t, mapping: {dog: Dog, k9: '#/components/schemas/Dog', gone: Gone}}}",
    );
    let mapping = &keywords(&contract, "Pet").discriminator.as_ref().unwrap().mapping;
    let dog = Some(component(&contract, "Dog"));
    let wanted = [("dog".to_owned(), dog), ("k9".to_owned(), dog), ("gone".to_owned(), None)];
    assert_eq!(mapping.as_slice(), wanted);
    assert_eq!(found, ["discriminator-mapping"]);
}

#[test]
fn mild_mistakes_are_mended_and_named_once() {
    let (contract, found) = schemas(
        "3.1.0",
        "A: {type: object, required: [a, a, b]}, B: {required: [c, c], foo: 1}, C: {foo: 2, minLenght: 3},
         D: {exclusiveMinimum: true, minimum: 1}, E: a string, F: {type: null}",
    );
    assert_eq!(*keywords(&contract, "A").required, ["a", "b"]);
    assert!(keywords(&contract, "D").exclusive_minimum.is_some());
    assert_eq!(keywords(&contract, "F").types, Some([Type::Null].into()));
    assert_eq!(contract.components.len(), 5);
    let mut found = found;
    found.sort_unstable();
    let wanted = [
        "mended-type",
        "mended-type",
        "mended-type",
        "repeated-required",
        "unknown-keyword",
        "unknown-keyword",
    ];
    assert_eq!(found, wanted);
}

#[test]
fn one_place_is_one_schema() {
    let (contract, _) = schemas("3.1.0", "A: {properties: {b: {$ref: '#/components/schemas/B'}}}, B: {}");
    let member = of(&contract, keywords(&contract, "A").properties[0].1);
    assert_eq!(member.reference, Some(component(&contract, "B")));
    assert_eq!(contract.schemas.len(), 3);
}
