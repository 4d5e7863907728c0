use super::*;
use crate::operation::{Location, Shape};

static CONTRACT: crate::schema::Contract = crate::schema::Contract::new("", "");

fn json(text: &str) -> Json {
    Json::parse(text.as_bytes()).unwrap()
}

fn style(name: &str) -> Style {
    match name {
        "matrix" => Style::Matrix,
        "label" => Style::Label,
        "simple" => Style::Simple,
        "form" => Style::Form,
        "spaceDelimited" => Style::SpaceDelimited,
        "pipeDelimited" => Style::PipeDelimited,
        "deepObject" => Style::DeepObject,
        "cookie" => Style::Cookie,
        _ => panic!("{name}"),
    }
}

fn parameter(place: &str, name: &str, how: &str, explode: bool) -> Parameter {
    let location = match place {
        "path" => Location::Path,
        "header" => Location::Header,
        "cookie" => Location::Cookie,
        _ => Location::Query,
    };
    Parameter { name: name.to_owned(), location, style: style(how), explode, ..Parameter::default() }
}

fn write(parameter: &Parameter, value: &Json) -> Result<String, StyleError> {
    Ok(match parameter.location {
        Location::Path => path(parameter, value)?,
        Location::Header => header(parameter, value)?.unwrap_or_default(),
        Location::Cookie => cookie(parameter, value)?.join("; "),
        _ => query(parameter, value)?.join("&"),
    })
}

/// place, style, explode | `blue` | `["blue","black","brown"]` | `{"R":100,"G":200}` | `""`; `-` = not possible
const STYLES: &str = "
path matrix false | ;color=blue | ;color=blue,black,brown | ;color=R,100,G,200 | ;color
path matrix true | ;color=blue | ;color=blue;color=black;color=brown | ;R=100;G=200 | ;color
path label false | .blue | .blue,black,brown | .R,100,G,200 | .
path label true | .blue | .blue.black.brown | .R=100.G=200 | .
path simple false | blue | blue,black,brown | R,100,G,200 |
path simple true | blue | blue,black,brown | R=100,G=200 |
header simple false | blue | blue,black,brown | R,100,G,200 |
header simple true | blue | blue,black,brown | R=100,G=200 |
query form false | color=blue | color=blue,black,brown | color=R,100,G,200 | color=
query form true | color=blue | color=blue&color=black&color=brown | R=100&G=200 | color=
query spaceDelimited false | color=blue | color=blue%20black%20brown | color=R%20100%20G%20200 | color=
query pipeDelimited false | color=blue | color=blue%7Cblack%7Cbrown | color=R%7C100%7CG%7C200 | color=
query deepObject true | color=blue | color=blue&color=black&color=brown | color%5BR%5D=100&color%5BG%5D=200 | color=
cookie cookie true | color=blue | color=blue; color=black; color=brown | R=100; G=200 | color=
cookie form true | color=blue | color=blue; color=black; color=brown | R=100; G=200 | color=
cookie form false | color=blue | color=blue,black,brown | color=R,100,G,200 | color=
";

#[test]
fn every_style_byte_by_byte() {
    let values = ["\"blue\"", "[\"blue\",\"black\",\"brown\"]", "{\"R\":100,\"G\":200}", "\"\""].map(json);
    for line in STYLES.trim().lines() {
        let mut cells = line.split('|').map(str::trim);
        let how: Vec<&str> = cells.next().unwrap().split(' ').collect();
        let parameter = parameter(how[0], "color", how[1], how[2] == "true");
        for (value, expected) in values.iter().zip(cells) {
            assert_eq!(write(&parameter, value).unwrap(), expected, "{line} {value}");
        }
        for undefined in ["null", "[]", "{}", "[null]", "{\"a\":null}"] {
            assert_eq!(write(&parameter, &json(undefined)).unwrap(), "", "{line} {undefined}");
        }
    }
}

/// place, style, explode | value | text, or `!` and the reason
const CHARACTERS: &str = "
path simple false | \"a/b?c#d%\" | a%2Fb%3Fc%23d%25
path simple false | [\"a,b\",\"c\"] | a%2Cb,c
path simple false | \"a+b ü~-._\" | a%2Bb%20%C3%BC~-._
path label true | [1.5,2] | .1%2E5.2
path label true | 1.5 | .1.5
path matrix true | [\"\",\"a\"] | ;c%5B;c%5B=a
path matrix false | [\"\"] | ;c%5B=
query form false | [\"a,b\",\"c&d\"] | c%5B=a%2Cb,c%26d
query form true | {\"a=\":\"b c\",\"n\":null,\"t\":true} | a%3D=b%20c&t=true
query form true | 1e400 | c%5B=1e400
query form true | [[1]] | !an array or object inside another has no text in this style
query pipeDelimited false | [\"a|b\"] | !an item holds the delimiter of its style
query spaceDelimited false | {\"a b\":1} | !an item holds the delimiter of its style
query pipeDelimited false | \"a|b\" | c%5B=a%7Cb
query deepObject true | {\"a\":{\"b c\":[1,2]},\"d\":\"\"} | c%5B%5Ba%5D%5Bb%20c%5D=1&c%5B%5Ba%5D%5Bb%20c%5D=2&c%5B%5Bd%5D=
query deepObject true | {\"a\":[{\"b\":1}]} | !style deepObject has no form for arrays of arrays or objects
query deepObject true | {\"a]\":1} | !a name with brackets has no text in style deepObject
header simple false | \"100%25, ü\" | 100%25, ü
header simple false | [\"a,b\"] | !an item holds the delimiter of its style
header simple true | {\"a\":\"b=c\"} | !an item holds the delimiter of its style
header simple false | {\"a\":\"b=c\"} | a,b=c
header simple false | \" a\" | !blanks around a value, and empty items, are lost in a header
header simple false | [\"\",\"a\"] | !blanks around a value, and empty items, are lost in a header
header simple false | {\"a\":\"\"} | a,
header simple false | \"a\\r\\nb: c\" | !a header cannot hold control characters
header simple false | \"a\\u0000\" | !a header cannot hold control characters
cookie form true | {\"a|b\":\"a;b=ü\"} | a|b=a%3Bb%3D%C3%BC
cookie cookie true | {\"a\":\"a%20=b c\"} | a=a%20=b c
cookie cookie false | [\"a,b\"] | !an item holds the delimiter of its style
cookie cookie true | {\"a\":\"a;b\"} | !a cookie can hold only ASCII without `;` and control characters
cookie cookie true | {\"a=\":1} | !the name of a cookie is a token
cookie form true | {\"a=\":1} | !the name of a cookie is a token
cookie form true | 1 | !the name of a cookie is a token
";

#[test]
fn characters_that_matter() {
    for line in CHARACTERS.trim().lines() {
        let cells: Vec<&str> = line.split(" | ").collect();
        let how: Vec<&str> = cells[0].split(' ').collect();
        let parameter = parameter(how[0], "c[", how[1], how[2] == "true");
        let text = write(&parameter, &json(cells[1])).unwrap_or_else(|error| format!("!{error}"));
        assert_eq!(text, cells[2], "{line}");
    }
}

#[test]
fn reserved_characters_and_triplets_stay_where_the_contract_says_so() {
    let with = |place: &str, how: &str, explode| Parameter {
        allow_reserved: true,
        ..parameter(place, "q", how, explode)
    };
    let text = write(&with("query", "form", true), &json("\"a/b?c:d@e,f;g=h%41%4 100%&+#[]'\"")).unwrap();
    assert_eq!(text, "q=a/b?c:d@e,f;g=h%41%254%20100%25%26%2B%23%5B%5D%27");
    for (place, how, explode, value, expected) in [
        ("path", "simple", false, "\"a/b?c#d[e]:@;='+,\"", "a%2Fb%3Fc%23d%5Be%5D:@;='+,"),
        ("path", "simple", false, "[\"a,b\",\"c;d\"]", "a%2Cb,c;d"),
        ("path", "matrix", true, "[\"a,b\",\"c;d\"]", ";q=a,b;q=c%3Bd"),
        ("query", "form", false, "[\"a,b\",\"c;d\"]", "q=a%2Cb,c;d"),
        ("query", "form", true, "{\"a=&\":\"b=c,\"}", "a%3D%26=b=c,"),
        ("cookie", "form", false, "\"a;b,c&d/e[f]\"", "q=a%3Bb%2Cc%26d/e[f]"),
    ] {
        assert_eq!(
            write(&with(place, how, explode), &json(value)).unwrap(),
            expected,
            "{place} {how} {value}"
        );
    }
}

#[test]
fn content_parameters_are_json_texts() {
    let with =
        |media: &str| Parameter { content: Some(media.into()), ..parameter("query", "f", "form", true) };
    let parameter = with("application/json");
    assert_eq!(write(&parameter, &json("{\"a\":1}")).unwrap(), "f=%7B%22a%22%3A1%7D");
    assert_eq!(write(&parameter, &json("\"x\"")).unwrap(), "f=%22x%22");
    assert_eq!(write(&parameter, &json("null")).unwrap(), "");
    assert_eq!(write(&parameter, &json("[]")).unwrap(), "f=%5B%5D");
    assert_eq!(write(&with("text/plain; charset=utf-8"), &json("\"x\"")).unwrap(), "f=x");
}

#[test]
fn forms_are_written_by_their_encoding() {
    let encoding =
        |name: &str, style| Encoding { name: name.into(), style: Some(style), ..Encoding::default() };
    let media = Media {
        encoding: vec![
            encoding("d", Style::DeepObject),
            encoding("s", Style::Form),
            Encoding { name: "c".into(), explode: Some(false), ..Encoding::default() },
        ],
        ..Media::default()
    };
    for (value, text) in [
        ("{\"o\":{\"k\":1}}", "o=%7B%22k%22%3A1%7D"),
        ("{\"a\":[\"x y\",\"z\"],\"n\":null,\"b\":true}", "a=x%20y&a=z&b=true"),
        ("{\"ao\":[{\"k\":1}]}", "ao=%7B%22k%22%3A1%7D"),
        ("{\"d\":{\"R\":100}}", "d%5BR%5D=100"),
        ("{\"s\":[\"a,b\",\"c\"]}", "s=a%2Cb&s=c"),
        ("{\"c\":[\"a,b\",\"c\"]}", "c=a%2Cb,c"),
        ("{}", ""),
    ] {
        assert_eq!(form(&CONTRACT, &media, &json(value)).unwrap(), text);
    }
    assert!(form(&CONTRACT, &media, &json("[]")).is_err());
}

/// What is written is read as the same value, whatever the style and whatever the characters.
#[test]
fn what_is_written_is_read_again() {
    let text = r#""a,b;c.d=e&f|g h/%41?[ü]""#;
    let values =
        [text.to_owned(), format!("[{text},\"\",\"x\"]"), format!("{{\"R,1\":{text},\"G=&\":\"\"}}")];
    // The name of a cookie is a token, and so is that of an exploded member there.
    let plain = json(&format!("{{\"R\":{text},\"G\":\"\"}}"));
    let shapes = [Shape::String, Shape::Array(Box::new(Shape::String)), object()];
    for line in STYLES.trim().lines() {
        let how: Vec<&str> = line.split(" | ").next().unwrap().split(' ').collect();
        for (value, shape) in values.iter().map(|value| json(value)).zip(&shapes) {
            let parameter =
                Parameter { shape: shape.clone(), ..parameter(how[0], "n", how[1], how[2] == "true") };
            if parameter.style == Style::DeepObject && !matches!(shape, Shape::Object { .. }) {
                continue; // undefined by the standard
            }
            let value = if how[0] == "cookie" && value.as_object().is_some() { plain.clone() } else { value };
            let Ok(written) = write(&parameter, &value) else { continue };
            let read =
                read(&parameter, &written).unwrap_or_else(|refusal| panic!("{line} {written}: {refusal:?}"));
            assert_eq!(Json::parse(&read.unwrap()).unwrap(), value, "{line} {written}");
        }
    }
}

fn object() -> Shape {
    Shape::Object { members: Default::default(), rest: Some(Box::new(Shape::String)) }
}

fn read(parameter: &Parameter, text: &str) -> crate::style::Value {
    let spec = crate::style::Spec::from(parameter);
    match parameter.location {
        Location::Path => crate::style::path(&spec, text),
        Location::Header => crate::style::header(&spec, &[text]),
        Location::Cookie => crate::style::cookie(&spec, &crate::style::Pairs::cookies(text)),
        _ => crate::style::query(&spec, &crate::style::Pairs::form(text)?, &|_| false),
    }
}
