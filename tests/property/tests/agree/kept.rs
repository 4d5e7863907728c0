//! Whether everything that a schema speaks of came back from a typed value.

use counterpart_runtime::{Json, Map, pattern};

use test_property::values::target;

use crate::judge::Judge;

/// Looks for what was lost.
pub struct Kept<'c> {
    /// The whole document.
    pub contract: &'c Json,
    /// Whether all formats are asserted.
    pub asserts: bool,
    /// Of several branches only those that accept a value speak of its members (JSON Schema Core, section 7.7.1).
    /// Finding out is expensive, so at first all do.
    pub precise: bool,
    /// What a `$dynamicRef` means, where the component is the outermost resource.
    pub filling: Option<&'c Json>,
}

impl<'c> Kept<'c> {
    /// The first thing that a component names and that is missing or different.
    pub fn lost(mut self, component: &str, sent: &Json, got: &Json) -> Option<String> {
        let schemas: Vec<&Json> = self.component(component).into_iter().collect();
        self.filling = schemas.iter().find_map(|schema| schema.get("$defs")?.get("filling"));
        self.find(&schemas, sent, got, "")?;
        self.precise = true;
        self.find(&schemas, sent, got, "")
    }

    fn component(&self, name: &str) -> Option<&'c Json> {
        self.contract.pointer("/components/schemas")?.get(name)
    }

    fn find(&self, schemas: &[&'c Json], sent: &Json, got: &Json, at: &str) -> Option<String> {
        let parts = self.parts(schemas, sent);
        match (sent, got) {
            (Json::Object(sent), Json::Object(got)) => {
                let invented = got.keys().find(|name| !sent.contains_key(*name));
                invented.map(|name| format!("{at}/{name} is invented")).or_else(|| {
                    sent.iter().find_map(|(name, value)| {
                        let below = members(&parts, name);
                        match got.get(name) {
                            Some(got) => self.find(&below, value, got, &format!("{at}/{name}")),
                            None if below.is_empty() => None,
                            None => Some(format!("{at}/{name} is lost")),
                        }
                    })
                })
            }
            (Json::Array(sent), Json::Array(got)) if sent.len() == got.len() => {
                sent.iter().zip(got).enumerate().find_map(|(index, (sent, got))| {
                    self.find(&items(&parts, index), sent, got, &format!("{at}/{index}"))
                })
            }
            _ => (!same(&parts, sent, got)).then(|| format!("{at} was {sent}, is {got}")),
        }
    }

    /// The keyword sets that speak of a value.
    fn parts(&self, schemas: &[&'c Json], value: &Json) -> Vec<&'c Map<Json>> {
        let mut parts: Vec<&'c Map<Json>> = Vec::new();
        let mut waiting: Vec<&'c Json> = schemas.to_vec();
        while let Some(schema) = waiting.pop() {
            let known = |part: &&Map<Json>| parts.iter().any(|known| std::ptr::eq(*known, *part));
            let Some(part) = schema.as_object().filter(|part| !known(part)) else {
                continue;
            };
            parts.push(part);
            let reference = part.get("$ref").and_then(Json::as_str).map(target);
            waiting.extend(reference.and_then(|name| self.component(name)));
            waiting.extend(self.filling.filter(|_| part.contains_key("$dynamicRef")));
            let list = |name: &str| part.get(name).and_then(Json::as_array).unwrap_or_default();
            waiting.extend(list("allOf"));
            let branches = list("anyOf").iter().chain(list("oneOf"));
            let conditions = ["if", "then", "else"].iter().filter_map(|name| part.get(*name));
            let dependent = part.get("dependentSchemas").and_then(Json::as_object);
            let branches = branches.chain(conditions).chain(dependent.into_iter().flat_map(Map::values));
            waiting.extend(branches.filter(|branch| self.speaks(branch, value)));
        }
        parts
    }

    fn speaks(&self, schema: &Json, value: &Json) -> bool {
        let judge = || Judge::of(self.contract, schema.clone(), self.asserts);
        !self.precise || judge().accepts(value) == Some(true)
    }
}

/// The schemas that speak of a member.
fn members<'c>(parts: &[&'c Map<Json>], name: &str) -> Vec<&'c Json> {
    let mut found = Vec::new();
    for part in parts {
        let before = found.len();
        found.extend(part.get("properties").and_then(|properties| properties.get(name)));
        for (source, schema) in part.get("patternProperties").and_then(Json::as_object).into_iter().flatten()
        {
            found.extend(pattern::Compiled::new(source).is_ok_and(|it| it.is_match(name)).then_some(schema));
        }
        if found.len() == before {
            let others =
                ["additionalProperties", "unevaluatedProperties"].iter().filter_map(|key| part.get(*key));
            found.extend(others.filter(|schema| schema.as_bool().is_none()));
        }
    }
    found
}

/// The schemas that speak of an item.
fn items<'c>(parts: &[&'c Map<Json>], index: usize) -> Vec<&'c Json> {
    let item = |part: &&'c Map<Json>| {
        let prefix = part.get("prefixItems").and_then(Json::as_array).unwrap_or_default();
        prefix.get(index).or_else(|| part.get("items")).or_else(|| part.get("unevaluatedItems"))
    };
    parts.iter().filter_map(item).collect()
}

/// Equal, or the same float where the schema asks for one.
fn same(parts: &[&Map<Json>], sent: &Json, got: &Json) -> bool {
    let has =
        |format: &str| parts.iter().any(|part| part.get("format").and_then(Json::as_str) == Some(format));
    let floats = || Some((sent.as_f64()?, got.as_f64()?));
    sent == got || floats().is_some_and(|(sent, got)| (has("double") || has("float")) && sent == got)
}
