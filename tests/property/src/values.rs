//! Random values near the boundary of a schema: made to follow it, with steps just beyond its bounds, and then changed.

mod change;
mod scalar;
mod spelling;

use counterpart_runtime::{Json, Map};

use crate::random::Random;
use crate::schemas::MEMBERS;

/// The name of the component that a reference leads to: by pointer, by identifier, or by anchor.
pub fn target(reference: &str) -> &str {
    let last = reference.rsplit('/').next().unwrap_or(reference);
    last.strip_prefix("#at").unwrap_or(last)
}

/// Makes values of the schemas of one contract.
pub struct Values<'s> {
    random: Random,
    components: &'s Json,
    /// What a `$dynamicRef` means, more or less.
    filling: Option<&'s Json>,
    /// How often in a hundred a keyword is not followed.
    stray: usize,
    /// How many values may still be made within this one.
    left: u32,
}

/// How many levels a value has at most. Schemas may require members of each other without end.
const LEVELS: u32 = 8;
/// How many of them, the deepest ones, have only what is required.
const BARE: u32 = 3;
/// How many values there are within a value, at most.
const MOST: u32 = 400;
/// How many keyword sets are looked at for one value, at most: branches that refer to each other have any number.
const PARTS: usize = 60;

/// The keyword sets that a value is made to follow.
type Parts<'s> = Vec<&'s Map<Json>>;

impl<'s> Values<'s> {
    /// `contract` is the whole document.
    pub fn new(random: Random, contract: &'s Json) -> Self {
        const NONE: &Json = &Json::Null;
        let components = contract.pointer("/components/schemas").unwrap_or(NONE);
        Self { random, components, filling: None, stray: 0, left: 0 }
    }

    /// The text of one value for a component.
    pub fn text(&mut self, component: &str) -> String {
        self.filling = None;
        self.left = MOST;
        self.stray = if self.random.percent(40) { 0 } else { 6 };
        let schema = self.components.get(component);
        let mut value = schema.map_or(Json::Null, |schema| self.value(&[schema], LEVELS));
        if self.random.percent(35) {
            self.change(&mut value);
        }
        spelling::text(&mut self.random, &value)
    }

    fn strays(&mut self) -> bool {
        self.random.percent(self.stray)
    }

    /// A value that follows all the schemas, more or less.
    fn value(&mut self, schemas: &[&'s Json], depth: u32) -> Json {
        if depth == 0 || self.left == 0 {
            return Json::Null;
        }
        self.left -= 1;
        let mut parts = Vec::new();
        for schema in schemas {
            self.collect(schema, &mut parts, 12);
        }
        if let Some(constant) = parts.iter().find_map(|part| part.get("const"))
            && !self.strays()
        {
            return constant.clone();
        }
        let listed: Vec<&[Json]> = parts.iter().filter_map(|part| part.get("enum")?.as_array()).collect();
        if let Some((first, others)) = listed.split_first()
            && !self.strays()
        {
            let in_all: Vec<&Json> =
                first.iter().filter(|value| others.iter().all(|other| other.contains(value))).collect();
            return self.random.pick(&in_all).map_or(Json::Null, |value| (*value).clone());
        }
        match self.kind(&parts) {
            "null" => Json::Null,
            "boolean" => self.random.percent(50).into(),
            "integer" => self.number(&parts, true),
            "number" => self.number(&parts, false),
            "string" => self.string(&parts),
            "array" => self.array(&parts, depth),
            _ => self.object(&parts, depth),
        }
    }

    /// The keyword sets of a schema: its own, and those of what it refers to or chooses.
    fn collect(&mut self, schema: &'s Json, parts: &mut Parts<'s>, budget: u32) {
        let Some(keywords) = schema.as_object().filter(|_| budget > 0 && parts.len() < PARTS) else { return };
        parts.push(keywords);
        let within = |name: &str| keywords.get(name).and_then(Json::as_array).unwrap_or_default();
        let filling = keywords.get("$defs").and_then(|schemas| schemas.get("filling"));
        self.filling = self.filling.or(filling);
        let reference = keywords.get("$ref").and_then(Json::as_str).map(target);
        if let Some(target) = reference.and_then(|name| self.components.get(name)) {
            self.collect(target, parts, budget - 1);
        }
        if let Some(filling) = self.filling.filter(|_| keywords.contains_key("$dynamicRef")) {
            self.collect(filling, parts, budget - 1);
        }
        for part in within("allOf") {
            self.collect(part, parts, budget - 1);
        }
        for choice in ["oneOf", "anyOf"] {
            let branches = within(choice);
            let times = if self.random.percent(12) { 2 } else { 1 };
            for _ in 0..times {
                if let Some(branch) = self.random.pick(branches) {
                    self.collect(branch, parts, budget - 1);
                }
            }
        }
        if let Some(condition) = keywords.get("if") {
            let holds = self.random.percent(50);
            let branch = if holds { "then" } else { "else" };
            let chosen = keywords.get(branch).into_iter().chain(Some(condition).filter(|_| holds));
            for schema in chosen.collect::<Vec<_>>() {
                self.collect(schema, parts, budget - 1);
            }
        }
    }

    /// A type that all parts allow, or one that their keywords speak of.
    fn kind(&mut self, parts: &[&Map<Json>]) -> &'static str {
        const ALL: &[&str] = &["null", "boolean", "integer", "number", "string", "array", "object"];
        let allows = |part: &Map<Json>, kind: &str| match part.get("type") {
            None => true,
            Some(Json::Array(kinds)) => kinds.iter().any(|one| one.as_str() == Some(kind)),
            Some(one) => one.as_str() == Some(kind) || (kind == "integer" && one.as_str() == Some("number")),
        };
        let typed = parts.iter().any(|part| part.contains_key("type"));
        let spoken = |kind: &&str| {
            let keywords: &[&str] = match *kind {
                "string" => &["minLength", "maxLength", "pattern", "format"],
                "number" => &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
                "array" => &["items", "prefixItems", "minItems", "maxItems", "contains"],
                "object" => {
                    &["properties", "required", "additionalProperties", "minProperties", "maxProperties"]
                }
                _ => &[],
            };
            keywords.iter().any(|keyword| parts.iter().any(|part| part.contains_key(*keyword)))
        };
        let mut kinds: Vec<&'static str> = if self.strays() {
            ALL.to_vec()
        } else {
            ALL.iter().copied().filter(|kind| parts.iter().all(|part| allows(part, kind))).collect()
        };
        if !typed && self.random.percent(80) {
            kinds.retain(spoken);
        }
        self.random.pick(&kinds).or(self.random.pick(ALL)).copied().unwrap_or("null")
    }

    fn array(&mut self, parts: &[&'s Map<Json>], depth: u32) -> Json {
        if depth <= BARE {
            return Json::Array(Vec::new());
        }
        let length = self.count(parts, "minItems", "maxItems", 3);
        let unique = parts.iter().any(|part| part.contains_key("uniqueItems"));
        let wanted: Vec<&Json> = parts.iter().filter_map(|part| part.get("contains")).collect();
        let mut items: Vec<Json> = Vec::new();
        for at in 0..length {
            let place = |part: &&'s Map<Json>| {
                let prefix = part.get("prefixItems").and_then(Json::as_array).unwrap_or_default();
                prefix.get(at).or_else(|| part.get("items"))
            };
            let mut schemas: Vec<&'s Json> = parts.iter().filter_map(place).collect();
            if schemas.contains(&&Json::Bool(false)) && !self.random.percent(5) {
                break;
            }
            if self.random.percent(60) {
                schemas.extend(&wanted);
            }
            let repeated = self.random.percent(6).then(|| self.random.pick(&items).cloned()).flatten();
            let item = repeated.unwrap_or_else(|| self.value(&schemas, depth - 1));
            if !(unique && items.contains(&item) && self.random.percent(80)) {
                items.push(item);
            }
        }
        Json::Array(items)
    }

    fn object(&mut self, parts: &[&'s Map<Json>], depth: u32) -> Json {
        let mut members = Map::new();
        for name in self.names(parts, depth) {
            let schemas: Vec<&Json> = parts.iter().filter_map(|part| member(part, name)).collect();
            if schemas.contains(&&Json::Bool(false)) && !self.random.percent(6) {
                continue;
            }
            let value = self.value(&schemas, depth - 1);
            members.insert(name.to_owned(), value);
        }
        Json::Object(members)
    }

    /// Which members an object is to have.
    fn names(&mut self, parts: &[&'s Map<Json>], depth: u32) -> Vec<&'s str> {
        let mut names: Vec<&str> = Vec::new();
        for part in parts {
            for name in part.get("required").and_then(Json::as_array).unwrap_or_default() {
                names.extend(name.as_str().filter(|_| !self.random.percent(2)));
            }
            for name in part.get("properties").and_then(Json::as_object).into_iter().flat_map(Map::keys) {
                if depth > BARE && self.random.percent(50) {
                    names.push(name);
                }
            }
        }
        let least = self.count(parts, "minProperties", "maxProperties", 1);
        let open = parts.iter().any(|part| part.contains_key("additionalProperties"));
        let more = if depth <= BARE { 0 } else { least.saturating_sub(names.len()).max(usize::from(open)) };
        for _ in 0..more + usize::from(self.random.percent(8)) {
            names.extend(self.random.pick(MEMBERS));
        }
        names.sort_unstable();
        names.dedup();
        if self.random.percent(50) {
            names.reverse();
        }
        names
    }

    /// How many items or members: within the bounds, or one beyond them.
    fn count(&mut self, parts: &[&Map<Json>], low: &str, high: &str, spread: usize) -> usize {
        let bounds =
            |name: &str| parts.iter().filter_map(|part| part.get(name)?.as_u64()).collect::<Vec<_>>();
        let size = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
        let least = bounds(low).into_iter().max().map_or(0, size);
        let most = bounds(high).into_iter().min().map(size);
        let count = least + self.random.below(spread + 1);
        let count = most.map_or(count, |most| count.min(most));
        match self.random.below(100) {
            0..4 => count.saturating_sub(1),
            4..8 => most.map_or(count, |most| most.min(20) + 1),
            _ => count,
        }
    }
}

/// The schema that a part has for a member.
fn member<'s>(part: &'s Map<Json>, name: &str) -> Option<&'s Json> {
    let named = part.get("properties").and_then(|properties| properties.get(name));
    let matching = || {
        let patterns = part.get("patternProperties").and_then(Json::as_object)?;
        patterns.iter().find(|(pattern, _)| fits(pattern, name)).map(|(_, schema)| schema)
    };
    named
        .or_else(matching)
        .or_else(|| part.get("additionalProperties"))
        .or_else(|| part.get("unevaluatedProperties"))
}

/// Whether a name fits one of the few patterns that there are for names; nothing is decided by it.
fn fits(pattern: &str, name: &str) -> bool {
    match pattern {
        "^x-" => name.starts_with("x-"),
        "a" => name.contains('a'),
        "^\\d" => name.starts_with(|first: char| first.is_ascii_digit()),
        _ => name.chars().all(|character| character.is_ascii_lowercase()),
    }
}
