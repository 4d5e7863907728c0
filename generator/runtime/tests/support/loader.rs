//! Turns JSON Schema 2020-12 documents into the lines of a schema table: identifiers, anchors, references, embedded
//! and remote resources.

use std::collections::BTreeMap;

use counterpart_runtime::{Json, Map, Tables};

#[path = "uri.rs"]
mod uri;

/// A place in a document: the document's URI and a JSON pointer.
type Place = (String, String);

/// All documents that a schema may refer to.
#[derive(Clone, Default)]
pub struct Documents {
    texts: BTreeMap<String, Json>,
    /// Where the resource of a URI begins.
    resources: BTreeMap<String, Place>,
    /// The same, by place.
    roots: BTreeMap<Place, String>,
    /// Anchors of a resource; the flag says whether they are dynamic.
    anchors: BTreeMap<String, BTreeMap<String, (Place, bool)>>,
}

const ONE: [&str; 11] = [
    "items",
    "contains",
    "additionalProperties",
    "not",
    "if",
    "then",
    "else",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
    "contentSchema",
];
const LIST: [&str; 4] = ["allOf", "anyOf", "oneOf", "prefixItems"];
const NAMED: [&str; 4] = ["properties", "patternProperties", "dependentSchemas", "$defs"];
const VALIDATION: [&str; 20] = [
    "type",
    "const",
    "enum",
    "multipleOf",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "maxContains",
    "minContains",
    "maxProperties",
    "minProperties",
    "required",
    "dependentRequired",
];

impl Documents {
    /// Adds a document that is found under a URI.
    pub fn add(&mut self, uri: &str, document: Json) {
        let place = (uri.to_owned(), String::new());
        self.texts.insert(uri.to_owned(), document.clone());
        self.resources.insert(uri.to_owned(), place.clone());
        self.roots.insert(place.clone(), uri.to_owned());
        self.scan(&document, place, uri.to_owned());
    }

    fn scan(&mut self, schema: &Json, place: Place, mut resource: String) {
        let Some(members) = schema.as_object() else { return };
        if let Some(id) = members.get("$id").and_then(Json::as_str) {
            resource = uri::resolve(&resource, id).trim_end_matches('#').to_owned();
            self.resources.insert(resource.clone(), place.clone());
            self.roots.insert(place.clone(), resource.clone());
        }
        for (keyword, dynamic) in [("$anchor", false), ("$dynamicAnchor", true)] {
            if let Some(name) = members.get(keyword).and_then(Json::as_str) {
                let anchors = self.anchors.entry(resource.clone()).or_default();
                anchors.insert(name.to_owned(), (place.clone(), dynamic));
            }
        }
        for (path, child) in children(members) {
            self.scan(child, (place.0.clone(), format!("{}{path}", place.1)), resource.clone());
        }
    }

    /// The resource that a place lies in.
    fn resource(&self, place: &Place) -> &str {
        let mut pointer = place.1.as_str();
        loop {
            if let Some(uri) = self.roots.get(&(place.0.clone(), pointer.to_owned())) {
                return uri;
            }
            pointer = pointer.rsplit_once('/').expect("a document is a resource").0;
        }
    }

    /// The place that a reference means, and its fragment.
    fn resolve(&self, base: &str, reference: &Json) -> Result<(Place, String), String> {
        let reference = reference.as_str().ok_or("a reference is a string")?;
        let full = uri::resolve(base, reference);
        let (uri, fragment) = full.split_once('#').unwrap_or((&full, ""));
        let fragment = uri::decode(fragment);
        let root = self.resources.get(uri).ok_or_else(|| format!("nothing is known of {uri}"))?;
        let place = if fragment.is_empty() || fragment.starts_with('/') {
            (root.0.clone(), format!("{}{fragment}", root.1))
        } else {
            let anchor = self.anchors.get(uri).and_then(|anchors| anchors.get(&fragment));
            anchor.ok_or_else(|| format!("{uri} has no anchor {fragment}"))?.0.clone()
        };
        Ok((place, fragment))
    }

    /// The table in which line 0 is the document of that URI. `assert` makes `format` assert.
    pub fn tables(&self, uri: &str, assert: bool) -> Result<Tables, String> {
        let start = self.resources.get(uri).ok_or_else(|| format!("nothing is known of {uri}"))?.clone();
        let mut lines = Lines { documents: self, places: vec![start], assert };
        let mut texts = Vec::new();
        while let Some(place) = lines.places.get(texts.len()).cloned() {
            let schema = self.texts.get(&place.0).and_then(|document| document.pointer(&place.1));
            let schema = schema.ok_or_else(|| format!("{place:?} is nowhere"))?;
            texts.push(lines.translate(schema, &place, true)?.to_string());
        }
        Ok(Tables::parse(texts.join("\n")))
    }

    /// Whether the dialect of a resource has a vocabulary; `None` where its meta-schema names none.
    fn vocabulary(&self, resource: &str, name: &str) -> Option<bool> {
        let place = self.resources.get(resource)?;
        let dialect = self.texts.get(&place.0)?.get("$schema")?.as_str()?;
        let vocabularies = self.texts.get(dialect)?.get("$vocabulary")?.as_object()?;
        Some(vocabularies.contains_key(&format!("https://json-schema.org/draft/2020-12/vocab/{name}")))
    }
}

fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// The schemas directly inside of a schema.
fn children(members: &Map<Json>) -> Vec<(String, &Json)> {
    let mut found = Vec::new();
    for (keyword, value) in members {
        if ONE.contains(&keyword.as_str()) {
            found.push((format!("/{keyword}"), value));
        } else if LIST.contains(&keyword.as_str()) {
            let schemas = value.as_array().into_iter().flatten().enumerate();
            found.extend(schemas.map(|(at, schema)| (format!("/{keyword}/{at}"), schema)));
        } else if NAMED.contains(&keyword.as_str()) {
            let schemas = value.as_object().into_iter().flatten();
            found.extend(schemas.map(|(name, schema)| (format!("/{keyword}/{}", escape(name)), schema)));
        }
    }
    found
}

struct Lines<'a> {
    documents: &'a Documents,
    places: Vec<Place>,
    assert: bool,
}

impl Lines<'_> {
    fn line(&mut self, place: Place) -> Json {
        let found = self.places.iter().position(|known| *known == place);
        Json::from(found.unwrap_or_else(|| {
            self.places.push(place);
            self.places.len() - 1
        }))
    }

    fn translate(&mut self, schema: &Json, place: &Place, root: bool) -> Result<Json, String> {
        let Some(members) = schema.as_object() else { return Ok(schema.clone()) };
        let resource = self.documents.resource(place).to_owned();
        let validates = self.documents.vocabulary(&resource, "validation").unwrap_or(true);
        let asserts = self.assert || self.documents.vocabulary(&resource, "format-assertion") == Some(true);
        let mut out = Map::new();
        let mut references = Vec::new();
        for (keyword, value) in members {
            let path = (place.0.clone(), format!("{}/{}", place.1, escape(keyword)));
            match keyword.as_str() {
                "$ref" => {
                    let (target, _) = self.documents.resolve(&resource, value)?;
                    references.push(("$ref", self.line(target)));
                }
                "$dynamicRef" => references.push(self.dynamic(&resource, value)?),
                "dependencies" => self.dependencies(value, &path, &mut out)?,
                "$defs" | "contentSchema" => {}
                "format" if !asserts => {}
                name if !validates && VALIDATION.contains(&name) => {}
                name if ONE.contains(&name) => {
                    out.insert(keyword.clone(), self.translate(value, &path, false)?);
                }
                name if LIST.contains(&name) => {
                    let schemas = value.as_array().into_iter().flatten().enumerate();
                    let schemas = schemas
                        .map(|(at, schema)| self.translate(schema, &below(&path, &at.to_string()), false));
                    out.insert(keyword.clone(), Json::Array(schemas.collect::<Result<_, _>>()?));
                }
                name if NAMED.contains(&name) => {
                    let schemas = value.as_object().into_iter().flatten();
                    let schemas = schemas.map(|(name, schema)| {
                        Ok::<_, String>((name.clone(), self.translate(schema, &below(&path, name), false)?))
                    });
                    out.insert(keyword.clone(), Json::Object(schemas.collect::<Result<_, _>>()?));
                }
                _ => {
                    out.insert(keyword.clone(), value.clone());
                }
            }
        }
        for (keyword, value) in references {
            out.insert(keyword.to_owned(), value);
        }
        if root || self.documents.roots.contains_key(place) {
            self.resource(&resource, &mut out);
        }
        Ok(Json::Object(out))
    }

    /// A reference is dynamic only if it first leads to a dynamic anchor (Core 2020-12, section 8.2.3.2).
    fn dynamic(&mut self, resource: &str, reference: &Json) -> Result<(&'static str, Json), String> {
        let (target, anchor) = self.documents.resolve(resource, reference)?;
        let anchors = self.documents.anchors.get(self.documents.resource(&target));
        let dynamic = anchors.and_then(|anchors| anchors.get(&anchor)).is_some_and(|(_, dynamic)| *dynamic);
        let root = self.line(target);
        if !dynamic {
            return Ok(("$ref", root));
        }
        let members = [("anchor".to_owned(), Json::from(anchor)), ("root".to_owned(), root)];
        Ok(("$dynamicRef", Json::Object(members.into_iter().collect())))
    }

    fn resource(&mut self, resource: &str, out: &mut Map<Json>) {
        let anchors = self.documents.anchors.get(resource).into_iter().flatten();
        let dynamic: Vec<_> = anchors.filter(|(_, (_, dynamic))| *dynamic).collect();
        if !dynamic.is_empty() {
            let anchors =
                dynamic.into_iter().map(|(name, (place, _))| (name.clone(), self.line(place.clone())));
            out.insert("$resource".to_owned(), Json::Object(anchors.collect()));
        }
    }

    /// Draft 7's keyword, which 2020-12 splits in two.
    fn dependencies(&mut self, value: &Json, path: &Place, out: &mut Map<Json>) -> Result<(), String> {
        let (mut required, mut schemas) = (Map::new(), Map::new());
        for (name, dependency) in value.as_object().into_iter().flatten() {
            if dependency.as_array().is_some() {
                required.insert(name.clone(), dependency.clone());
            } else {
                schemas.insert(name.clone(), self.translate(dependency, &below(path, name), false)?);
            }
        }
        out.insert("dependentRequired".to_owned(), Json::Object(required));
        out.insert("dependentSchemas".to_owned(), Json::Object(schemas));
        Ok(())
    }
}

fn below(place: &Place, name: &str) -> Place {
    (place.0.clone(), format!("{}/{}", place.1, escape(name)))
}
