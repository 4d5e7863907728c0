//! Strings and numbers.

use counterpart_runtime::Number;

use super::{Lowered, TypeLowering, parts::Parts};
use crate::{
    contract::Keywords,
    ir::{Check, Format, IntKind, TypeRef, Usage},
    options::Formats,
};

/// The format, if this generation refuses values that break it: because of the options, or of the schema's dialect.
pub(super) fn asserted<'s>(formats: Formats, part: &Keywords<'s>) -> Option<&'s str> {
    let formats = if part.format_asserts { Formats::Assert } else { formats };
    part.format.filter(|format| asserts(formats, format))
}

fn asserts(formats: Formats, format: &str) -> bool {
    match formats {
        Formats::Annotate => false,
        Formats::Typed => string_format(format).is_some() || int_kind(format).is_some() || is_float(format),
        Formats::Assert => {
            string_format(format).is_some()
                || int_kind(format).is_some()
                || is_float(format)
                || counterpart_runtime::format::check(format).is_some()
        }
    }
}

/// Whether the format of a schema makes a difference to the generated code.
pub fn heeds_format(formats: Formats, part: &Keywords) -> bool {
    asserted(formats, part).is_some() || matches!(part.format, Some("binary" | "password"))
}

fn string_format(format: &str) -> Option<Format> {
    Some(match format {
        "date-time" => Format::DateTime,
        "date" => Format::Date,
        "time" => Format::Time,
        "uuid" => Format::Uuid,
        "byte" => Format::Base64,
        _ => return None,
    })
}

fn int_kind(format: &str) -> Option<IntKind> {
    Some(match format {
        "int8" => IntKind::I8,
        "int16" => IntKind::I16,
        "int32" => IntKind::I32,
        "int64" => IntKind::I64,
        "uint8" => IntKind::U8,
        "uint16" => IntKind::U16,
        "uint32" => IntKind::U32,
        "uint64" => IntKind::U64,
        _ => return None,
    })
}

fn is_float(format: &str) -> bool {
    matches!(format, "float" | "double")
}

impl TypeLowering<'_> {
    pub(super) fn string(&mut self, usage: Usage, parts: &Parts<'_>) -> Lowered {
        if usage.is_multipart() && parts.any(super::usage::is_binary) {
            return Lowered::exact(TypeRef::File);
        }
        let mut ty = TypeRef::String;
        let mut checks = Vec::new();
        for part in &parts.list {
            if part.min_length.is_some_and(|min| min > 0) || part.max_length.is_some() {
                checks.push(Check::Length(part.min_length.unwrap_or(0), part.max_length));
            }
            if let Some(pattern) = &part.pattern {
                checks.push(Check::Pattern(pattern.clone()));
            }
            let Some(format) = asserted(self.options.formats, part) else {
                continue;
            };
            match string_format(format) {
                Some(own) if ty == TypeRef::String || ty == TypeRef::Format(own) => ty = TypeRef::Format(own),
                _ if counterpart_runtime::format::check(format).is_some() => {
                    checks.push(Check::Format(format.to_owned()));
                }
                _ => {}
            }
        }
        if ty == TypeRef::Format(Format::Base64) && !checks.is_empty() {
            // Lengths and patterns speak of the text, not of the bytes that it stands for.
            ty = TypeRef::String;
            checks.push(Check::Format("byte".to_owned()));
        }
        Lowered { ty, checks: distinct(checks) }
    }

    /// A native integer where format or bounds say which; otherwise one without bounds (JSON Schema has none).
    pub(super) fn integer(&mut self, parts: &Parts<'_>) -> Lowered {
        let checks = bounds(parts);
        let formats = || parts.list.iter().filter_map(|part| asserted(self.options.formats, part));
        let kinds: Vec<IntKind> = formats().filter_map(int_kind).collect();
        let ty = match kinds.as_slice() {
            [kind] => TypeRef::Int(*kind),
            [kind, rest @ ..] if rest.iter().all(|other| other == kind) => TypeRef::Int(*kind),
            [_, ..] => TypeRef::Integer,
            [] => by_bounds(&checks).map_or(TypeRef::Integer, TypeRef::Int),
        };
        let lost = kinds.len() > 1 && ty == TypeRef::Integer;
        let mut checks = checks;
        if lost {
            checks.extend(kinds.iter().filter_map(|kind| range_check(*kind)).flatten());
        }
        if ty == TypeRef::Integer {
            let floats = formats().filter(|format| is_float(format));
            checks.extend(floats.map(|format| Check::Format(format.to_owned())));
        }
        Lowered { ty, checks }
    }

    pub(super) fn number(&mut self, parts: &Parts<'_>) -> Lowered {
        let asserts =
            |part: &Keywords, test: fn(&str) -> bool| asserted(self.options.formats, part).is_some_and(test);
        if parts.any(|part| asserts(part, |format| int_kind(format).is_some())) {
            // `type: number` with an integer format: the format asks for whole numbers.
            return self.integer(parts);
        }
        let ty = if parts.any(|part| asserts(part, is_float)) { TypeRef::Float } else { TypeRef::Number };
        let mut checks = bounds(parts);
        if parts.any(|part| asserts(part, |format| format == "float")) {
            checks.push(Check::Format("float".to_owned()));
        }
        Lowered { ty, checks }
    }
}

/// All bounds of all parts.
fn bounds(parts: &Parts<'_>) -> Vec<Check> {
    let mut checks = Vec::new();
    for part in &parts.list {
        checks.extend(part.minimum.clone().map(Check::AtLeast));
        checks.extend(part.maximum.clone().map(Check::AtMost));
        checks.extend(part.exclusive_minimum.clone().map(Check::Above));
        checks.extend(part.exclusive_maximum.clone().map(Check::Below));
        checks.extend(part.multiple_of.clone().map(Check::MultipleOf));
    }
    distinct(checks)
}

fn distinct(checks: Vec<Check>) -> Vec<Check> {
    let mut kept: Vec<Check> = Vec::new();
    for check in checks {
        if !kept.contains(&check) {
            kept.push(check);
        }
    }
    kept
}

/// `i64` or `u64` where both bounds lie within.
fn by_bounds(checks: &[Check]) -> Option<IntKind> {
    let low = checks.iter().find_map(|check| match check {
        Check::AtLeast(bound) | Check::Above(bound) => Some(bound),
        _ => None,
    })?;
    let high = checks.iter().find_map(|check| match check {
        Check::AtMost(bound) | Check::Below(bound) => Some(bound),
        _ => None,
    })?;
    let within = |min: Number, max: Number| *low >= min && *high <= max;
    if within(Number::from(i64::MIN), Number::from(i64::MAX)) {
        Some(IntKind::I64)
    } else if within(Number::from(0u64), Number::from(u64::MAX)) {
        Some(IntKind::U64)
    } else {
        None
    }
}

/// The range of a native integer as checks.
fn range_check(kind: IntKind) -> Option<[Check; 2]> {
    let (low, high): (Number, Number) = match kind {
        IntKind::I8 => (i64::from(i8::MIN).into(), i64::from(i8::MAX).into()),
        IntKind::I16 => (i64::from(i16::MIN).into(), i64::from(i16::MAX).into()),
        IntKind::I32 => (i64::from(i32::MIN).into(), i64::from(i32::MAX).into()),
        IntKind::I64 => (i64::MIN.into(), i64::MAX.into()),
        IntKind::U8 => (0u64.into(), u64::from(u8::MAX).into()),
        IntKind::U16 => (0u64.into(), u64::from(u16::MAX).into()),
        IntKind::U32 => (0u64.into(), u64::from(u32::MAX).into()),
        IntKind::U64 => (0u64.into(), u64::MAX.into()),
    };
    Some([Check::AtLeast(low), Check::AtMost(high)])
}
