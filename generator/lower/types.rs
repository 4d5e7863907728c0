//! Schemas become Rust types. A schema is first seen as its *parts*, the keywords that must all hold; then it is
//! classified; then the class is built. What types cannot decide is not lost: the type is *judged*, which means that
//! its decoder asks the full schema (`schemas.jsonl`) before it takes the value apart.

mod array;
mod boxing;
mod branch;
mod class;
mod constants;
mod enumeration;
mod home;
mod judge;
mod keep;
mod memo;
mod object;
mod parts;
mod same;
mod scalar;
mod select;
mod shape;
mod share;
mod site;
mod tables;
mod tag;
mod union;
mod usage;

use std::collections::BTreeSet;

use counterpart_runtime::Json;

pub use self::judge::Judge;
pub use self::scalar::heeds_format;
pub use self::tables::Roots;
pub use self::usage::Reach;
use self::{home::Homes, memo::Memo, parts::Parts, same::Same, site::Site};
use crate::{
    contract::{Contract, Keywords, Schema, SchemaId, Type, TypeSet},
    ir::{Check, TypeDef, TypeId, TypeKind, TypeRef, Usage, Wish},
    options::Options,
    source::{Node, Sources},
};

/// What is being lowered: schemas that must all hold, perhaps only for values of some types.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Target {
    /// The schemas.
    ids: Vec<SchemaId>,
    /// Values of other types are out of question here.
    only: Option<TypeSet>,
}

impl Target {
    fn one(id: SchemaId) -> Self {
        Self { ids: vec![id], only: None }
    }

    fn all(mut ids: Vec<SchemaId>, only: Option<TypeSet>) -> Self {
        ids.sort_unstable();
        ids.dedup();
        Self { ids, only }
    }

    /// The same schemas for values of these types only.
    fn only(&self, types: TypeSet) -> Self {
        Self { ids: self.ids.clone(), only: Some(types) }
    }

    fn single(&self) -> Option<SchemaId> {
        match (self.ids.as_slice(), &self.only) {
            ([id], None) => Some(*id),
            _ => None,
        }
    }
}

/// A type in use, and what it leaves to be checked.
#[derive(Clone, Debug)]
struct Lowered {
    ty: TypeRef,
    checks: Vec<Check>,
}

impl Lowered {
    fn exact(ty: TypeRef) -> Self {
        Self { ty, checks: Vec::new() }
    }
}

type Key = (Target, Usage);

/// Collects types and schema roots while operations and components ask for them.
pub struct TypeLowering<'c> {
    contract: &'c Contract<'c>,
    sources: &'c Sources,
    options: &'c Options,
    homes: Homes<'c>,
    reach: &'c Reach,
    same: Same,
    types: Vec<TypeDef>,
    memo: Memo,
    busy: BTreeSet<Key>,
    roots: Roots,
    /// Unions whose branches keep what only other branches name, and which of them do.
    keeping: Vec<(TypeId, Vec<bool>)>,
}

impl<'c> TypeLowering<'c> {
    /// Nothing lowered yet.
    pub fn new(
        contract: &'c Contract<'c>,
        reach: &'c Reach,
        sources: &'c Sources,
        options: &'c Options,
    ) -> Self {
        Self {
            contract,
            sources,
            options,
            homes: Homes::of(contract),
            same: Same::of(contract, options, reach),
            reach,
            types: Vec::new(),
            memo: Memo::default(),
            busy: BTreeSet::new(),
            roots: Roots::default(),
            keeping: Vec::new(),
        }
    }

    /// The Rust type of a schema; `place` names it if it needs a name and has none.
    pub fn type_of(&mut self, schema: SchemaId, usage: Usage, place: &[String]) -> TypeRef {
        self.lower(&Target::one(schema), usage, place).ty
    }

    /// Whether the Rust type alone decides the schema.
    pub fn is_exact(&mut self, schema: SchemaId, usage: Usage, place: &[String]) -> bool {
        self.checks_of(schema, usage, place).is_empty()
    }

    /// What the Rust type alone does not decide.
    pub fn checks_of(&mut self, schema: SchemaId, usage: Usage, place: &[String]) -> Vec<Check> {
        self.lower(&Target::one(schema), usage, place).checks
    }

    /// The number of a schema in `schemas.jsonl`.
    pub fn root_of(&mut self, schema: SchemaId, usage: Usage) -> u32 {
        self.root(&Target::one(schema), usage)
    }

    /// How text becomes JSON for this schema (parameters, headers, forms), for `operations.jsonl`.
    pub fn shape_of(&self, schema: SchemaId, usage: Usage) -> Json {
        shape::of(self.contract, schema, usage, &mut Vec::new())
    }

    /// What an item of a multipart body is used for.
    pub fn usage_of_item(&self, schema: SchemaId, usage: Usage) -> Usage {
        usage::of_item(self.contract, schema, usage)
    }

    /// The schemas of the first items of an array, and that of all others.
    pub fn items_of(&self, schema: SchemaId) -> (Vec<SchemaId>, Option<SchemaId>) {
        let parts = Parts::gather(self.contract, &Target::one(schema));
        let first = parts.list.iter().map(|part| &part.prefix_items).find(|first| !first.is_empty());
        (first.cloned().unwrap_or_default(), parts.list.iter().find_map(|part| part.items))
    }

    /// Whether values of this schema must never be shown.
    pub fn is_secret(&self, schema: SchemaId) -> bool {
        let parts = Parts::gather(self.contract, &Target::one(schema));
        parts.list.iter().any(|part| part.write_only || part.format == Some("password"))
    }

    /// The `default` of a schema, its own or that of what it refers to.
    pub fn default_of(&self, schema: SchemaId) -> Option<Json> {
        let parts = Parts::gather(self.contract, &Target::one(schema));
        parts.list.iter().find_map(|part| self.default_in(part))
    }

    /// The `default` among some keywords.
    fn default_in(&self, keywords: &Keywords) -> Option<Json> {
        self.sources.node(keywords.default?).map(Node::to_json)
    }

    /// Lowers the components that nothing asked for, unless operations were chosen; boxes what is recursive, and writes the schema table.
    pub fn finish(mut self) -> (Vec<TypeDef>, Vec<String>) {
        let shaped: BTreeSet<String> = self.types.iter().filter_map(|def| component_of(&def.wish)).collect();
        let all = self.options.operations.is_empty();
        for (name, id) in self.contract.components.iter().filter(|_| all) {
            let target = Target::one(self.behind(*id));
            let named = target.single().and_then(|id| self.homes.carried_by(id));
            if named != Some(name.as_str()) {
                // A second name for the same place: an alias of the first.
                let usage = self.reach.plain(&target);
                let ty = self.lower(&target, usage, &[]).ty;
                let root = self.root(&target, usage);
                self.define(&target, Wish::Component(name.clone()), root, TypeKind::Alias(ty));
            } else if !shaped.contains(name) {
                self.lower(&target, self.reach.plain(&target), &[]);
            }
        }
        // Nothing is looked up any more, and what follows needs room.
        self.memo = Memo::default();
        self.types.shrink_to_fit();
        keep::apply(&mut self.types, &self.keeping);
        boxing::break_cycles(&mut self.types);
        share::once(&mut self.types);
        let lines = tables::lines(self.contract, self.options, self.reach, &self.same, self.roots);
        (self.types, lines)
    }

    fn schema(&self, id: SchemaId) -> &'c Schema<'c> {
        self.contract.schemas.get(id)
    }

    fn root(&mut self, target: &Target, usage: Usage) -> u32 {
        let mut target = target.clone();
        while let Some(next) = self.transparent(&target) {
            target = next;
        }
        let usage = self.reach.normal(&target, usage);
        self.roots.number(self.same.target(&target), usage)
    }

    /// Lowers a target once per usage that makes a difference.
    fn lower(&mut self, target: &Target, usage: Usage, place: &[String]) -> Lowered {
        let usage = self.reach.normal(target, usage);
        if let Some(known) = self.memo.get(target, usage) {
            return known;
        }
        let key = (target.clone(), usage);
        if !self.busy.insert(key.clone()) {
            // An unnamed schema that contains itself: it gets a name here, and its full schema decides.
            let id = self.reserve(target, usage, self.wish(target, usage, place));
            return self.fill_judged(id, TypeRef::Json);
        }
        let component = target.single().and_then(|id| self.homes.carried_by(id));
        // What is referred to from elsewhere is named for itself, not for the first place that refers to it.
        let hint = target.single().and_then(|id| self.contract.names.get(&id)).map(|name| [name.clone()]);
        let place = hint.as_ref().map_or(place, |hint| hint.as_slice());
        let lowered = match component {
            Some(name) => self.lower_component(&key, name),
            None => match self.transparent(target) {
                Some(next) => self.lower(&next, usage, place),
                None => self.build(target, usage, place, None),
            },
        };
        self.busy.remove(&key);
        self.memo.settle(target, usage, lowered)
    }

    /// A component schema always has a type of its own name, reserved before its parts are lowered.
    fn lower_component(&mut self, key: &Key, name: &str) -> Lowered {
        let (target, usage) = key;
        let wish = match self.reach.marked(target, *usage) {
            Usage::Whole => Wish::Component(name.to_owned()),
            usage => Wish::Shape(name.to_owned(), usage),
        };
        let id = self.reserve(target, *usage, wish);
        let place = [name.to_owned()];
        let lowered = match self.transparent(target) {
            Some(next) => self.lower(&next, *usage, &place),
            None => self.build(target, *usage, &place, Some(id)),
        };
        if lowered.ty != TypeRef::Named(id) {
            self.close_wrapper(id, lowered);
        }
        Lowered::exact(TypeRef::Named(id))
    }

    /// Makes a reserved name an alias of a plain type, or a newtype of what has constraints or contains others.
    fn close_wrapper(&mut self, id: TypeId, inner: Lowered) {
        let own =
            matches!(inner.ty, TypeRef::List(_) | TypeRef::Map(_) | TypeRef::Tuple(_) | TypeRef::Nullable(_));
        let kind = if own || !inner.checks.is_empty() {
            TypeKind::Newtype { inner: inner.ty, checks: inner.checks }
        } else {
            TypeKind::Alias(inner.ty)
        };
        self.fill(id, false, kind);
    }

    /// A schema that says nothing but "as that one".
    fn transparent(&self, target: &Target) -> Option<Target> {
        parts::transparent(self.contract, target.single()?).map(Target::one)
    }

    /// Adds a named type.
    fn define(&mut self, target: &Target, wish: Wish, root: u32, kind: TypeKind) -> TypeId {
        let first = target.ids.first().copied();
        let at = first.map_or(crate::source::Span::NONE, |id| self.schema(id).at);
        let keywords = first.and_then(|id| self.schema(id).keywords());
        let id = TypeId(u32::try_from(self.types.len()).unwrap_or(u32::MAX));
        self.types.push(TypeDef {
            at,
            wish,
            docs: keywords.map(|keywords| documentation(keywords, self.sources)).unwrap_or_default(),
            deprecated: keywords.is_some_and(|keywords| keywords.deprecated),
            root,
            judged: self.reach.is_dynamic(target),
            kind,
        });
        id
    }

    /// Reserves a named type before its parts are lowered, so that they may refer to it.
    fn reserve(&mut self, target: &Target, usage: Usage, wish: Wish) -> TypeId {
        let usage = self.reach.normal(target, usage);
        let root = self.root(target, usage);
        let id = self.define(target, wish, root, TypeKind::Alias(TypeRef::Json));
        self.memo.insert(target, usage, id);
        id
    }

    /// The reserved name, or one from the place.
    fn named(&mut self, site: &Site<'_>) -> TypeId {
        let Site { target, usage, place, slot, .. } = site;
        slot.unwrap_or_else(|| self.reserve(target, *usage, self.wish(target, *usage, place)))
    }

    fn fill(&mut self, id: TypeId, judged: bool, mut kind: TypeKind) -> Lowered {
        kind.shrink();
        if let Some(def) = self.types.get_mut(id.0 as usize) {
            def.judged |= judged;
            def.kind = kind;
        }
        Lowered::exact(TypeRef::Named(id))
    }

    /// A named type that holds any JSON and is decided by its full schema.
    fn judged_json(&mut self, site: &Site<'_>) -> Lowered {
        self.judged(site, TypeRef::Json)
    }

    /// A named type that is decided by its full schema, whatever it holds.
    fn judged(&mut self, site: &Site<'_>, inner: TypeRef) -> Lowered {
        let id = self.named(site);
        self.fill_judged(id, inner)
    }

    fn fill_judged(&mut self, id: TypeId, inner: TypeRef) -> Lowered {
        self.fill(id, true, TypeKind::Newtype { inner, checks: Vec::new() })
    }

    /// A type without checks left over: what has some becomes a newtype.
    fn closed(&mut self, target: &Target, usage: Usage, place: &[String]) -> TypeRef {
        let lowered = self.lower(target, usage, place);
        if lowered.checks.is_empty() {
            return lowered.ty;
        }
        let root = self.root(target, usage);
        let kind = TypeKind::Newtype { inner: lowered.ty, checks: lowered.checks };
        let wish = self.wish(target, usage, place);
        let id = self.define(target, wish, root, kind);
        let usage = self.reach.normal(target, usage);
        self.memo.insert(target, usage, id);
        TypeRef::Named(id)
    }
}

/// An example of so many bytes is not looked at: written on one line, it would still be long.
const LONG: usize = 4096;

/// Title and description of a schema, and its first example where that is short.
fn documentation(keywords: &Keywords, sources: &Sources) -> String {
    let mut text = match (keywords.title, keywords.description) {
        (Some(title), Some(description)) if !description.starts_with(title) => {
            format!("{title}\n\n{description}")
        }
        (_, Some(text)) | (Some(text), None) => text.to_owned(),
        (None, None) => String::new(),
    };
    let example = keywords.examples.first().and_then(|id| sources.node(*id));
    let example = example.filter(|node| node.span().len() <= LONG).map(|node| node.to_json().to_string());
    if let Some(example) = example.filter(|example| example.len() <= 80 && !example.contains(['`', '\n'])) {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(&format!("Example: `{example}`."));
    }
    text
}

fn component_of(wish: &Wish) -> Option<String> {
    match wish {
        Wish::Component(name) | Wish::Shape(name, _) => Some(name.clone()),
        Wish::Place(_) | Wish::Values(_) => None,
    }
}

/// The type list without one type; `None` if it was not there.
fn without(types: &[Type], gone: Type) -> Option<TypeSet> {
    types.contains(&gone).then(|| types.iter().copied().filter(|ty| *ty != gone).collect())
}
