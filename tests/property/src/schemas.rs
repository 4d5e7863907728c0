//! Random contracts. What they are made of is weighted by how often real contracts use it; what those use least is
//! raised a little, so that it occurs at all.

// By their paths, because the build script includes this file by its own.
#[path = "schemas/combined.rs"]
mod combined;
#[path = "schemas/compound.rs"]
mod compound;
#[path = "schemas/generic.rs"]
mod generic;
#[path = "schemas/old.rs"]
pub mod old;
#[path = "schemas/scalar.rs"]
mod scalar;

use counterpart_runtime::{Json, Map};

use crate::random::Random;

/// Names of members: ordinary ones, and those that are no Rust identifiers or collide as such.
pub const MEMBERS: &[&str] = &[
    "id",
    "name",
    "kind",
    "type",
    "tags",
    "value",
    "createdAt",
    "created_at",
    "x-rate",
    "2fa",
    "größe",
    "$id",
];

/// A contract with that many component schemas, which refer to each other.
///
/// Where they are plain, none is a resource of its own.
pub fn contract(random: &mut Random, size: usize, plain: bool) -> Json {
    let mut components = Map::new();
    // A schema with a hole, and one that fills it, are the last two.
    let generic = !plain && random.percent(30);
    for at in 0..size {
        let resources = if generic { size.saturating_sub(2) } else { size };
        let anchors = if plain { 0 } else { resources };
        let mut schemas = Schemas { random, at, size, anchors, alone: false, free: false };
        let schema = match at.checked_sub(resources) {
            None if plain => schemas.component(),
            None => schemas.anchored(),
            Some(0) => schemas.hollow(),
            Some(_) => schemas.filled(),
        };
        components.insert(component(at), schema);
    }
    let info = object([("title", "Random".into()), ("version", "1".into())]);
    let components = object([("schemas", Json::Object(components))]);
    object([("openapi", "3.1.1".into()), ("info", info), ("components", components)])
}

/// The name of a component.
pub fn component(at: usize) -> String {
    format!("S{at}")
}

fn object<const N: usize>(members: [(&str, Json); N]) -> Json {
    Json::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

/// Makes schemas of one component.
struct Schemas<'r> {
    random: &'r mut Random,
    /// The number of the component.
    at: usize,
    /// How many there are.
    size: usize,
    /// How many components have anchors.
    anchors: usize,
    /// What is made is part of a resource, from where components cannot be referred to by pointer.
    alone: bool,
    /// A value need not contain what is made here, so that any component may be referred to and there is still a
    /// finite value.
    free: bool,
}

type Make<'r> = fn(&mut Schemas<'r>, u32) -> Json;

impl<'r> Schemas<'r> {
    /// A component with an anchor.
    fn anchored(&mut self) -> Json {
        let anchor = Map::from_iter([("$anchor".to_owned(), format!("at{}", component(self.at)).into())]);
        match self.component() {
            Json::Object(members) => Json::Object(anchor.into_iter().chain(members).collect()),
            Json::Bool(false) => {
                Json::Object(anchor.into_iter().chain([("not".to_owned(), true.into())]).collect())
            }
            _ => Json::Object(anchor),
        }
    }

    fn component(&mut self) -> Json {
        let kinds: &[(usize, Make<'r>)] = &[
            (45, Self::structure),
            (12, Self::union),
            (12, Self::composition),
            (8, Self::string),
            (5, Self::array),
            (5, Self::map),
            (3, Self::number),
            (3, Self::integer),
            (3, Self::schema),
            (2, Self::untyped),
            (2, Self::excluding),
        ];
        self.random.weighted(kinds).map_or(Json::Bool(true), |make| make(self, 3))
    }

    /// A schema that goes at most so deep.
    fn schema(&mut self, depth: u32) -> Json {
        let flat: &[(usize, Make<'r>)] = &[
            (32, Self::string),
            (13, Self::integer),
            (8, Self::number),
            (6, Self::boolean),
            (2, Self::null),
            (14, Self::reference),
            (3, Self::anything),
            (2, Self::values),
            (3, Self::several_types),
            (2, Self::untyped),
        ];
        let deep: &[(usize, Make<'r>)] = &[
            (12, Self::structure),
            (5, Self::map),
            (13, Self::array),
            (10, Self::union),
            (6, Self::composition),
            (2, Self::excluding),
        ];
        let all: Vec<(usize, Make<'r>)> = flat.iter().chain(deep).copied().collect();
        let kinds = if depth == 0 { flat } else { all.as_slice() };
        self.random.weighted(kinds).map_or(Json::Bool(true), |make| make(self, depth.saturating_sub(1)))
    }

    /// A schema that a value need not have a part for.
    fn optional(&mut self, depth: u32) -> Json {
        let before = std::mem::replace(&mut self.free, true);
        let schema = self.schema(depth);
        self.free = before;
        schema
    }

    /// A schema that a value has a part for.
    fn needed(&mut self, depth: u32) -> Json {
        let before = std::mem::replace(&mut self.free, false);
        let schema = self.schema(depth);
        self.free = before;
        schema
    }

    fn reference(&mut self, depth: u32) -> Json {
        let most = if self.free { self.size } else { self.at };
        if most == 0 || self.alone {
            return self.string(depth);
        }
        let at = self.random.below(most);
        let target = match at < self.anchors && self.random.percent(12) {
            true => format!("#at{}", component(at)),
            false => format!("#/components/schemas/{}", component(at)),
        };
        let mut schema = Map::from_iter([("$ref".to_owned(), target.into())]);
        if self.random.percent(12) {
            self.constrain(&mut schema);
        }
        Json::Object(schema)
    }

    fn anything(&mut self, _: u32) -> Json {
        match self.random.below(10) {
            0 => Json::Bool(true),
            1 if self.free => Json::Bool(false),
            _ => Json::Object(Map::new()),
        }
    }

    /// Adds `null` to the types that a schema allows.
    fn nullable(&mut self, schema: Json) -> Json {
        let Json::Object(mut members) = schema else { return schema };
        if self.random.percent(12)
            && let Some(ty) = members.get_mut("type").filter(|ty| ty.as_str().is_some())
        {
            *ty = [ty.clone(), "null".into()].into_iter().collect();
            if let Some(Json::Array(values)) = members.get_mut("enum")
                && self.random.percent(80)
            {
                values.push(Json::Null);
            }
        }
        Json::Object(members)
    }
}
