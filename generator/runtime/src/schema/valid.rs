//! The quick judge: whether a schema accepts a value, and nothing more.

use super::budget::{Budget, Key, Memory};
use super::node::{Keyword, Leaf, Members, Rules, Schema};
use super::tables::Tables;
use super::unevaluated::Marks;
use super::{Limits, leaf};
use crate::pattern::Compiled;
use crate::{Json, Map};

/// The state of one judgement.
pub(super) struct Judge<'t> {
    pub tables: &'t Tables,
    /// Resources that evaluation is inside of, outermost first.
    scopes: Vec<&'t Map<u32>>,
    pub budget: Budget<'t>,
    memory: Memory<bool>,
    /// Why a part of the table cannot be judged by. Answers mean nothing from then on.
    pub defect: Option<&'t str>,
    /// Marks what failed as well, so that `unevaluated…` complains only of what no schema knows.
    pub lenient: bool,
}

/// Steps of a search with look-around or back references that count as one: each looks at one character.
const STEPS_OF_SEARCH: u64 = 8;

impl<'t> Judge<'t> {
    pub fn new(tables: &'t Tables, value: &'t Json, limits: &Limits) -> Self {
        Self {
            tables,
            scopes: Vec::new(),
            budget: Budget::new(value, limits),
            memory: Memory::new(),
            defect: None,
            lenient: false,
        }
    }

    /// Whether the schema accepts the value; `false` when a bound is exceeded or the table is broken.
    pub fn accepts(&mut self, schema: &'t Schema, value: &Json) -> bool {
        self.judge(schema, value, None) && !self.is_void()
    }

    /// Whether answers mean nothing.
    fn is_void(&self) -> bool {
        self.budget.exhausted || self.defect.is_some()
    }

    pub fn spend(&mut self, steps: u64) -> bool {
        self.budget.spend(steps)
    }

    /// Goes into a schema; a `true` asks for [`Judge::leave`].
    pub fn enter(&mut self, rules: &'t Rules) -> bool {
        if self.budget.depth == 0 {
            self.budget.exhausted = true;
        }
        if !self.spend(1) {
            return false;
        }
        self.budget.depth -= 1;
        self.scopes.extend(&rules.resource);
        true
    }

    pub fn leave(&mut self, rules: &Rules) {
        self.budget.depth += 1;
        if rules.resource.is_some() {
            self.scopes.pop();
        }
    }

    /// What a `$dynamicRef` means here: the outermost resource in scope that has the anchor decides, provided that
    /// the resource of `root` has it too (JSON Schema Core 2020-12, section 8.2.3.2).
    pub fn dynamic(&self, anchor: &str, root: u32) -> &'t Schema {
        let initial = self.tables.root(root);
        let anchored = match initial {
            Schema::Rules(rules) => {
                rules.resource.as_ref().is_some_and(|anchors| anchors.contains_key(anchor))
            }
            _ => false,
        };
        let outermost = self.scopes.iter().find_map(|anchors| anchors.get(anchor));
        match outermost {
            Some(root) if anchored => self.tables.root(*root),
            _ => initial,
        }
    }

    fn judge(&mut self, schema: &'t Schema, value: &Json, marks: Option<&mut Marks>) -> bool {
        let rules = match schema {
            Schema::Always(answer) => return *answer,
            Schema::Broken(why) => {
                self.defect.get_or_insert(why);
                return false;
            }
            Schema::Rules(rules) => rules,
        };
        if !self.enter(rules) {
            return false;
        }
        let unevaluated = match value {
            Json::Array(_) => rules.unevaluated_items.as_ref(),
            Json::Object(_) => rules.unevaluated_properties.as_ref(),
            _ => None,
        };
        let answer = match unevaluated {
            None => self.keywords(rules, value, marks),
            Some(schema) => self.rest(rules, schema, value, marks),
        };
        self.leave(rules);
        answer
    }

    /// All keywords but `unevaluatedItems` and `unevaluatedProperties`.
    pub fn keywords(&mut self, rules: &'t Rules, value: &Json, mut marks: Option<&mut Marks>) -> bool {
        let thorough = self.lenient && marks.is_some();
        let mut answer = true;
        for keyword in &rules.keywords {
            answer &= self.keyword(keyword, value, marks.as_deref_mut());
            if !answer && !thorough {
                return false;
            }
        }
        answer
    }

    /// `unevaluatedItems` or `unevaluatedProperties`, after all others.
    fn rest(
        &mut self,
        rules: &'t Rules,
        schema: &'t Schema,
        value: &Json,
        marks: Option<&mut Marks>,
    ) -> bool {
        let mut inner = Marks::none(value);
        let mut answer = self.keywords(rules, value, Some(&mut inner));
        if answer {
            answer = match value {
                Json::Array(items) => {
                    items.iter().enumerate().all(|(at, item)| inner.has(at) || self.judge(schema, item, None))
                }
                Json::Object(members) => members
                    .values()
                    .enumerate()
                    .all(|(at, item)| inner.has(at) || self.judge(schema, item, None)),
                _ => true,
            };
        }
        if let Some(marks) = marks {
            marks.set_all();
        }
        answer
    }

    fn keyword(&mut self, keyword: &'t Keyword, value: &Json, mut marks: Option<&mut Marks>) -> bool {
        match keyword {
            Keyword::Leaf(leaf) => self.leaf(leaf, value),
            Keyword::Ref(root) => self.reference(*root, value, marks),
            Keyword::DynamicRef { anchor, root } => self.judge(self.dynamic(anchor, *root), value, marks),
            Keyword::AllOf(schemas) => self.all(schemas.iter(), value, marks),
            Keyword::AnyOf(schemas) => self.matching(schemas, value, marks, 1) > 0,
            Keyword::OneOf(schemas) => self.matching(schemas, value, marks, 2) == 1,
            Keyword::Not(schema) => !self.judge(schema, value, None),
            Keyword::If { condition, then, otherwise } => {
                let branch =
                    if self.attempt(condition, value, marks.as_deref_mut()) { then } else { otherwise };
                branch.as_ref().is_none_or(|branch| self.judge(branch, value, marks))
            }
            other => match value {
                Json::Object(object) => self.object(other, value, object, marks),
                Json::Array(items) => self.array(other, items, marks),
                _ => true,
            },
        }
    }

    /// What another line says; asked again, it says the same, unless it marks members or depends on dynamic anchors.
    fn reference(&mut self, root: u32, value: &Json, marks: Option<&mut Marks>) -> bool {
        let key = if marks.is_none() { self.key(root, value) } else { None };
        if let Some(known) = self.memory.get(key) {
            let known = *known;
            return self.spend(1) && known;
        }
        let answer = self.judge(self.tables.root(root), value, marks);
        if !self.is_void() {
            self.memory.note(key, answer);
        }
        answer
    }

    /// By what it is remembered what a line says about a value.
    pub fn key(&self, root: u32, value: &Json) -> Option<Key> {
        if self.scopes.is_empty() { self.budget.key(root, value) } else { None }
    }

    fn object(
        &mut self,
        keyword: &'t Keyword,
        value: &Json,
        object: &Map<Json>,
        marks: Option<&mut Marks>,
    ) -> bool {
        match keyword {
            Keyword::Members(members) => self.members(members, object, marks),
            Keyword::PropertyNames(schema) => {
                object.keys().all(|name| self.judge(schema, &Json::String(name.clone()), None))
            }
            Keyword::DependentSchemas(schemas) => {
                let present = schemas.iter().filter(|(name, _)| object.contains_key(name));
                self.all(present.map(|(_, schema)| schema), value, marks)
            }
            _ => true,
        }
    }

    fn array(&mut self, keyword: &'t Keyword, items: &[Json], marks: Option<&mut Marks>) -> bool {
        match keyword {
            Keyword::Items { prefix, rest } => self.items(prefix, rest.as_ref(), items, marks),
            Keyword::Contains { schema, min, max } => {
                let count = self.containing(schema, items, marks, max.is_none().then_some(*min));
                count >= *min && max.is_none_or(|max| count <= max)
            }
            _ => true,
        }
    }

    pub fn leaf(&mut self, leaf: &Leaf, value: &Json) -> bool {
        match (leaf, value) {
            (Leaf::Pattern(pattern), Json::String(text)) => self.search(pattern, text),
            (Leaf::Format { .. }, Json::String(text)) => {
                self.spend(text.len() as u64 / 16) && leaf::accepts(leaf, value)
            }
            (Leaf::UniqueItems, Json::Array(items)) => {
                self.spend(items.len() as u64) && leaf::accepts(leaf, value)
            }
            _ => leaf::accepts(leaf, value),
        }
    }

    fn search(&mut self, pattern: &Compiled, text: &str) -> bool {
        if !self.spend(text.len() as u64 / 16 + 1) {
            return false;
        }
        if !pattern.takes_steps() {
            return pattern.is_match(text);
        }
        let mut steps = self.budget.left().saturating_mul(STEPS_OF_SEARCH);
        let before = steps;
        let found = pattern.search(text, &mut steps);
        self.spend((before - steps) / STEPS_OF_SEARCH);
        self.budget.exhausted |= found.is_none();
        found.unwrap_or(false)
    }

    fn all(
        &mut self,
        schemas: impl Iterator<Item = &'t Schema>,
        value: &Json,
        mut marks: Option<&mut Marks>,
    ) -> bool {
        let thorough = self.lenient && marks.is_some();
        let mut answer = true;
        for schema in schemas {
            answer &= self.judge(schema, value, marks.as_deref_mut());
            if !answer && !thorough {
                return false;
            }
        }
        answer
    }

    /// Judges with marks that count only if the schema accepts.
    fn attempt(&mut self, schema: &'t Schema, value: &Json, marks: Option<&mut Marks>) -> bool {
        let Some(marks) = marks else { return self.judge(schema, value, None) };
        let mut inner = marks.cleared();
        let answer = self.judge(schema, value, Some(&mut inner));
        if answer || self.lenient {
            marks.merge(&inner);
        }
        answer
    }

    /// How many of the schemas accept; counts up to `enough` when no marks are wanted.
    fn matching(
        &mut self,
        schemas: &'t [Schema],
        value: &Json,
        mut marks: Option<&mut Marks>,
        enough: usize,
    ) -> usize {
        let mut count = 0;
        for schema in schemas {
            count += usize::from(self.attempt(schema, value, marks.as_deref_mut()));
            if count >= enough && marks.is_none() {
                break;
            }
        }
        count
    }

    fn members(&mut self, members: &'t Members, object: &Map<Json>, mut marks: Option<&mut Marks>) -> bool {
        let mut answer = true;
        if members.patterns.is_empty() && members.additional.is_none() {
            for (name, schema) in &members.named {
                let Some((at, _, value)) = object.get_full(name) else { continue };
                mark(&mut marks, at);
                answer = answer && self.judge(schema, value, None);
                if !answer && marks.is_none() {
                    return false;
                }
            }
            return answer;
        }
        for (at, (name, value)) in object.iter().enumerate() {
            for schema in self.schemas_for(members, name) {
                mark(&mut marks, at);
                answer = answer && self.judge(schema, value, None);
            }
            if !answer && marks.is_none() {
                return false;
            }
        }
        answer
    }

    /// The schemas for a member: those of its name and of matching patterns, or else the one for all others.
    pub fn schemas_for(
        &mut self,
        members: &'t Members,
        name: &str,
    ) -> impl Iterator<Item = &'t Schema> + use<'t> {
        let mut known = Vec::new();
        for (pattern, schema) in &members.patterns {
            if self.search(pattern, name) {
                known.push(schema);
            }
        }
        let named = members.named.get(name);
        let additional = members.additional.as_ref().filter(|_| named.is_none() && known.is_empty());
        named.into_iter().chain(known).chain(additional)
    }

    fn items(
        &mut self,
        prefix: &'t [Schema],
        rest: Option<&'t Schema>,
        items: &[Json],
        mut marks: Option<&mut Marks>,
    ) -> bool {
        let schemas = prefix.iter().map(Some).chain(std::iter::repeat(rest));
        let mut answer = true;
        for (at, (item, schema)) in items.iter().zip(schemas).enumerate() {
            let Some(schema) = schema else { break };
            mark(&mut marks, at);
            answer = answer && self.judge(schema, item, None);
            if !answer && marks.is_none() {
                return false;
            }
        }
        answer
    }

    /// How many items the schema accepts; counts up to `enough` when no marks are wanted.
    pub fn containing(
        &mut self,
        schema: &'t Schema,
        items: &[Json],
        mut marks: Option<&mut Marks>,
        enough: Option<u64>,
    ) -> u64 {
        let mut count = 0;
        for (at, item) in items.iter().enumerate() {
            if marks.is_none() && enough.is_some_and(|enough| count >= enough) {
                break;
            }
            if self.judge(schema, item, None) {
                count += 1;
                mark(&mut marks, at);
            }
        }
        count
    }
}

fn mark(marks: &mut Option<&mut Marks>, at: usize) {
    if let Some(marks) = marks {
        marks.set(at);
    }
}
