//! Names last: an operation or a component that is added changes no name of what was there. Shown the other way round,
//! on contracts of which a random part is taken away.

use std::collections::{BTreeMap, BTreeSet};

use counterpart::diagnostic::Code;
use counterpart::{Options, Source, generate};
use serde_json::{Map, Value};
use syn::{Fields, ImplItem, Item, TraitItem, Type};

use crate::support::{corpus, root};

/// What each name has: fields, variants, methods.
type Names = BTreeMap<String, BTreeSet<String>>;

#[test]
fn names_of_our_own_contract_last() {
    let path = root().join("specs/orders.yaml");
    let json = counterpart_runtime::yaml::to_json(&std::fs::read_to_string(&path).unwrap()).unwrap();
    last(&path, &serde_json::from_slice(&json).unwrap(), 1..=24);
}

#[test]
fn names_of_real_contracts_last() {
    real(&["3.0/oxide-nexus.json", "3.1/discord.json"], 1..=2);
}

/// Further contracts in JSON are those whose paths `COUNTERPART_NAMES` lists, with colons between them.
#[test]
#[ignore = "large contracts take minutes"]
fn names_of_large_contracts_last() {
    real(&["3.0/oxide-nexus.json", "3.1/discord.json"], 3..=4);
    for path in std::env::var("COUNTERPART_NAMES").iter().flat_map(|list| list.split(':')) {
        last(path.as_ref(), &serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap(), 1..=4);
    }
}

fn real(names: &[&str], seeds: std::ops::RangeInclusive<u64>) {
    let Some(corpus) = corpus() else { return };
    for name in names {
        let path = corpus.join(name);
        last(&path, &serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap(), seeds.clone());
    }
}

/// Compares the names of random parts with those of the whole. What collides is excepted: it is reported.
fn last(path: &std::path::Path, whole: &Value, seeds: std::ops::RangeInclusive<u64>) {
    let (all, collisions) = names(path, whole);
    let mut compared = 0;
    for seed in seeds {
        let percent = [5, 20, 40, 70][usize::try_from(seed % 4).unwrap()];
        let (part, _) = names(path, &thinned(whole, seed, percent));
        let members: usize = part.values().map(BTreeSet::len).sum();
        println!("{}, seed {seed}: {} of {} names, {members} members", path.display(), part.len(), all.len());
        compared += part.len();
        for (name, members) in part.iter().filter(|(name, _)| !collisions.contains(name.as_str())) {
            let Some(known) = all.get(name) else { panic!("{}, seed {seed}: {name} is new", path.display()) };
            let gone: Vec<&String> = members.difference(known).collect();
            assert!(gone.is_empty(), "{}, seed {seed}: {name} has other members: {gone:?}", path.display());
        }
    }
    assert!(compared > all.len() / 2, "{}: hardly anything is compared", path.display());
}

/// All names that a contract generates, and those that collide.
fn names(path: &std::path::Path, contract: &Value) -> (Names, BTreeSet<String>) {
    let options = Options::new().allow(Code::UNDEFINED_STYLE_CELL).allow(Code::DEEP_OBJECT_MEMBER);
    let source = Source::text(path.display().to_string(), contract.to_string()).root(path.parent().unwrap());
    let generated = generate(&source, &options).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let (mut names, mut aliases) = (Names::new(), BTreeMap::new());
    for file in generated.files.iter().filter(|file| file.path.ends_with(".rs")) {
        // Files by letter are one module.
        let module = file.path.trim_end_matches("/mod.rs").trim_end_matches(".rs");
        let hooks = usize::from(module.starts_with("webhooks") || module.starts_with("callbacks"));
        let module = module.split('/').take(1 + hooks).collect::<Vec<_>>().join("::");
        for item in syn::parse_file(&file.text).unwrap().items {
            collect(&module, item, &mut names, &mut aliases);
        }
    }
    for name in aliases.keys() {
        let behind = std::iter::successors(aliases.get(name), |next| aliases.get(*next)).last();
        let members = behind.and_then(|target| names.get(target)).cloned().unwrap_or_default();
        names.entry(name.clone()).or_default().extend(members);
    }
    let collisions = generated.diagnostics.iter().filter(|found| found.code == Code::NAME_COLLISION);
    let collisions = collisions.filter_map(|found| found.message.split('`').rev().nth(1).map(str::to_owned));
    (names, collisions.map(|name| format!("types::{name}")).collect())
}

fn collect(module: &str, item: Item, names: &mut Names, aliases: &mut BTreeMap<String, String>) {
    let full = |name: &dyn ToString| format!("{module}::{}", name.to_string());
    let fields = |fields: &Fields| -> Vec<String> {
        fields.iter().filter_map(|field| field.ident.as_ref()).map(ToString::to_string).collect()
    };
    let (name, members) = match item {
        Item::Struct(item) => (full(&item.ident), fields(&item.fields)),
        Item::Enum(item) => {
            let of = |variant: &syn::Variant| {
                let inner =
                    fields(&variant.fields).into_iter().map(|field| format!("{}.{field}", variant.ident));
                std::iter::once(variant.ident.to_string()).chain(inner).collect::<Vec<_>>()
            };
            (full(&item.ident), item.variants.iter().flat_map(of).collect())
        }
        Item::Trait(item) => {
            let methods = item.items.iter().filter_map(|item| match item {
                TraitItem::Fn(method) => Some(method.sig.ident.to_string()),
                _ => None,
            });
            (full(&item.ident), methods.collect())
        }
        Item::Impl(item) if item.trait_.is_none() => {
            let Some(owner) = last_word(&item.self_ty) else { return };
            let methods = item.items.iter().filter_map(|item| match item {
                ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
                _ => None,
            });
            (full(&owner), methods.collect())
        }
        Item::Type(item) => {
            if let Some(target) = last_word(&item.ty) {
                aliases.insert(full(&item.ident), full(&target));
            }
            (full(&item.ident), Vec::new())
        }
        _ => return,
    };
    names.entry(name).or_default().extend(members);
}

fn last_word(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else { return None };
    path.path.segments.last().map(|segment| segment.ident.to_string())
}

/// A random part of a contract: so many of its operations, half as many of its components, and what these refer to.
fn thinned(whole: &Value, seed: u64, percent: u64) -> Value {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut keeps = |percent: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % 100 < percent
    };
    let mut part = whole.clone();
    for paths in ["paths", "webhooks"] {
        for item in part[paths].as_object_mut().into_iter().flat_map(Map::values_mut) {
            item.as_object_mut().unwrap().retain(|key, _| !is_method(key) || keeps(percent));
        }
        if let Some(paths) = part[paths].as_object_mut() {
            paths.retain(|_, item| {
                item.as_object().unwrap().keys().any(|key| is_method(key) || key == "$ref")
            });
        }
    }
    let components = part.as_object_mut().unwrap().remove("components").unwrap_or_default();
    let mut open = Vec::new();
    references(&part, &mut open);
    for (kind, all) in components.as_object().into_iter().flatten() {
        let names = all.as_object().unwrap().keys();
        let kept = names.filter(|_| kind == "securitySchemes" || keeps(percent / 2));
        open.extend(kept.map(|name| format!("#/components/{kind}/{name}")));
    }
    let mut kept = Map::new();
    while let Some(reference) = open.pop() {
        let mut words = reference.trim_start_matches("#/components/").splitn(3, '/');
        let (Some(kind), Some(name)) = (words.next(), words.next()) else { continue };
        let Some(component) = components.get(kind).and_then(|all| all.get(name)) else { continue };
        let all = kept.entry(kind).or_insert_with(|| Value::Object(Map::new())).as_object_mut().unwrap();
        if all.insert(name.to_owned(), component.clone()).is_none() {
            references(component, &mut open);
        }
    }
    part["components"] = Value::Object(kept);
    part
}

fn is_method(key: &str) -> bool {
    ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"].contains(&key)
}

/// All that is referred to, by discriminators too.
fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                match value {
                    Value::String(target) if key == "$ref" => found.push(target.clone()),
                    Value::Object(targets) if key == "mapping" => {
                        found.extend(targets.values().filter_map(Value::as_str).map(str::to_owned));
                    }
                    _ => references(value, found),
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}
