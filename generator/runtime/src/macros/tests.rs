//! Types as the generator writes them.

use std::collections::BTreeSet;

use crate::json::{Integer, Json, Map};
use crate::{Contract, Decode, Encode, Pattern, Rejection, Typed, UnknownValue, check, decode, encode};

static CONTRACT: Contract = Contract::new(include_str!("tests/schemas.jsonl"), "");

#[derive(Clone, PartialEq)]
pub struct Order {
    pub id: Integer,
    pub note: Option<String>,
    pub kind: Option<Kind>,
    pub r#type: Option<Option<f64>>,
    pub parent: Option<Box<Order>>,
    pub additional: Map<Json>,
}

crate::object! {
    Order: CONTRACT, rest additional {
        "id" => required id if |v| check::at_least_number(v, "1"),
        "note" => optional note if |v| check::length(v, 1, 4) && check::pattern(v, { static P: Pattern = Pattern::new("^a"); &P }),
        "kind" => required kind,
        "type" => optional r#type if |v| check::nullable(v, |v| check::at_most(v, 0.1)),
        "parent" => optional parent,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    New,
    Old,
}

crate::string_enum! { Kind: CONTRACT { New = "new", Old = "o\"ld" } }

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    One,
    Null,
    A,
    List,
}

crate::literal_enum! { Level: CONTRACT { One = "1", Null = "null", A = "\"a\"", List = "[1,{\"a\":1}]" } }

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Email(String);

crate::newtype! { Email(String): CONTRACT if |v| check::length(v, 3, 8) }

#[derive(Clone, Debug, PartialEq)]
pub struct Orders(pub Vec<Order>);

crate::newtype! { Orders(Vec<Order>): CONTRACT }

#[derive(Clone, Debug, PartialEq)]
pub struct Odd(Json);

crate::newtype! { Odd(Json): judged CONTRACT }

#[derive(Clone, PartialEq)]
pub struct Card {
    pub method: String,
    pub number: String,
}

crate::object! {
    Card: CONTRACT, closed {
        "method" => required method,
        "number" => required number,
    }
}

#[derive(Clone, PartialEq)]
pub struct Iban {
    pub method: String,
}

crate::object! { Iban: judged CONTRACT, open { "method" => required method, } }

#[derive(Clone, Debug, PartialEq)]
pub enum Payment {
    Card(Box<Card>),
    Iban(Iban),
}

crate::union! { Payment: CONTRACT, tag "method" { Card(Box<Card>) = "card" | "credit", Iban(Iban) = "iban" } }

#[derive(Clone, Debug, PartialEq)]
pub enum Id {
    Text(String),
    Nothing(()),
    Other(Json),
}

crate::union! { Id: CONTRACT, kinds { Text(String) = string, Nothing(()) = null, Other(Json) = other } }

#[derive(Clone, Debug, PartialEq)]
pub enum Scalar {
    Number(Integer),
    Many(Json),
}

crate::union! { Scalar: CONTRACT, kinds { Number(Integer) = number, Many(Json) = array | object } }

#[derive(Clone, Debug, PartialEq)]
pub enum OneOf {
    Small(i64),
    Even(i64),
}

crate::union! { OneOf: CONTRACT, one_of { Small(i64), Even(i64) } }

#[derive(Clone, Debug, PartialEq)]
pub enum AnyOf {
    Small(i64),
    Even(i64),
}

crate::union! { AnyOf: CONTRACT, any_of { Small(i64), Even(i64) } }

fn round_trip<T: Typed>(text: &str) -> String {
    let value: T = decode(text.as_bytes()).unwrap();
    String::from_utf8(encode(&value).unwrap()).unwrap()
}

#[track_caller]
fn rejected<T: Typed>(text: &str) -> Vec<(String, String)> {
    match decode::<T>(text.as_bytes()) {
        Ok(_) => panic!("{text} was accepted"),
        Err(Rejection::Malformed(malformed)) => vec![("malformed".to_owned(), malformed.message)],
        Err(Rejection::Invalid(violations)) => violations
            .into_iter()
            .map(|violation| (violation.pointer, violation.keyword.into_owned()))
            .collect(),
    }
}

#[test]
fn objects_keep_what_the_contract_tells_apart() {
    for text in [
        r#"{"id":1,"kind":null}"#,
        r#"{"id":12345678901234567890,"note":"ab","kind":"new","type":null}"#,
        r#"{"id":1,"kind":"o\"ld","type":0.1,"parent":{"id":2,"kind":null},"x":[1],"y":null}"#,
    ] {
        assert_eq!(round_trip::<Order>(text), text);
    }
    assert_eq!(round_trip::<Order>(r#"{"kind":null,"id":1.0}"#), r#"{"id":1,"kind":null}"#);
}

#[test]
fn objects_refuse_with_every_reason() {
    let one = |pointer: &str, keyword: &str| vec![(pointer.to_owned(), keyword.to_owned())];
    assert_eq!(rejected::<Order>(r#"{"id":1}"#), one("/kind", "required"));
    assert_eq!(rejected::<Order>(r#"{"id":0,"kind":null}"#), one("/id", "minimum"));
    assert_eq!(rejected::<Order>(r#"{"id":1,"kind":null,"note":"b"}"#), one("/note", "pattern"));
    assert_eq!(rejected::<Order>(r#"{"id":1,"kind":null,"note":null}"#), one("/note", "type"));
    assert_eq!(rejected::<Order>("[7]"), one("", "type"));
    // Rounded to a float, this would be 0.1.
    assert_eq!(
        rejected::<Order>(r#"{"id":1,"kind":null,"type":0.10000000000000000001}"#),
        one("/type", "maximum")
    );
    assert_eq!(rejected::<Order>(r#"{"id":1,"kind":null,"id":1}"#)[0].0, "malformed");
    assert_eq!(rejected::<Order>(r#"{"id":1,"kind":null,"x":1,"x":1}"#)[0].0, "malformed");
    let all = rejected::<Order>(r#"{"id":1.5,"kind":"older","parent":{}}"#);
    let places: BTreeSet<&str> = all.iter().map(|(pointer, _)| pointer.as_str()).collect();
    assert_eq!(places, BTreeSet::from(["/id", "/kind", "/parent/id", "/parent/kind"]));
    assert_eq!(
        rejected::<Card>(r#"{"method":"card","number":"1","cvc":1}"#),
        one("/cvc", "additionalProperties")
    );
    assert_eq!(rejected::<Iban>(r#"{"method":"iban","x":1,"x":2}"#)[0].0, "malformed");
}

#[test]
fn the_rest_may_not_hold_a_declared_member() {
    let mut order: Order = decode(br#"{"id":1,"kind":null}"#).unwrap();
    order.additional.insert("note".to_owned(), Json::Null);
    assert!(encode(&order).is_err());
}

#[test]
fn judged_types_ask_the_full_schema() {
    assert_eq!(round_trip::<Iban>(r#"{"method":"iban","x":1}"#), r#"{"method":"iban"}"#);
    assert_eq!(rejected::<Iban>(r#"{"method":"card"}"#)[0].1, "const");
    assert_eq!(rejected::<Odd>("2")[0].1, "not");
    assert_eq!(round_trip::<Odd>("3"), "3");
    assert!(Odd::try_from(Json::from(2)).is_err());
    assert_eq!(Odd::try_from(Json::from(3)).unwrap().into_inner(), Json::from(3));
}

#[test]
fn enumerations() {
    assert_eq!(round_trip::<Kind>(r#""o\u0022ld""#), r#""o\"ld""#);
    assert_eq!(rejected::<Kind>(r#""x""#)[0].1, "enum");
    assert_eq!("new".parse(), Ok(Kind::New));
    assert_eq!("New".parse::<Kind>(), Err(UnknownValue));
    assert_eq!((Kind::New.as_ref(), Kind::New.to_string()), ("new", "new".to_owned()));
    assert_eq!(Kind::ALL, [Kind::New, Kind::Old]);
    for (text, level) in [
        ("1.0", Level::One),
        ("null", Level::Null),
        ("\"a\"", Level::A),
        ("[1.0, {\"a\": 1e0}]", Level::List),
    ] {
        assert_eq!(decode::<Level>(text.as_bytes()), Ok(level));
        assert_eq!(Level::try_from(&Json::parse(level.as_json().as_bytes()).unwrap()), Ok(level));
    }
    assert_eq!(Level::ALL.len(), 4);
    assert_eq!(rejected::<Level>("true")[0].1, "enum");
}

#[test]
fn newtypes_hold_only_what_is_valid() {
    let email = Email::try_from("a@b".to_owned()).unwrap();
    assert_eq!((email.len(), email.to_string()), (3, "a@b".to_owned()));
    assert_eq!(email.into_inner(), "a@b");
    assert_eq!(Email::try_from("ab".to_owned()).unwrap_err().violations()[0].keyword, "minLength");
    assert_eq!(rejected::<Email>("\"ab\"")[0].1, "minLength");
    let mut orders = Orders::from(vec![]);
    orders.push(decode(br#"{"id":1,"kind":null}"#).unwrap());
    assert_eq!(encode(&orders).unwrap(), br#"[{"id":1,"kind":null}]"#);
    assert_eq!(orders.into_inner().len(), 1);
}

#[test]
fn unions() {
    assert!(matches!(decode(br#"{"number":"1","method":"credit"}"#), Ok(Payment::Card(_))));
    assert!(matches!(decode(br#"{"x":[{"method":1}],"method":"iban"}"#), Ok(Payment::Iban(_))));
    for text in [r#"{"number":"1"}"#, r#"{"method":"cash"}"#, r#"{"method":1}"#, "7", r#"{"method":"iban""#] {
        rejected::<Payment>(text);
    }
    assert_eq!(decode(b"\"a\""), Ok(Id::Text("a".into())));
    assert_eq!(decode(b"null"), Ok(Id::Nothing(())));
    assert_eq!(decode(b"1"), Ok(Id::Other(Json::from(1))));
    assert_eq!(decode(b"1"), Ok(Scalar::Number(1.into())));
    assert_eq!(round_trip::<Scalar>("[1]"), "[1]");
    rejected::<Scalar>("true");
    assert_eq!(decode(b"3"), Ok(OneOf::Small(3)));
    assert_eq!(decode(b"12.0"), Ok(OneOf::Even(12)));
    assert_eq!(rejected::<OneOf>("4")[0].1, "oneOf");
    assert_eq!(decode(b"4"), Ok(AnyOf::Small(4)));
    assert_eq!(rejected::<AnyOf>("13")[0].1, "anyOf");
}

#[cfg(feature = "serde")]
#[test]
fn serde_runs_the_full_check() {
    let text = r#"{"id":1,"kind":"new","x":12345678901234567890}"#;
    let order: Order = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&order).unwrap(), text);
    let error = serde_json::from_str::<Order>(r#"{"id":0,"kind":7}"#).unwrap_err().to_string();
    assert!(error.contains("/id: ") && error.contains("/kind: "), "{error}");
    assert!(serde_json::from_str::<Order>(r#"{"id":1,"kind":null,"x":1,"x":1}"#).is_err());
}

/// A contract may have schemas of these names.
mod shadowed {
    #![allow(dead_code, reason = "the names matter")]

    use super::CONTRACT;

    pub struct Option;
    pub struct Result;
    pub struct Vec;
    pub struct Box;
    pub struct Some;
    pub struct None;
    pub struct Err;
    pub struct Default;
    pub struct Decode;
    pub struct Encode;
    pub struct Reader;
    pub struct From;
    pub struct Iterator;
    pub struct Display;

    #[derive()]
    pub struct Ok {
        pub reader: bool,
        pub others: ::core::option::Option<bool>,
        pub name: bool,
        pub writer: crate::Map<bool>,
    }

    crate::object! {
        Ok: CONTRACT, rest writer {
            "reader" => required reader,
            "others" => optional others if |name| crate::check::at_most(name, true),
            "name" => required name,
        }
    }

    #[derive(Clone, Debug)]
    pub enum String {
        Ok,
        Err,
    }

    crate::string_enum! { String: CONTRACT { Ok = "ok", Err = "err" } }

    #[derive(Clone, Debug)]
    pub enum ToString {
        One,
    }

    crate::literal_enum! { ToString: CONTRACT { One = "1" } }

    #[derive(Debug)]
    pub struct TryFrom(bool);

    crate::newtype! { TryFrom(bool): CONTRACT if |v| crate::check::at_most(v, true) }

    #[derive(Debug)]
    pub struct AsRef(pub ::std::vec::Vec<bool>);

    crate::newtype! { AsRef(::std::vec::Vec<bool>): CONTRACT }

    #[derive(Debug)]
    pub enum Fn {
        String(String),
        Ok(Ok),
    }

    crate::union! { Fn: CONTRACT, kinds { String(String) = string, Ok(Ok) = object } }

    #[derive(Debug)]
    pub enum Into {
        Ok(Ok),
    }

    crate::union! { Into: CONTRACT, any_of { Ok(Ok) } }

    #[derive(Debug)]
    pub enum Self_ {
        Ok(Ok),
    }

    crate::union! { Self_: judged CONTRACT, tag "x" { Ok(Ok) = "x" } }
}

#[test]
fn any_name_will_do() {
    let text = r#"{"reader":true,"name":false,"others2":true}"#;
    assert_eq!(round_trip::<shadowed::Ok>(text), text);
    assert_eq!(round_trip::<shadowed::Fn>("\"err\""), "\"err\"");
    assert_eq!(round_trip::<shadowed::Into>(text), text);
}

#[test]
fn unused_traits_are_implemented() {
    #[cfg(feature = "serde")]
    fn all<T: Decode + Encode + Typed + serde::Serialize + serde::de::DeserializeOwned>() {}
    #[cfg(not(feature = "serde"))]
    fn all<T: Decode + Encode + Typed>() {}
    all::<Order>();
    all::<Kind>();
    all::<Level>();
    all::<Email>();
    all::<Payment>();
}

#[test]
fn structs_print_what_is_on_the_wire() {
    let order: Order =
        decode(br#"{"id":7,"kind":"new","parent":{"id":8,"kind":"o\"ld","x":[1.5,null]}}"#).unwrap();
    let text = r#"Order { id: 7, kind: "new", parent: {"id": 8, "kind": "o\"ld", "x": [1.5, null]} }"#;
    assert_eq!(format!("{order:?}"), text);
    assert!(format!("{order:#?}").starts_with("Order {\n    id: 7,\n    kind: \"new\",\n"));
}

#[test]
fn structs_print_what_cannot_be_written() {
    let mut order: Order = decode(br#"{"id":7,"kind":"new"}"#).unwrap();
    order.r#type = Some(Some(f64::NAN));
    let text = format!("{order:?}");
    assert!(text.contains("type: null, error: the value cannot be written as JSON: NaN"), "{text}");
}
