//! Strings, numbers, enumerations.

use counterpart_runtime::{Json, Map, Number};

use super::{Schemas, object};

/// Patterns; [`crate::values`] knows texts for them.
const PATTERNS: &[&str] = &[
    "^[a-z]+$",
    "^\\d{3}$",
    "foo",
    "^(?!admin)[a-z]*$",
    "^[A-Z]{2}-\\d+$",
    "^.$",
    "^\\w*$",
    "^\\S+@\\S+$",
    "^(a|bc)*$",
    "[^\\s]",
    "^[0-9a-f]{8}$",
    "^$",
];
const FORMATS: &[(usize, &str)] = &[
    (8, "date-time"),
    (4, "date"),
    (6, "uuid"),
    (3, "uri"),
    (3, "byte"),
    (2, "email"),
    (1, "ipv4"),
    (1, "ipv6"),
    (1, "hostname"),
    (1, "duration"),
    (1, "json-pointer"),
    (1, "uri-reference"),
    (1, "time"),
    (1, "password"),
    (1, "binary"),
    (1, "unknown"),
];
const WORDS: &[&str] = &["asc", "desc", "-asc", "a b", "", "Asc", "1", "null", "ünï", "💩", "type"];
/// Bounds where native types, floats or decimals end, and ordinary ones.
const BOUNDS: &[&str] = &[
    "0",
    "1",
    "2",
    "10",
    "100",
    "-1",
    "-10",
    "255",
    "-2147483648",
    "2147483647",
    "9007199254740991",
    "9007199254740993",
    "-9223372036854775808",
    "9223372036854775807",
    "18446744073709551615",
    "0.5",
    "99.99",
    "-0.1",
    "1e3",
    "5.0",
];
const DIVISORS: &[&str] = &["1", "2", "3", "10", "0.01", "0.5", "0.1", "1.0", "1e2", "0.0001", "7.5"];

pub(super) fn number(lexeme: &str) -> Json {
    Number::from_lexeme(lexeme).map_or(Json::Null, Json::Number)
}

impl Schemas<'_> {
    pub(super) fn string(&mut self, _: u32) -> Json {
        let mut schema = Map::from_iter([("type".to_owned(), "string".into())]);
        match self.random.below(100) {
            0..20 => {
                let words = self.random.some(WORDS, 40);
                let words = if words.is_empty() { vec!["only"] } else { words };
                schema.insert("enum".to_owned(), words.into_iter().collect());
            }
            20..26 => {
                schema.insert("const".to_owned(), (*self.random.pick(WORDS).unwrap_or(&"")).into());
            }
            26..42 => {
                let format = self.random.weighted(FORMATS).unwrap_or_default();
                schema.insert("format".to_owned(), format.into());
            }
            42..62 => self.lengths(&mut schema),
            62..74 => self.pattern(&mut schema),
            74..78 => {
                self.lengths(&mut schema);
                self.pattern(&mut schema);
            }
            _ => {}
        }
        self.nullable(Json::Object(schema))
    }

    pub(super) fn lengths(&mut self, schema: &mut Map<Json>) {
        let least = self.random.below(4);
        if self.random.percent(60) {
            schema.insert("minLength".to_owned(), least.into());
        }
        if self.random.percent(70) {
            schema.insert("maxLength".to_owned(), (least + self.random.below(6)).into());
        }
    }

    fn pattern(&mut self, schema: &mut Map<Json>) {
        let pattern = *self.random.pick(PATTERNS).unwrap_or(&"");
        schema.insert("pattern".to_owned(), pattern.into());
    }

    pub(super) fn integer(&mut self, _: u32) -> Json {
        let mut schema = Map::from_iter([("type".to_owned(), "integer".into())]);
        if self.random.percent(8) {
            let values: &[Json] = &[1.into(), 2.into(), number("1e2"), number("-7")];
            schema.insert("enum".to_owned(), Json::Array(self.random.some(values, 70)));
            schema.retain(|_, value| value.as_array() != Some(&[]));
            return self.nullable(Json::Object(schema));
        }
        if self.random.percent(35) {
            let formats = [
                (10, "int32"),
                (10, "int64"),
                (1, "int16"),
                (1, "float"),
                (1, "uint8"),
                (1, "uint32"),
                (1, "uint64"),
            ];
            let format = self.random.weighted(&formats).unwrap_or_default();
            schema.insert("format".to_owned(), format.into());
        }
        self.bounds(&mut schema);
        self.nullable(Json::Object(schema))
    }

    pub(super) fn number(&mut self, _: u32) -> Json {
        let mut schema = Map::from_iter([("type".to_owned(), "number".into())]);
        if self.random.percent(30) {
            let formats = [(8, "double"), (8, "float"), (1, "int32"), (1, "decimal")];
            let format = self.random.weighted(&formats).unwrap_or_default();
            schema.insert("format".to_owned(), format.into());
        }
        self.bounds(&mut schema);
        self.nullable(Json::Object(schema))
    }

    /// `minimum` and the like; a lower bound never lies above an upper one.
    pub(super) fn bounds(&mut self, schema: &mut Map<Json>) {
        let bound = |schemas: &mut Self| number(schemas.random.pick(BOUNDS).copied().unwrap_or("0"));
        let (one, other) = (bound(self), bound(self));
        let (low, high) = if one < other { (one, other) } else { (other, one) };
        if self.random.percent(45) {
            let strict = self.random.percent(15) && low != high;
            schema.insert(if strict { "exclusiveMinimum" } else { "minimum" }.to_owned(), low.clone());
        }
        if self.random.percent(35) {
            let strict = self.random.percent(15) && low != high;
            schema.insert(if strict { "exclusiveMaximum" } else { "maximum" }.to_owned(), high);
        }
        if self.random.percent(6) {
            let divisor = number(self.random.pick(DIVISORS).copied().unwrap_or("1"));
            schema.insert("multipleOf".to_owned(), divisor);
        }
    }

    pub(super) fn boolean(&mut self, _: u32) -> Json {
        let mut schema = Map::from_iter([("type".to_owned(), "boolean".into())]);
        if self.random.percent(10) {
            schema.insert("const".to_owned(), self.random.percent(50).into());
        }
        self.nullable(Json::Object(schema))
    }

    pub(super) fn null(&mut self, _: u32) -> Json {
        object([("type", "null".into())])
    }

    /// `enum` or `const` of values of any type.
    pub(super) fn values(&mut self, _: u32) -> Json {
        let inner = object([("a", 1.into()), ("b", [Json::Null].into_iter().collect())]);
        let list: Json = [number("1.0"), false.into()].into_iter().collect();
        let all = [Json::Null, 0.into(), number("1.5"), "a".into(), true.into(), inner, list];
        if self.random.percent(30) {
            return object([("const", self.random.pick(&all).cloned().unwrap_or_default())]);
        }
        let some = self.random.some(&all, 50);
        if some.is_empty() { Json::Bool(true) } else { object([("enum", Json::Array(some))]) }
    }

    /// More than one type, with keywords of several.
    pub(super) fn several_types(&mut self, _: u32) -> Json {
        let types = ["string", "integer", "number", "boolean", "null", "array", "object"];
        let mut some = self.random.some(&types, 35);
        if some.is_empty() {
            some.push("integer");
        }
        let mut schema = Map::from_iter([("type".to_owned(), some.into_iter().collect())]);
        if self.random.percent(50) {
            self.constrain(&mut schema);
        }
        Json::Object(schema)
    }

    /// Keywords without a type: each speaks for values of its own.
    pub(super) fn untyped(&mut self, _: u32) -> Json {
        let mut schema = Map::new();
        self.constrain(&mut schema);
        Json::Object(schema)
    }

    /// A few keywords that can stand beside anything.
    pub(super) fn constrain(&mut self, schema: &mut Map<Json>) {
        match self.random.below(6) {
            0 => self.lengths(schema),
            1 => self.bounds(schema),
            2 => self.pattern(schema),
            3 => self.counts(schema, "minItems", "maxItems"),
            4 => self.counts(schema, "minProperties", "maxProperties"),
            _ => {
                let names = self.random.some(super::MEMBERS, 15);
                if !names.is_empty() {
                    schema.insert("required".to_owned(), names.into_iter().collect());
                }
            }
        }
    }
}
