//! What the schemas of the golden contracts accept and refuse, and that nothing named is lost on the way through the
//! typed value.

use counterpart_runtime::{Json, Typed, decode, encode};
use test_golden::{
    arrays, corners, dialects, directions, equality, names, numbers, objects, presence, recursion,
    references, strings, unions, untyped,
};

/// Accepted: it decodes, and encodes to an equal value.
fn keeps<T: Typed>(texts: &[&str]) {
    for text in texts {
        let value = decode::<T>(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"));
        let bytes = encode(&value).unwrap_or_else(|error| panic!("{text}: {error}"));
        let again = Json::parse(&bytes).unwrap();
        assert_eq!(again, Json::parse(text.as_bytes()).unwrap(), "{text}");
    }
}

/// Refused, with at least one violation.
fn refuses<T: Typed>(texts: &[&str]) {
    for text in texts {
        match decode::<T>(text.as_bytes()) {
            Ok(_) => panic!("accepted {text}"),
            Err(rejection) => assert!(!rejection.violations().is_empty(), "{text}: {rejection}"),
        }
    }
}

/// Not JSON at all.
fn malformed<T: Typed>(texts: &[&str]) {
    for text in texts {
        match decode::<T>(text.as_bytes()) {
            Ok(_) => panic!("accepted {text}"),
            Err(rejection) => assert!(rejection.violations().is_empty(), "{text}: {rejection}"),
        }
    }
}

#[test]
fn t01_siblings_of_a_reference_count() {
    use references::types::Short;
    keeps::<Short>(&[r#""ab""#, r#""abc""#]);
    refuses::<Short>(&[r#""a""#, r#""abcd""#, "1"]);
}

#[test]
fn t02_an_id_begins_a_resource() {
    use references::types::{Pet, Use};
    keeps::<Pet>(&[r#"{"x":"s","y":"t"}"#, "{}"]);
    refuses::<Pet>(&[r#"{"x":1}"#, r#"{"y":1}"#]);
    keeps::<Use>(&[r#""s""#]);
    refuses::<Use>(&["1"]);
}

#[test]
fn t03_a_dynamic_reference_is_a_parameter() {
    use references::types::{Numbered, Page, Texts, TextsOne, UserPage, UserPageItemsItem};
    let page = decode::<Page>(br#"{"items":[{},1]}"#).unwrap();
    assert_eq!(page.items, [Json::parse(b"{}").unwrap(), 1.into()], "anything, unless somebody says what");
    let users = decode::<UserPage>(br#"{"items":[{"name":"x"}]}"#).unwrap();
    assert_eq!(users.items, [UserPageItemsItem { name: "x".into() }], "the type of the argument");
    keeps::<Page>(&[r#"{"items":[{},1,"x"]}"#]);
    keeps::<UserPage>(&[r#"{"items":[{"name":"x"}]}"#]);
    refuses::<UserPage>(&[r#"{"items":[{}]}"#]);
    let numbered = decode::<Numbered>(br#"{"page":{"items":[1]}}"#).unwrap();
    assert_eq!(numbered.page.unwrap().items, [1_i32]);
    refuses::<Numbered>(&[r#"{"page":{"items":[{"name":"x"}]}}"#, r#"{"page":{}}"#]);
    keeps::<Texts>(&[r#"{"list":["x"],"one":{"item":"x"}}"#]);
    refuses::<Texts>(&[r#"{"list":[1]}"#, r#"{"one":{"item":1}}"#]);
    // Evaluation that begins at a part of the resource is inside of it as well.
    keeps::<TextsOne>(&[r#"{"item":"x"}"#]);
    refuses::<TextsOne>(&[r#"{"item":1}"#]);
}

#[test]
fn t04_required_and_nullable_are_two_things() {
    use presence::types::Presence;
    keeps::<Presence>(&[
        r#"{"required":"a","required_nullable":null}"#,
        r#"{"required":"a","required_nullable":null,"optional_nullable":null}"#,
        r#"{"required":"a","required_nullable":"b","optional":"c","optional_nullable":"d"}"#,
    ]);
    refuses::<Presence>(&[
        r#"{"required":"a"}"#,
        r#"{"required":"a","required_nullable":null,"optional":null}"#,
        r#"{"required":null,"required_nullable":null}"#,
    ]);
}

#[test]
fn t05_null_is_a_type() {
    use presence::types::{Either, NarrowEnum, OldNullable, Twice, WideEnum};
    keeps::<NarrowEnum>(&[r#""a""#]);
    refuses::<NarrowEnum>(&["null", r#""c""#]);
    keeps::<WideEnum>(&["null", r#""b""#]);
    refuses::<OldNullable>(&["null"]);
    keeps::<Twice>(&["{}"]);
    refuses::<Twice>(&["null", "1"]);
    keeps::<Either>(&["{}", "null"]);
}

#[test]
fn t06_boolean_schemas() {
    use presence::types::Booleans;
    keeps::<Booleans>(&[r#"{"any":null}"#, "{}"]);
    refuses::<Booleans>(&[r#"{"gone":1}"#, r#"{"gone":null}"#]);
    keeps::<untyped::types::Anything>(&["null", "1", r#"{"a":[]}"#]);
    refuses::<untyped::types::Nothing>(&["null", "1", "{}"]);
}

#[test]
fn t07_an_integer_is_a_number_without_a_fraction() {
    use numbers::types::{Percent, Small, Whole, Wide};
    keeps::<Whole>(&["1.0", "1e2", "-0", "12345678901234567890", "123456789012345678901234567890"]);
    refuses::<Whole>(&["1.5", "true", r#""1""#]);
    keeps::<Wide>(&["18446744073709551615", "0"]);
    refuses::<Wide>(&["-1", "18446744073709551616"]);
    keeps::<Small>(&["2147483647", "1.0"]);
    refuses::<Small>(&["2147483648"]);
    keeps::<Percent>(&["0", "100", "1e2"]);
    refuses::<Percent>(&["101", "-1"]);
    assert_eq!(*decode::<Percent>(b"7").unwrap(), 7);
}

#[test]
fn t08_arithmetic_is_exact() {
    use numbers::types::{Cents, Double, Fine, Odd};
    keeps::<Cents>(&["19.99", "4.02", "0"]);
    refuses::<Cents>(&["19.995"]);
    keeps::<Fine>(&["0.0075"]);
    refuses::<Fine>(&["0.00751"]);
    refuses::<Odd>(&["1e308"]);
    keeps::<Double>(&["0.1", "1e-300"]);
    refuses::<Double>(&["0", "-1"]);
}

#[test]
fn t09_lengths_are_code_points() {
    use strings::types::One;
    keeps::<One>(&[r#""💩""#, r#""é""#, r#""\ud83d\udca9""#, r#""""#]);
    refuses::<One>(&["\"e\u{301}\""]);
    malformed::<One>(&[r#""\ud800""#]);
}

#[test]
fn t10_patterns_search_as_ecma_262_says() {
    use strings::types::{Class, Digits, Inner, NotAdmin};
    keeps::<Inner>(&[r#""xfoox""#]);
    keeps::<Digits>(&[r#""123""#]);
    refuses::<Digits>(&[r#""١٢٣""#, r#""123\n""#]);
    keeps::<Class>(&[r#""a-b.c""#]);
    refuses::<Class>(&[r#""a b""#]);
    keeps::<NotAdmin>(&[r#""root""#]);
    refuses::<NotAdmin>(&[r#""adminx""#]);
}

#[test]
fn t11_a_keyword_speaks_for_its_own_type() {
    use untyped::types::{Bare, Loose, Object, Several};
    keeps::<Loose>(&["7", "null", "true", "[1]", r#""abc""#, r#"{"a":1}"#]);
    refuses::<Loose>(&["3", r#""ab""#, "{}"]);
    keeps::<Bare>(&["7", "null", r#"{"a":1}"#]);
    refuses::<Bare>(&["{}", r#"{"a":"x"}"#]);
    keeps::<Object>(&[r#"{"a":7}"#]);
    refuses::<Object>(&["[7]", "7"]);
    keeps::<Several>(&[r#""a""#, "1", "[null]"]);
    refuses::<Several>(&["{}", "null", "1.5"]);
}

#[test]
fn t12_closed_objects_and_composition() {
    use objects::types::{Closed, Derived, Extended, Kept, Labelled, Map, Noted, Patterned, Shut};
    use objects::types::{Tagged, Unevaluated, Wrapped};
    keeps::<Shut>(&[r#"{"a":1}"#, "7"]);
    refuses::<Shut>(&[r#"{"a":1,"b":2}"#]);
    keeps::<Unevaluated>(&[r#"{"a":1,"b":2}"#]);
    refuses::<Unevaluated>(&[r#"{"a":1,"c":2}"#]);
    keeps::<Closed>(&["{}", r#"{"a":"x"}"#]);
    refuses::<Closed>(&[r#"{"b":1}"#]);
    keeps::<Kept>(&[r#"{"a":"x","b":1,"c":2}"#]);
    refuses::<Kept>(&[r#"{"b":-1}"#, r#"{"b":"x"}"#]);
    keeps::<Map>(&[r#"{"a":"x"}"#]);
    refuses::<Map>(&[r#"{"a":"long"}"#, r#"{"a":"","b":"","c":""}"#]);
    keeps::<Patterned>(&[r#"{"x-a":1}"#, "{}"]);
    refuses::<Patterned>(&[r#"{"x-a":"1"}"#, r#"{"y":1}"#]);
    keeps::<Tagged>(&[r#"{"a":"b","x-a":1}"#]);
    refuses::<Tagged>(&[r#"{"a":"b","x-a":"1"}"#]);
    keeps::<Noted>(&[r#"{"a":"b","x-a":null}"#]);
    keeps::<Labelled>(&[r#"{"a":"b","x-a":1}"#]);
    refuses::<Labelled>(&[r#"{"x-a":"1"}"#, r#"{"b":1}"#]);
    keeps::<Extended>(&[r#"{"b":1}"#]);
    refuses::<Extended>(&[r#"{"b":null}"#]);
    keeps::<Derived>(&[r#"{"id":1,"name":"n","note":"o"}"#]);
    refuses::<Derived>(&[r#"{"id":1}"#, r#"{"name":"n"}"#]);
    keeps::<Wrapped>(&[r#"{"id":1}"#]);
    keeps::<untyped::types::Undeclared>(&[r#"{"x":null}"#]);
    refuses::<untyped::types::Undeclared>(&["{}"]);
}

#[test]
fn t13_equality_is_by_value() {
    use equality::types::{Constant, Level, Mixed, Signs, Unique};
    keeps::<Mixed>(&["0", "0.0", r#"{"b":2,"a":1.0}"#, "[false]"]);
    refuses::<Mixed>(&["false", "[0]"]);
    keeps::<Constant>(&["1.0", "1"]);
    refuses::<Constant>(&["true", r#""1""#]);
    keeps::<Unique>(&["[0,false]", "[1,true]", r#"["1",1]"#]);
    refuses::<Unique>(&["[1,1.0]", r#"[{"a":1,"b":2},{"b":2,"a":1}]"#]);
    keeps::<Level>(&["1", "2.0"]);
    refuses::<Level>(&["4"]);
    keeps::<Signs>(&[r#""+1""#, r#""-1""#, r#""""#, r#""a""#, r#""A""#, r#""é""#]);
}

/// Comparing each with each would take minutes.
#[test]
fn t13_large_arrays_are_compared_in_order() {
    let items: Vec<String> = (0..60_000).rev().map(|n| format!("[{n}]")).collect();
    let text = format!("[{}]", items.join(","));
    assert!(decode::<equality::types::Unique>(text.as_bytes()).is_ok());
    let twice = format!("[{},[60000.0],[6e4]]", items.join(","));
    refuses::<equality::types::Unique>(&[&twice]);
}

#[test]
fn t14_tuples_and_contains() {
    use arrays::types::{AtMostOne, Nested, Open, Pair, Some};
    keeps::<Open>(&["[]", r#"["a"]"#, r#"["a",1]"#]);
    refuses::<Open>(&[r#"["a",1,2]"#, "[1]"]);
    keeps::<Pair>(&[r#"["a",1]"#]);
    refuses::<Pair>(&[r#"["a"]"#, r#"["a",1,2]"#]);
    keeps::<Some>(&["[]", "[2]", "[1]", "7"]);
    refuses::<Some>(&["[1,1]"]);
    keeps::<AtMostOne>(&["[]", "[1,2]"]);
    refuses::<AtMostOne>(&["[1,1]", "7"]);
    keeps::<Nested>(&[r#"[["a","bc"],[]]"#]);
    refuses::<Nested>(&[r#"[["abc"]]"#, r#"[["a","b","c"]]"#]);
}

#[test]
fn t15_conditions() {
    use objects::types::Conditional;
    keeps::<Conditional>(&[r#"{"method":"card","number":"1","cvc":"2"}"#, r#"{"method":"iban","iban":"x"}"#]);
    refuses::<Conditional>(&[
        r#"{"method":"card"}"#,
        r#"{"method":"card","number":"1"}"#,
        r#"{"method":"iban","number":"1"}"#,
    ]);
}

#[test]
fn t16_any_of_may_match_several_and_loses_nothing() {
    use unions::types::Any;
    keeps::<Any>(&[r#"{"a":"1"}"#, r#"{"a":"1","b":"2"}"#, r#"{"a":"1","b":2}"#]);
    refuses::<Any>(&["{}"]);
}

#[test]
fn t17_one_of_means_exactly_one() {
    use unions::types::{Choice, MaybePet, One, OpenChoice, Scalar};
    keeps::<One>(&[r#"{"a":"1"}"#]);
    keeps::<One>(&[r#"{"a":"1","b":2}"#]);
    refuses::<One>(&[r#"{"a":"1","b":"2"}"#, "{}"]);
    keeps::<Scalar>(&[r#""a""#, "1.0", r#"["x"]"#]);
    refuses::<Scalar>(&["1.5", "null", "[1]"]);
    keeps::<MaybePet>(&["null", r#"{"kind":"cat"}"#]);
    keeps::<Choice>(&[r#""red""#]);
    refuses::<Choice>(&[r#""blue""#]);
    keeps::<OpenChoice>(&[r#""small""#, r#""other""#]);
}

#[test]
fn t17_the_nearest_branch_is_named() {
    let rejection = decode::<unions::types::One>(br#"{"a":1}"#).unwrap_err();
    let violations = rejection.violations();
    assert!(violations.iter().any(|violation| violation.pointer == "/a"), "{rejection}");
}

#[test]
fn a_branch_keeps_what_only_others_name() {
    use unions::types::{Beside, Outer, OuterAgain};
    let all = [
        r#"{"kind":"k9","tricks":[],"extra":"b"}"#,
        r#"{"extra":"b"}"#,
        r#"{"kind":"cat","lives":9,"extra":"b"}"#,
    ];
    keeps::<Outer>(&all);
    keeps::<OuterAgain>(&all);
    keeps::<Beside>(&[r#"{"t":"a","m":2,"kind":"cat","lives":9}"#, r#"{"kind":"cat","t":"b"}"#]);
}

#[test]
fn t18_a_discriminator_selects() {
    use unions::types::Pet;
    keeps::<Pet>(&[r#"{"kind":"cat","lives":9}"#, r#"{"kind":"k9","tricks":["sit"]}"#]);
    refuses::<Pet>(&[r#"{"kind":"fish"}"#, "{}", r#"{"kind":"cat","lives":"nine"}"#]);
}

#[test]
fn t19_a_discriminator_never_changes_validity() {
    use unions::types::Ambiguous;
    refuses::<Ambiguous>(&[r#"{"t":"Left"}"#]);
    keeps::<Ambiguous>(&[r#"{"t":"Left","m":"x"}"#]);
}

#[test]
fn t20_members_that_travel_one_way() {
    use directions::types::{User, UserRequest};
    let sent = decode::<UserRequest>(br#"{"password":"p","name":"n","id":"ignored"}"#).unwrap();
    assert_eq!(encode(&sent).unwrap(), br#"{"password":"p","name":"n"}"#);
    refuses::<UserRequest>(&[r#"{"name":"n"}"#]);
    let stored = decode::<User>(br#"{"id":1,"name":"n"}"#).unwrap();
    assert_eq!(encode(&stored).unwrap(), br#"{"id":1,"name":"n"}"#);
    refuses::<User>(&[r#"{"name":"n"}"#]);
}

#[test]
fn t21_a_default_is_an_annotation() {
    use directions::types::Settings;
    keeps::<Settings>(&["{}", r#"{"m":null}"#, r#"{"n":1}"#]);
    let empty = decode::<Settings>(b"{}").unwrap();
    assert_eq!(empty.n_or_default(), 5);
    assert_eq!(decode::<Settings>(br#"{"n":1}"#).unwrap().n_or_default(), 1);
    assert_eq!(decode::<Settings>(br#"{"m":null}"#).unwrap().m_or_default(), None);
}

#[test]
fn t22_formats_keep_the_lexeme() {
    use strings::types::{Encoded, Id, Mail, When};
    keeps::<When>(&[r#""2020-01-01T23:59:60Z""#, r#""2020-01-01T00:00:00.1234567890123-00:00""#]);
    refuses::<When>(&[r#""2020-01-01 00:00:00Z""#, r#""2020-01-01T00:00:00+0000""#]);
    keeps::<Id>(&[r#""F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6""#]);
    refuses::<Id>(&[r#""{f81d4fae-7dec-11d0-a765-00a0c91e6bf6}""#, r#""f81d4fae7dec11d0a76500a0c91e6bf6""#]);
    keeps::<Mail>(&[r#""no mail""#]);
    keeps::<Encoded>(&[r#""not base64!""#]);
}

#[test]
fn t23_recursion() {
    use recursion::types::{Expression, Left, Node, Tree};
    keeps::<Tree>(&["[[],[[]]]"]);
    keeps::<Node>(&[r#"{"v":1,"next":{"v":2}}"#]);
    keeps::<Left>(&[r#"{"right":{"left":{}},"many":[{}]}"#]);
    keeps::<Expression>(&[r#"{"add":[1,{"add":[]}]}"#]);
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    assert!(decode::<Tree>(deep.as_bytes()).is_err());
}

#[test]
fn t40_names_of_all_kinds_keep_their_wire_names() {
    use names::types::{Hostile, N1, Type};
    keeps::<Hostile>(&[r#"{"\"a\\\tb\"":1}"#, r#"{"text":"x","\"a\\\tb\"":1}"#, "{}"]);
    keeps::<Type>(&[
        r#"{"type":1,"r#type":2,"$x":3,"x":4,"_":5,"async":6,"gen":7,"self":8,"":9,"Self":10,"2":11}"#,
    ]);
    keeps::<N1>(&[r#""+1""#, r#""-1""#, r#""<=""#, r#""self""#]);
    keeps::<strings::types::List>(&[r#"["a","b"]"#]);
    refuses::<strings::types::List>(&["[]", r#"[""]"#, r#"["a","a"]"#, r#"["a","b","c","d"]"#]);
}

#[test]
fn what_random_schemas_found() {
    use corners::types::{Idle, Impossible, Limited, NeverNull, OnlyNull, Single, Singles};
    keeps::<Single>(&["0.5", "3.4028234663852886e38"]);
    refuses::<Single>(&["3.5e38", "-1e308", "1e400"]);
    keeps::<Singles>(&[r#"{"whole":1,"many":[0.5,-3e38]}"#]);
    refuses::<Singles>(&[r#"{"whole":1e39}"#, r#"{"many":[0.5,-4e38]}"#]);
    refuses::<Impossible>(&["{}", r#"{"b":1}"#, r#"{"a":"x","b":null}"#]);
    keeps::<Limited>(&[r#"{"b":1}"#, r#"{"a":"x","b":2,"c":3}"#]);
    refuses::<Limited>(&[r#"{"b":"x"}"#, r#"{"b":1,"c":"x"}"#]);
    keeps::<Idle>(&["{}", r#"{"a":"x"}"#]);
    refuses::<Idle>(&[r#"{"b":1}"#]);
    keeps::<NeverNull>(&["{}", r#"{"a":"x"}"#]);
    refuses::<NeverNull>(&["null", r#"{"a":1}"#]);
    keeps::<OnlyNull>(&["null"]);
    refuses::<OnlyNull>(&["1", r#""a""#]);
}

#[test]
fn o09_drafts_keep_their_keywords() {
    use dialects::types::{Anchored, Depends, Newer, Pair, Plain, Short};
    keeps::<Pair>(&[r#"["a",1]"#, r#"["a",1,true]"#, "[]"]);
    refuses::<Pair>(&["[1]", r#"["a",1,2]"#]);
    keeps::<Plain>(&["[1,2]"]);
    refuses::<Plain>(&[r#"["a"]"#]);
    keeps::<Newer>(&["[1]", r#"{"a":1}"#]);
    keeps::<Short>(&[r#""longer""#]);
    refuses::<Short>(&["1"]);
    keeps::<Anchored>(&[r#"{"a":"x","b":"y"}"#]);
    refuses::<Anchored>(&[r#"{"a":1}"#, r#"{"b":1}"#]);
    keeps::<Depends>(&[r#"{"card":1,"address":2}"#, r#"{"gift":1,"to":2}"#]);
    refuses::<Depends>(&[r#"{"card":1}"#, r#"{"gift":1}"#]);
}

#[test]
fn o09_a_schema_names_its_dialect() {
    use dialects::types::{Bounds, Moved};
    keeps::<Bounds>(&[r#"{"low":0.5,"high":9,"fixed":2,"pair":["a",1]}"#]);
    refuses::<Bounds>(&[r#"{"low":0}"#, r#"{"high":10}"#, r#"{"pair":[1]}"#]);
    keeps::<Moved>(&[r#"{"id":1,"text":"x"}"#]);
    refuses::<Moved>(&[r#"{"id":"x"}"#, r#"{"text":1}"#]);
}

#[test]
fn o09_recursion_and_evaluation_of_2019_09() {
    use dialects::types::{Found, FoundSince, StrictTree, Tree};
    keeps::<Tree>(&[r#"{"children":[{"children":[]}]}"#]);
    keeps::<StrictTree>(&[r#"{"children":[{"children":[]}]}"#]);
    refuses::<StrictTree>(&[r#"{"x":1}"#, r#"{"children":[{"x":1}]}"#]);
    refuses::<Found>(&[r#"["a",1]"#, "[1]"]);
    keeps::<FoundSince>(&[r#"["a",1]"#]);
    refuses::<FoundSince>(&[r#"["a",true]"#, "[1]"]);
}

#[test]
fn o09_a_meta_schema_chooses_vocabularies() {
    use dialects::types::Owned;
    keeps::<Owned>(&[r#"{"address":"127.0.0.1","count":1}"#]);
    refuses::<Owned>(&[r#"{"address":"somewhere"}"#, r#"{"none":1}"#]);
}
