//! Keywords that judge values (JSON Schema Validation, section 6).

use counterpart_runtime::{Json, Number};

use super::super::Resolver;
use super::super::resources::Place;
use crate::contract::{Keywords, Type, TypeSet};
use crate::diagnostic::{Code, suggest::did_you_mean};
use crate::source::{Member, Node, Span, Value};

const TYPES: &[(&str, Type)] = &[
    ("null", Type::Null),
    ("boolean", Type::Boolean),
    ("integer", Type::Integer),
    ("number", Type::Number),
    ("string", Type::String),
    ("array", Type::Array),
    ("object", Type::Object),
];

impl<'a> Resolver<'a> {
    /// Says whether the member is such a keyword.
    pub(super) fn assertion(
        &mut self,
        member: Member<'a>,
        value: Place<'a>,
        keywords: &mut Keywords<'a>,
    ) -> bool {
        match member.name {
            "type" => keywords.types = self.types(value.node),
            "enum" => keywords.enumeration = self.enumeration(value.node),
            "const" => keywords.constant = Some(value.node.to_json()),
            "required" => keywords.required = self.required_names(value.node).into(),
            "dependentRequired" => keywords.dependent_required = self.dependent_required(value),
            "uniqueItems" => keywords.unique_items = self.boolean(member),
            "pattern" => keywords.pattern = self.string(member),
            "minimum" => keywords.minimum = self.number(member),
            "maximum" => keywords.maximum = self.number(member),
            "exclusiveMinimum" if member.value.as_bool().is_none() => {
                keywords.exclusive_minimum = self.number(member)
            }
            "exclusiveMaximum" if member.value.as_bool().is_none() => {
                keywords.exclusive_maximum = self.number(member)
            }
            // OpenAPI 3.0's booleans are raised when the bounds are known.
            "exclusiveMinimum" | "exclusiveMaximum" => {}
            "multipleOf" => keywords.multiple_of = self.divisor(member),
            _ => return self.bound(member, keywords),
        }
        true
    }

    fn bound(&mut self, member: Member<'_>, keywords: &mut Keywords) -> bool {
        let slot = match member.name {
            "minLength" => &mut keywords.min_length,
            "maxLength" => &mut keywords.max_length,
            "minItems" => &mut keywords.min_items,
            "maxItems" => &mut keywords.max_items,
            "minContains" => &mut keywords.min_contains,
            "maxContains" => &mut keywords.max_contains,
            "minProperties" => &mut keywords.min_properties,
            "maxProperties" => &mut keywords.max_properties,
            _ => return false,
        };
        *slot = self.count(member);
        true
    }

    fn invalid(&mut self, member: Member<'_>, wanted: &str) {
        let at = super::super::reference::whole(member);
        let got = match member.value.value() {
            Value::Number(lexeme) => lexeme.to_owned(),
            _ => member.value.kind().to_owned(),
        };
        let message = format!("`{}` must be {wanted}, this is {got}", member.name);
        self.diagnostics.error(Code::INVALID_BOUND, at, message);
    }

    fn number(&mut self, member: Member<'_>) -> Option<Number> {
        let number = member.value.as_number();
        if number.is_none() {
            self.invalid(member, "a number");
        }
        number
    }

    fn divisor(&mut self, member: Member<'_>) -> Option<Number> {
        let number = member.value.as_number().filter(|number| *number > Number::from(0));
        if number.is_none() {
            self.invalid(member, "a number greater than 0");
        }
        number
    }

    /// A non-negative integer; those that no value reaches saturate.
    fn count(&mut self, member: Member<'_>) -> Option<u64> {
        let number =
            member.value.as_number().filter(|number| number.is_integer() && *number >= Number::from(0));
        if number.is_none() {
            self.invalid(member, "a non-negative integer");
        }
        number.map(|number| number.as_u64().unwrap_or(u64::MAX))
    }

    fn boolean(&mut self, member: Member<'_>) -> bool {
        let Some(value) = member.value.as_bool() else {
            self.mended(
                member.value.span(),
                format!("`{}` must be true or false; it is left out", member.name),
            );
            return false;
        };
        value
    }

    fn string(&mut self, member: Member<'_>) -> Option<String> {
        let text = member.value.as_str();
        if text.is_none() {
            let message = format!("`{}` must be a string, this is {}", member.name, member.value.kind());
            self.diagnostics.error(Code::WRONG_TYPE, member.value.span(), message);
        }
        text.map(str::to_owned)
    }

    fn types(&mut self, node: Node<'_>) -> Option<TypeSet> {
        let items = match node.value() {
            Value::Array(items) => items.collect(),
            _ => vec![node],
        };
        let mut types = TypeSet::default();
        for item in items {
            if let Some(found) = self.type_named(item) {
                if types.contains(&found) {
                    self.mended(item.span(), "a type is named twice".to_owned());
                } else {
                    types.push(found);
                }
            }
        }
        (!types.is_empty()).then_some(types)
    }

    fn type_named(&mut self, node: Node<'_>) -> Option<Type> {
        if node.is_null() {
            self.mended(node.span(), "`type: null` must be quoted; it is read as 'null'".to_owned());
            return Some(Type::Null);
        }
        let Some(name) = node.as_str() else {
            let message = format!("a type is named by a string, this is {}", node.kind());
            self.diagnostics.error(Code::WRONG_TYPE, node.span(), message);
            return None;
        };
        let found = TYPES.iter().find(|(known, _)| *known == name).map(|(_, found)| *found);
        if found.is_none() {
            self.unknown_type(name, node.span());
        }
        found
    }

    fn unknown_type(&mut self, name: &str, at: Span) {
        let names: Vec<&str> = TYPES.iter().map(|(name, _)| *name).collect();
        let report =
            self.diagnostics.error(Code::UNKNOWN_TYPE, at, format!("JSON Schema has no type `{name}`"));
        match (name, did_you_mean(name, names.iter().copied())) {
            ("file", _) => report.help("that is Swagger 2.0; describe the file by its media type"),
            (_, Some(question)) => report.help(question),
            _ => report.help(format!("types are {}", names.join(", "))),
        };
    }

    fn enumeration(&mut self, node: Node<'_>) -> Option<Box<[Json]>> {
        if let Value::Array(items) = node.value() {
            return Some(items.map(Node::to_json).collect());
        }
        let message = format!("`enum` must be an array, this is {}", node.kind());
        self.diagnostics.error(Code::WRONG_TYPE, node.span(), message);
        None
    }

    pub(super) fn required_names(&mut self, node: Node<'a>) -> Vec<&'a str> {
        let mut names: Vec<&'a str> = Vec::new();
        let Value::Array(items) = node.value() else {
            let message =
                format!("`required` must be an array of names, this is {}; it is left out", node.kind());
            self.mended(node.span(), message);
            return names;
        };
        for item in items {
            let name = match item.value() {
                Value::String(name) | Value::Number(name) => name,
                _ => {
                    let message = format!("`required` lists names, this is {}", item.kind());
                    self.diagnostics.error(Code::WRONG_TYPE, item.span(), message);
                    continue;
                }
            };
            if names.contains(&name) {
                let message = format!("`{name}` stands twice in `required`");
                self.diagnostics
                    .warning_once(Code::REPEATED_REQUIRED, "", item.span(), message)
                    .help("remove one of the two");
            } else {
                names.push(name);
            }
        }
        names
    }

    fn dependent_required(&mut self, value: Place<'a>) -> Vec<(String, Vec<String>)> {
        let entries = self.entries(value, "`dependentRequired`");
        entries
            .into_iter()
            .map(|entry| {
                let names = self.required_names(entry.place.node);
                (entry.name.to_owned(), names.into_iter().map(str::to_owned).collect())
            })
            .collect()
    }
}
