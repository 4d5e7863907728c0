use super::*;
use crate::operation::Location;

fn object() -> Shape {
    let members = ["R", "G", "B"].map(|name| (name.to_owned(), Shape::Number));
    Shape::Object { members: Box::new(members.into_iter().collect()), rest: None }
}

fn strings() -> Shape {
    Shape::Array(Box::new(Shape::String))
}

fn read(location: Location, style: Style, explode: bool, shape: &Shape, text: &str) -> String {
    let spec = Spec { name: "color", style, explode, allow_empty: false, shape };
    let value = match location {
        Location::Path => path(&spec, text),
        Location::Header => header(&spec, &text.split('\n').collect::<Vec<_>>()),
        Location::Cookie => cookie(&spec, &Pairs::cookies(text)),
        _ => Pairs::form(text).and_then(|pairs| query(&spec, &pairs, &|_| false)),
    };
    match value {
        Ok(Some(bytes)) => String::from_utf8(bytes).unwrap(),
        Ok(None) => "absent".to_owned(),
        Err(Refusal::Malformed(message)) => format!("malformed: {message}"),
        Err(Refusal::Violation { pointer, keyword, .. }) => format!("{keyword} at {pointer:?}"),
    }
}

/// What servers take for scalars, where they can.
#[test]
#[cfg(feature = "server")]
fn the_short_way_leads_where_the_long_one_does() {
    use Location::{Path, Query};
    for shape in [Shape::String, Shape::Number, Shape::Boolean] {
        for text in ["", "blue", "a,b", "a+b%20c", "\"%22", "7", "-1.5e3", "07", "true", "%31", "%zz", "%ff"]
        {
            for (location, style, prefix) in [(Path, Style::Simple, ""), (Query, Style::Form, "color=")] {
                let mut json = Vec::new();
                let short = scalar(&mut json, &shape, text, location == Query);
                let long = read(location, style, true, &shape, &format!("{prefix}{text}"));
                assert_eq!(short, !long.starts_with("malformed"), "{text}");
                assert!(!short || String::from_utf8(json).unwrap() == long, "{text}: {long}");
            }
        }
    }
}

/// What servers do with most queries, where they can.
#[test]
#[cfg(feature = "server")]
fn a_name_is_found_as_in_the_pairs() {
    use Sought::{Absent, Once, Unclear};
    for (text, expected) in [
        ("", Absent),
        ("&", Absent),
        ("colors=1&Color=2&=3", Absent),
        ("color=blue", Once("blue")),
        ("&&a=b&color=blue&", Once("blue")),
        ("color", Once("")),
        ("color=", Once("")),
        ("a&color=b=c%20d+e&f=%zz", Once("b=c%20d+e")),
        ("é=1&color=é", Once("é")),
        ("color=1&a=2&color=1", Unclear),
        ("col%6fr=1", Unclear),
        ("color=1&a+b=2", Unclear),
        ("%zz=1", Unclear),
    ] {
        assert_eq!(Sought::of(text, "color"), expected, "{text}");
        let pairs = Pairs::form(text);
        let named: Vec<&str> = pairs.iter().flat_map(|pairs| pairs.values("color")).collect();
        match expected {
            Absent => assert!(named.is_empty(), "{text}"),
            Once(value) => assert_eq!(named, [value], "{text}"),
            Unclear => {}
        }
    }
}

/// The table of OAS 3.1.2, Style Examples: one row a style, `blue`, three colours, and an object.
#[test]
fn the_golden_table() {
    use Location::{Cookie, Header, Path, Query};
    let table = [
        (Path, Style::Matrix, false, ";color=blue", ";color=blue,black,brown", ";color=R,100,G,200"),
        (Path, Style::Matrix, true, ";color=blue", ";color=blue;color=black;color=brown", ";R=100;G=200"),
        (Path, Style::Label, false, ".blue", ".blue,black,brown", ".R,100,G,200"),
        (Path, Style::Label, true, ".blue", ".blue.black.brown", ".R=100.G=200"),
        (Path, Style::Simple, false, "blue", "blue,black,brown", "R,100,G,200"),
        (Path, Style::Simple, true, "blue", "blue,black,brown", "R=100,G=200"),
        (Header, Style::Simple, false, "blue", "blue,black,brown", "R,100,G,200"),
        (Header, Style::Simple, true, "blue", "blue, black\nbrown", "R=100, G=200"),
        (Query, Style::Form, false, "color=blue", "color=blue,black,brown", "color=R,100,G,200"),
        (Query, Style::Form, true, "color=blue", "color=blue&color=black&color=brown", "R=100&G=200"),
        (
            Query,
            Style::SpaceDelimited,
            false,
            "color=blue",
            "color=blue%20black+brown",
            "color=R%20100%20G%20200",
        ),
        (
            Query,
            Style::PipeDelimited,
            false,
            "color=blue",
            "color=blue%7Cblack|brown",
            "color=R%7C100%7cG%7C200",
        ),
        (Cookie, Style::Form, false, "color=blue", "a=b; color=blue,black,brown", "color=R,100,G,200"),
        (Cookie, Style::Form, true, "color=blue", "color=blue&color=black&color=brown", "R=100&G=200"),
        (Cookie, Style::Cookie, true, "color=blue", "color=blue; color=black; color=brown", "R=100; G=200"),
    ];
    for (location, style, explode, primitive, array, members) in table {
        let row = format!("{location:?} {style:?} {explode}");
        assert_eq!(read(location, style, explode, &Shape::String, primitive), "\"blue\"", "{row}");
        let three = "[\"blue\",\"black\",\"brown\"]";
        assert_eq!(read(location, style, explode, &strings(), array), three, "{row}");
        assert_eq!(read(location, style, explode, &object(), members), "{\"R\":100,\"G\":200}", "{row}");
    }
    let deep = |text| read(Location::Query, Style::DeepObject, true, &object(), text);
    assert_eq!(deep("color%5BR%5D=100&color[G]=200&x=1"), "{\"R\":100,\"G\":200}");
}

#[test]
fn empty_strings() {
    assert_eq!(read(Location::Path, Style::Matrix, false, &Shape::String, ";color"), "\"\"");
    assert_eq!(read(Location::Path, Style::Label, false, &Shape::String, "."), "\"\"");
    assert_eq!(read(Location::Query, Style::Form, true, &Shape::String, "color"), "\"\"");
    assert_eq!(read(Location::Query, Style::Form, true, &strings(), "color="), "[\"\"]");
    assert_eq!(read(Location::Query, Style::Form, true, &strings(), ""), "absent");
    assert_eq!(read(Location::Query, Style::Form, true, &object(), "x=1"), "absent");
}

#[test]
fn delimiters_are_split_before_decoding() {
    let path = |text| read(Location::Path, Style::Simple, false, &strings(), text);
    assert_eq!(path("a%2Cb,c"), "[\"a,b\",\"c\"]");
    assert_eq!(path("a%2Fb+c"), "[\"a/b+c\"]");
    assert_eq!(path("%zz"), "malformed: is not correctly percent-encoded");
    assert_eq!(path("%ff"), "malformed: is not UTF-8 when percent-decoded");
    let query = |text| read(Location::Query, Style::Form, false, &strings(), text);
    assert_eq!(query("color=a%2Cb"), "[\"a,b\"]");
    assert_eq!(query("color=a+b%2Bc"), "[\"a b+c\"]");
    assert_eq!(read(Location::Query, Style::Form, true, &strings(), "color=a,b"), "[\"a,b\"]");
}

#[test]
fn only_json_lexemes_are_numbers_and_booleans() {
    let number =
        |text: &str| read(Location::Query, Style::Form, true, &Shape::Number, &format!("color={text}"));
    for text in ["0", "-0", "5", "-1.5", "1e2", "1E-2", "12345678901234567890"] {
        assert_eq!(number(text), text);
    }
    for text in ["05", "%2B5", "", "1.", ".5", "1e", "Infinity", "0x1", "-", "1,2"] {
        assert!(number(text).starts_with('"'), "{text}");
    }
    let boolean = |text| read(Location::Query, Style::Form, true, &Shape::Boolean, text);
    assert_eq!(boolean("color=true"), "true");
    assert_eq!(boolean("color=True"), "\"True\"");
    let union = Shape::Union(vec![Shape::Number, Shape::Null, Shape::String]);
    assert_eq!(read(Location::Query, Style::Form, true, &union, "color=1"), "1");
    assert_eq!(read(Location::Query, Style::Form, true, &union, "color=null"), "\"null\"");
}

#[test]
fn what_is_given_twice_is_refused() {
    assert_eq!(
        read(Location::Query, Style::Form, true, &Shape::Number, "color=1&color=2"),
        "duplicate at \"\""
    );
    assert_eq!(read(Location::Query, Style::Form, false, &strings(), "color=1&color=2"), "duplicate at \"\"");
    assert_eq!(read(Location::Header, Style::Simple, false, &Shape::String, "a\nb"), "duplicate at \"\"");
    assert_eq!(read(Location::Query, Style::Form, true, &object(), "R=1&R=2"), "duplicate at \"/R\"");
    let deep = "color[R]=1&color[R]=2";
    assert_eq!(read(Location::Query, Style::DeepObject, true, &object(), deep), "duplicate at \"/R\"");
}

#[test]
fn open_objects_leave_claimed_names_alone() {
    let shape = Shape::Object { members: Box::default(), rest: Some(Box::new(Shape::String)) };
    let spec = Spec { name: "f", style: Style::Form, explode: true, allow_empty: false, shape: &shape };
    let pairs = Pairs::form("limit=1&a=2&%61%62=x%20y").unwrap();
    let value = query(&spec, &pairs, &|name| name == "limit").unwrap().unwrap();
    assert_eq!(String::from_utf8(value).unwrap(), "{\"a\":\"2\",\"ab\":\"x y\"}");
}

#[test]
fn deep_objects_hold_lists_and_objects_where_declared() {
    let nested = Shape::Object {
        members: Box::new([("x".to_owned(), Shape::Number)].into_iter().collect()),
        rest: None,
    };
    let members = [("tags".to_owned(), strings()), ("at".to_owned(), nested)];
    let shape = Shape::Object { members: Box::new(members.into_iter().collect()), rest: None };
    let deep = |text| read(Location::Query, Style::DeepObject, true, &shape, text);
    assert_eq!(deep("color[tags]=a&color[tags]=b"), "{\"tags\":[\"a\",\"b\"]}");
    assert_eq!(deep("color[tags][1]=b&color[tags][0]=a"), "{\"tags\":[\"a\",\"b\"]}");
    assert_eq!(deep("color[tags][]=a&color[at][x]=1"), "{\"tags\":[\"a\"],\"at\":{\"x\":1}}");
    assert_eq!(deep("color[at"), "style at \"\"");
    assert_eq!(deep(&format!("color{}=1", "[a]".repeat(40))), "style at \"\"");
}

#[test]
fn header_text_is_not_percent_coded() {
    assert_eq!(read(Location::Header, Style::Simple, false, &Shape::String, "100%25"), "\"100%25\"");
    let numbers = Shape::Array(Box::new(Shape::Number));
    assert_eq!(read(Location::Header, Style::Simple, false, &numbers, "1, 2\n3"), "[1,2,3]");
    assert_eq!(read(Location::Header, Style::Simple, false, &numbers, ""), "[]");
}

#[test]
fn strings_are_escaped() {
    let text = "color=a%22b%5Cc%0A%01";
    assert_eq!(read(Location::Query, Style::Form, true, &Shape::String, text), "\"a\\\"b\\\\c\\n\\u0001\"");
}

/// What the client writes, the server reads: every style, with values that hold its own delimiters.
#[test]
fn both_directions_agree() {
    use crate::json::Json;
    use crate::operation::Parameter;
    let members =
        [("R", Shape::Number), ("n a", Shape::String)].map(|(name, shape)| (name.to_owned(), shape));
    let object = Shape::Object { members: Box::new(members.into_iter().collect()), rest: None };
    let values = [
        (Shape::String, r#""a,b;c=d&e|f g%h/i?j+k.é""#),
        (Shape::Number, "-1.5e3"),
        (Shape::Boolean, "true"),
        (strings(), r#"["a,b","c d","e|f","g;h=i&j","","+%2B"]"#),
        (object, r#"{"R":100,"n a":"x,y&z=1"}"#),
    ];
    let table = [
        (Location::Path, Style::Matrix),
        (Location::Path, Style::Label),
        (Location::Path, Style::Simple),
        (Location::Query, Style::Form),
        (Location::Query, Style::SpaceDelimited),
        (Location::Query, Style::PipeDelimited),
        (Location::Query, Style::DeepObject),
        (Location::Cookie, Style::Form),
        (Location::Header, Style::Simple),
    ];
    let mut agreed = 0;
    for (location, style) in table {
        for explode in [false, true] {
            for (shape, text) in &values {
                // The cells that the table leaves empty.
                if style == Style::DeepObject && !matches!(shape, Shape::Object { .. }) {
                    continue;
                }
                let name = "color".to_owned();
                let parameter = Parameter {
                    name,
                    location,
                    style,
                    explode,
                    shape: shape.clone(),
                    ..Parameter::default()
                };
                let value = Json::parse(text.as_bytes()).unwrap();
                let written = match location {
                    Location::Path => encode::path(&parameter, &value),
                    Location::Header => encode::header(&parameter, &value).map(Option::unwrap_or_default),
                    Location::Cookie => encode::cookie(&parameter, &value).map(|pieces| pieces.join("; ")),
                    _ => encode::query(&parameter, &value).map(|pieces| pieces.join("&")),
                };
                // What a style cannot carry, such as a comma in a header list, the writer refuses.
                let Ok(written) = written else { continue };
                let seen = read(location, style, explode, shape, &written);
                let same = Json::parse(seen.as_bytes()).is_ok_and(|seen| seen == value);
                assert!(same, "{location:?} {style:?} {explode} {text} → {written} → {seen}");
                agreed += 1;
            }
        }
    }
    assert!(agreed > 60, "{agreed}");
}

/// Where an undefined cell is allowed, it is read as the client writes it: in style `form`.
#[test]
fn deep_objects_that_are_none_are_forms() {
    let deep = |shape: &Shape, text| read(Location::Query, Style::DeepObject, true, shape, text);
    assert_eq!(deep(&Shape::String, "color=blue"), "\"blue\"");
    assert_eq!(deep(&strings(), "color=blue&color=black"), "[\"blue\",\"black\"]");
    assert_eq!(deep(&object(), "color=blue"), "absent");
}

#[test]
fn cookies_that_are_set_are_no_list() {
    let set = |shape: &Shape, lines: &[&str]| {
        let spec =
            Spec { name: "Set-Cookie", style: Style::Simple, explode: false, allow_empty: false, shape };
        String::from_utf8(header(&spec, lines).unwrap().unwrap()).unwrap()
    };
    assert_eq!(set(&strings(), &["a=b, c", "d=e"]), "[\"a=b, c\",\"d=e\"]");
    assert_eq!(set(&Shape::String, &["a=b, c", "d=e"]), "\"a=b, c\"");
}
