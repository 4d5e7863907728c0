//! The thorough judge: everything that a schema has against a value.

use super::budget::Memory;
use super::message;
use super::nearest::nearest;
use super::node::{Keyword, Leaf, Members, Rules, Schema};
use super::tables::Tables;
use super::unevaluated::Marks;
use super::valid::Judge;
use super::{Limits, leaf};
use crate::violation::shortened;
use crate::{Json, Map, Violation};

/// A place in the value, as a list of steps up to its root.
pub(super) enum At<'a> {
    Root,
    Member(&'a At<'a>, &'a str),
    Item(&'a At<'a>, usize),
}

impl At<'_> {
    /// The place as a JSON pointer (RFC 6901).
    pub fn pointer(&self) -> String {
        let mut pointer = String::new();
        self.write(&mut pointer);
        pointer
    }

    fn write(&self, pointer: &mut String) {
        match self {
            Self::Root => {}
            Self::Member(parent, name) => {
                parent.write(pointer);
                pointer.push('/');
                let name = shortened(name);
                if name.contains(['~', '/']) {
                    pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
                } else {
                    pointer.push_str(&name);
                }
            }
            Self::Item(parent, index) => {
                parent.write(pointer);
                pointer.push('/');
                pointer.push_str(&index.to_string());
            }
        }
    }
}

/// All violations of a value, bounded.
pub(super) fn evaluate(tables: &Tables, schema: &Schema, value: &Json, limits: &Limits) -> Vec<Violation> {
    let judge = Judge::new(tables, value, limits);
    let limit = limits.violations.max(1);
    let mut report =
        Report { judge, violations: Vec::new(), limit, secrets: Vec::new(), memory: Memory::new() };
    report.visit(schema, value, &At::Root, "schema");
    if let Some(why) = report.judge.defect {
        return vec![Violation::new("", "broken table", why)];
    }
    if report.judge.budget.exhausted {
        return vec![Violation::new("", "limit", "is too large or too deeply nested to be checked")];
    }
    let Report { mut violations, secrets, .. } = report;
    for violation in &mut violations {
        if secrets.iter().any(|secret| is_within(&violation.pointer, secret)) {
            violation.received = None;
        }
    }
    violations
}

fn is_within(pointer: &str, outer: &str) -> bool {
    pointer.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Steps that it counts to list a violation and to compare it with others.
const STEPS_OF_VIOLATION: u64 = 5;

struct Report<'t> {
    judge: Judge<'t>,
    violations: Vec<Violation>,
    limit: usize,
    /// Pointers of values that must not be repeated.
    secrets: Vec<String>,
    memory: Memory<Vec<Violation>>,
}

impl<'t> Report<'t> {
    /// `under` is the keyword that applies the schema.
    fn visit(&mut self, schema: &'t Schema, value: &Json, at: &At<'_>, under: &'static str) {
        let rules = match schema {
            Schema::Always(true) => return,
            Schema::Always(false) => return self.push(at, value, under, message::refused(under)),
            Schema::Broken(why) => {
                self.judge.defect.get_or_insert(why);
                return;
            }
            Schema::Rules(rules) => rules,
        };
        // When the list is full the walk goes on: a secret may still be found of which something is listed.
        if !self.judge.enter(rules) {
            return;
        }
        if rules.secret {
            self.secrets.push(at.pointer());
        }
        let before = self.violations.len();
        for keyword in &rules.keywords {
            self.keyword(keyword, value, at);
        }
        self.unevaluated(rules, value, at, self.violations.len() > before);
        self.judge.leave(rules);
    }

    fn push(&mut self, at: &At<'_>, value: &Json, keyword: &'static str, message: String) {
        let violation = Violation::new(at.pointer(), keyword, message);
        self.keep(match message::received(value) {
            Some(received) => violation.with_received(received),
            None => violation,
        });
    }

    /// The same can be found on several ways; once is enough.
    fn keep(&mut self, violation: Violation) {
        self.judge.spend(STEPS_OF_VIOLATION);
        if self.violations.len() < self.limit && !self.violations.contains(&violation) {
            self.violations.push(violation);
        }
    }

    /// Keywords that apply schemas to the value itself; the others are left to functions of their own, which keeps
    /// the stack small where schemas nest.
    fn keyword(&mut self, keyword: &'t Keyword, value: &Json, at: &At<'_>) {
        match keyword {
            Keyword::Leaf(leaf) => self.leaf(leaf, value, at),
            Keyword::Ref(root) => self.reference(*root, value, at),
            Keyword::DynamicRef { anchor, root } => {
                self.visit(self.judge.dynamic(anchor, *root), value, at, "$dynamicRef");
            }
            Keyword::AllOf(schemas) => {
                for schema in schemas {
                    self.visit(schema, value, at, "allOf");
                }
            }
            Keyword::AnyOf(schemas) => self.choice(schemas, value, at, "anyOf"),
            Keyword::OneOf(schemas) => self.choice(schemas, value, at, "oneOf"),
            Keyword::Not(schema) => {
                if self.judge.accepts(schema, value) {
                    self.push(at, value, "not", message::excluded(schema));
                }
            }
            Keyword::If { condition, then, otherwise } => {
                let holds = self.judge.accepts(condition, value);
                let (branch, under) = if holds { (then, "then") } else { (otherwise, "else") };
                if let Some(branch) = branch {
                    self.visit(branch, value, at, under);
                }
            }
            other => match value {
                Json::Object(object) => self.object(other, value, object, at),
                Json::Array(items) => self.array(other, value, items, at),
                _ => {}
            },
        }
    }

    /// What another line has against the value, which is found out once.
    fn reference(&mut self, root: u32, value: &Json, at: &At<'_>) {
        let schema = self.judge.tables.root(root);
        let key = self.judge.key(root, value);
        if key.is_none() {
            return self.visit(schema, value, at, "$ref");
        }
        let found = match self.memory.get(key) {
            Some(known) => known.clone(),
            None => {
                let found = self.aside(schema, value, at, "$ref");
                self.memory.note(key, found.clone());
                found
            }
        };
        self.judge.spend(1);
        for violation in found {
            self.keep(violation);
        }
    }

    fn object(&mut self, keyword: &'t Keyword, value: &Json, object: &Map<Json>, at: &At<'_>) {
        match keyword {
            Keyword::Members(members) => self.members(members, object, at),
            Keyword::PropertyNames(schema) => {
                for name in object.keys() {
                    self.name(schema, name, at);
                }
            }
            Keyword::DependentSchemas(schemas) => {
                for (_, schema) in schemas.iter().filter(|(name, _)| object.contains_key(name)) {
                    self.visit(schema, value, at, "dependentSchemas");
                }
            }
            _ => {}
        }
    }

    fn array(&mut self, keyword: &'t Keyword, value: &Json, items: &[Json], at: &At<'_>) {
        match keyword {
            Keyword::Items { prefix, rest } => {
                let rest = std::iter::repeat(rest.as_ref()).map(|schema| (schema, "items"));
                let schemas = prefix.iter().map(|schema| (Some(schema), "prefixItems")).chain(rest);
                for ((index, item), (schema, under)) in items.iter().enumerate().zip(schemas) {
                    let Some(schema) = schema else { break };
                    self.visit(schema, item, &At::Item(at, index), under);
                }
            }
            Keyword::Contains { schema, min, max } => {
                let count = self.judge.containing(schema, items, None, None);
                if let Some((keyword, message)) = message::contains(schema, count, *min, *max) {
                    self.push(at, value, keyword, message);
                }
            }
            _ => {}
        }
    }

    fn leaf(&mut self, leaf: &Leaf, value: &Json, at: &At<'_>) {
        if self.judge.leaf(leaf, value) {
            return;
        }
        let missing = |names: &[String]| -> Vec<String> {
            names.iter().filter(|name| value.get(name).is_none()).cloned().collect()
        };
        match leaf {
            Leaf::Required(names) => {
                for name in missing(names) {
                    let pointer = At::Member(at, &name).pointer();
                    self.keep(Violation::new(pointer, "required", "is required"));
                }
            }
            Leaf::DependentRequired(entries) => {
                for (present, needed) in entries.iter().filter(|(name, _)| value.get(name).is_some()) {
                    for name in missing(needed) {
                        let pointer = At::Member(at, &name).pointer();
                        let message = format!("is required because `{present}` is present");
                        self.keep(Violation::new(pointer, "dependentRequired", message));
                    }
                }
            }
            Leaf::UniqueItems => {
                let pair = value.as_array().and_then(leaf::duplicates);
                let message = pair.map_or_else(
                    || "must not contain equal items".to_owned(),
                    |(a, b)| format!("must not contain equal items, but items {a} and {b} are"),
                );
                self.push(at, value, "uniqueItems", message);
            }
            _ => {
                let (keyword, message) = message::leaf(leaf, value);
                self.push(at, value, keyword, message);
            }
        }
    }

    fn members(&mut self, members: &'t Members, object: &Map<Json>, at: &At<'_>) {
        for (name, value) in object {
            let named = members.named.contains_key(name);
            let additional = members.additional.as_ref();
            for schema in self.judge.schemas_for(members, name) {
                let under = match additional {
                    Some(additional) if std::ptr::eq(additional, schema) => "additionalProperties",
                    _ if named => "properties",
                    _ => "patternProperties",
                };
                self.visit(schema, value, &At::Member(at, name), under);
            }
        }
    }

    fn name(&mut self, schema: &'t Schema, name: &str, at: &At<'_>) {
        let value = Json::String(name.to_owned());
        let reasons = self.aside(schema, &value, &At::Root, "propertyNames");
        for reason in reasons {
            let pointer = At::Member(at, name).pointer();
            self.keep(Violation::new(pointer, "propertyNames", format!("its name {}", reason.message)));
        }
    }

    /// Visits with a list of violations of its own and returns that.
    fn aside(
        &mut self,
        schema: &'t Schema,
        value: &Json,
        at: &At<'_>,
        under: &'static str,
    ) -> Vec<Violation> {
        let outer = std::mem::take(&mut self.violations);
        self.visit(schema, value, at, under);
        std::mem::replace(&mut self.violations, outer)
    }

    /// `anyOf` and `oneOf`: when no branch accepts, the nearest one tells why.
    fn choice(&mut self, schemas: &'t [Schema], value: &Json, at: &At<'_>, keyword: &'static str) {
        let mut reasons = Vec::with_capacity(schemas.len());
        for schema in schemas {
            reasons.push(self.aside(schema, value, at, keyword));
        }
        self.choose(reasons, value, at, keyword);
    }

    fn choose(&mut self, reasons: Vec<Vec<Violation>>, value: &Json, at: &At<'_>, keyword: &'static str) {
        let matching = |(index, reasons): (usize, &Vec<Violation>)| reasons.is_empty().then_some(index + 1);
        let matching: Vec<usize> = reasons.iter().enumerate().filter_map(matching).collect();
        match matching.len() {
            0 => {
                let (summary, chosen) = nearest(&at.pointer(), keyword, reasons);
                for violation in summary.into_iter().chain(chosen) {
                    self.keep(violation);
                }
            }
            1 => {}
            _ if keyword == "anyOf" => {}
            _ => self.push(at, value, keyword, message::several(&matching)),
        }
    }

    fn unevaluated(&mut self, rules: &'t Rules, value: &Json, at: &At<'_>, failed: bool) {
        let (schema, under) = match value {
            Json::Array(_) => (&rules.unevaluated_items, "unevaluatedItems"),
            Json::Object(_) => (&rules.unevaluated_properties, "unevaluatedProperties"),
            _ => return,
        };
        let Some(schema) = schema else { return };
        let mut marks = Marks::none(value);
        self.judge.lenient = failed;
        self.judge.keywords(rules, value, Some(&mut marks));
        self.judge.lenient = false;
        match value {
            Json::Array(items) => {
                for (index, item) in items.iter().enumerate().filter(|(index, _)| !marks.has(*index)) {
                    self.visit(schema, item, &At::Item(at, index), under);
                }
            }
            Json::Object(members) => {
                for (_, (name, member)) in members.iter().enumerate().filter(|(index, _)| !marks.has(*index))
                {
                    self.visit(schema, member, &At::Member(at, name), under);
                }
            }
            _ => {}
        }
    }
}
