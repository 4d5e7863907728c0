//! Typed values through client and server: what is sent is what comes back.

use counterpart_runtime::{decode, encode};
use test_broad::broad::types;
use test_broad::{client, start};

/// Decodes each document as the type, sends it through the operation, and expects an equal value, which encodes to
/// the same text.
macro_rules! echoes {
    ($($test:ident $method:ident $type:ident: $($document:literal)+;)+) => {$(
        #[tokio::test]
        async fn $test() {
            let client = client(start().await);
            for document in [$($document),+] {
                let value: types::$type = decode(document.as_bytes()).unwrap_or_else(|error| panic!("{document}: {error}"));
                assert_eq!(String::from_utf8(encode(&value).unwrap()).unwrap(), document);
                let echoed = client.$method(&value).send().await.unwrap_or_else(|error| panic!("{document}: {error:?}"));
                assert_eq!(echoed, value, "{document}");
            }
        }
    )+};
}

echoes! {
    enums type_enums Enums:
        r#"{"word":"+1","number":-3,"mixed":{"a":1},"nullable":null,"one":"only","seven":7,"same":"paid"}"#
        r#"{"mixed":null}"#;
    states type_states States:
        r#"{"required":"a","requiredNullable":null,"undeclared":null}"#
        r#"{"required":"a","requiredNullable":"b","optional":"c","optionalNullable":null,"optionalObject":null,"undeclared":[1]}"#;
    numbers type_numbers Numbers:
        r#"{"integer":12345678901234567890123,"int32":-1,"int64":9223372036854775807,"unsigned":18446744073709551615,"byte":255,"number":0.1,"cents":19.99,"open":0.5,"float":1.5}"#;
    strings type_strings Strings: r#"{"short":"💩","digits":"123","notAdmin":"root","contains":"xfoox"}"#;
    formats type_formats Formats:
        r#"{"dateTime":"2016-12-31T23:59:60Z","date":"2024-02-29","uuid":"0198C1F0-5d0e-7c3a-9a51-6f0c8a4f2b11"}"#;
    arrays type_arrays Arrays:
        r#"{"pair":["a",1],"loose":["a",1,null],"unique":[1,2.5],"matrix":[[1],[]],"contains":[1,"x"],"nullables":[null]}"#;
    maps type_maps Maps:
        r#"{"plain":{"":1},"things":{"a":{"name":"lamp"}},"free":{"a":[1]},"patterned":{"n_a":1},"mixed":{"name":"n","other":1}}"#;
    compositions type_all_of Employee: r#"{"name":"Ann","nick":"A","job":"press","manager":{"name":"Bo"}}"#;
    unions type_one_of Unions:
        r#"{"byType":["a"],"byTypeList":null,"byMember":{"kind":"square","side":2,"label":null},"byRange":-5,"exclusive":{"b":"1"}}"#
        r#"{"byType":true,"byTypeList":1.5,"byRange":10}"#;
    overlaps type_any_of Contact: r#"{"mail":"m"}"# r#"{"mail":"m","phone":"p"}"# r#"{"mail":"m","phone":1}"#;
    shapes type_discriminator Shape: r#"{"kind":"circle","radius":1.5}"# r#"{"kind":"square","side":2}"#;
    trees type_recursion Tree:
        r#"{"value":1,"left":{"value":2},"children":[{"value":3}],"named":{"a":{"value":4}},"forest":[[],[[]]]}"#;
    defaults type_defaults Defaults: "{}" r#"{"nullable":null,"status":"paid"}"#;
    conditions type_conditions Conditions: r#"{"method":"card","number":"1","cvc":"234"}"#;
    unevaluated type_unevaluated Unevaluated: r#"{"a":"x","b":1}"#;
    generic type_generic ThingPage: r#"{"items":[{"name":"x"}],"next":null}"#;
    names type_names Self_: r#"{"type":"1","self":"2","r#type":"4","$x":"5","_":"6","":"11","string":"abc","anything":null}"#;
}

#[test]
fn what_the_contract_refuses_is_no_value() {
    assert!(decode::<types::ThingPage>(br#"{"items":[{}]}"#).is_err());
    assert!(decode::<types::Conditions>(br#"{"method":"card"}"#).is_err());
    assert!(decode::<types::Self_>(br#"{"gone":1}"#).is_err());
    assert!(types::String::try_from("abcd".to_owned()).is_err());
    assert!(serde_json::from_str::<types::Shape>(r#"{"kind":"circle"}"#).is_err());
    let tree: types::Tree = serde_json::from_str(r#"{"value":1.0}"#).unwrap();
    assert_eq!(serde_json::to_string(&tree).unwrap(), r#"{"value":1}"#);
}
