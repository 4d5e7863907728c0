use super::{from_json, to_json};
use crate::json::Json;
use crate::schema::{Contract, SchemaRef};
use crate::style::Refusal;

fn schema(lines: &str) -> SchemaRef {
    let text: &'static str = Box::leak(lines.to_owned().into_boxed_str());
    let contract: &'static Contract = Box::leak(Box::new(Contract::new(text, "")));
    contract.line(0)
}

fn read(lines: &str, xml: &str) -> String {
    match to_json(xml, schema(lines), None) {
        Ok(json) => String::from_utf8(json).unwrap(),
        Err(Refusal::Malformed(message)) => format!("! {message}"),
        Err(Refusal::Violation { pointer, message, .. }) => format!("? {pointer} {message}"),
    }
}

fn written(lines: &str, json: &str) -> String {
    let text =
        from_json(&json.parse().unwrap(), schema(lines), None).unwrap_or_else(|error| format!("! {error}"));
    let text = text.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").unwrap_or(&text);
    text.strip_suffix('\n').unwrap_or(text).to_owned()
}

/// Writes and reads back.
fn both(lines: &str, json: &str, xml: &str) {
    assert_eq!(written(lines, json), xml, "{lines}");
    let back: Json = read(lines, xml).parse().unwrap_or_else(|_| panic!("{}", read(lines, xml)));
    assert_eq!(back, json.parse().unwrap(), "{lines}");
}

/// The examples of OAS 3.1.2, XML Object, each below a member `animals` of an object `r`.
#[test]
fn arrays_as_the_standard_shows_them() {
    let line = |array: &str, items: &str| {
        format!(
            r#"{{"type":"object","xml":{{"name":"r"}},"properties":{{"animals":{{"type":"array","items":{{"type":"string"{items}}}{array}}}}}}}"#
        )
    };
    let animal = r#","xml":{"name":"animal"}"#;
    for (array, items, xml) in [
        ("", "", "<animals>a</animals><animals>b</animals>"),
        ("", animal, "<animal>a</animal><animal>b</animal>"),
        (r#","xml":{"name":"aliens"}"#, animal, "<animal>a</animal><animal>b</animal>"),
        (r#","xml":{"wrapped":true}"#, "", "<animals><animals>a</animals><animals>b</animals></animals>"),
        (
            r#","xml":{"name":"aliens","wrapped":true}"#,
            animal,
            "<aliens><animal>a</animal><animal>b</animal></aliens>",
        ),
        (r#","xml":{"wrapped":true}"#, animal, "<animals><animal>a</animal><animal>b</animal></animals>"),
        (
            r#","xml":{"name":"aliens","wrapped":true}"#,
            "",
            "<aliens><aliens>a</aliens><aliens>b</aliens></aliens>",
        ),
        (
            r#","xml":{"name":"aliens","nodeType":"element"}"#,
            "",
            "<aliens><aliens>a</aliens><aliens>b</aliens></aliens>",
        ),
    ] {
        both(&line(array, items), r#"{"animals":["a","b"]}"#, &format!("<r>{xml}</r>"));
    }
    both(&line(r#","xml":{"wrapped":true}"#, ""), r#"{"animals":[]}"#, "<r><animals/></r>");
    assert_eq!(read(&line("", ""), "<r/>"), "{}");
}

#[test]
fn attributes_prefixes_and_namespaces() {
    let person = r#"{"type":"object","xml":{"name":"Person"},"properties":{"id":{"type":"integer","xml":{"attribute":true}},"name":{"type":"string","xml":{"namespace":"https://example.com/schema/sample","prefix":"sample"}}}}"#;
    let xml = r#"<Person id="123"><sample:name xmlns:sample="https://example.com/schema/sample">example</sample:name></Person>"#;
    both(person, r#"{"id":123,"name":"example"}"#, xml);
    let other =
        r#"<Person id=" 123 " xmlns:s="https://example.com/schema/sample"><s:name>x</s:name></Person>"#;
    assert_eq!(read(person, other), r#"{"id":123,"name":"x"}"#);
    let without = "<Person id='123'><name>x</name></Person>";
    assert_eq!(read(person, without), "? /name `name` does not stand where the contract says");
    assert_eq!(read(person, "<person/>"), "?  the element `person` must be `Person`");
    let whole =
        r#"{"type":"object","xml":{"name":"a","namespace":"urn:x"},"properties":{"b":{"type":"string"}}}"#;
    both(whole, r#"{"b":"1"}"#, r#"<a xmlns="urn:x"><b>1</b></a>"#);
}

#[test]
fn text_beside_attributes_and_sections() {
    let price = r#"{"type":"object","xml":{"name":"price"},"properties":{"currency":{"type":"string","xml":{"nodeType":"attribute"}},"amount":{"type":"number","xml":{"nodeType":"text"}},"note":{"type":"string"}}}"#;
    both(price, r#"{"currency":"E\"<\n","amount":1.5}"#, r#"<price currency="E&quot;&lt;&#10;">1.5</price>"#);
    let page = r#"{"type":"object","xml":{"name":"p"},"properties":{"html":{"type":"string","xml":{"nodeType":"cdata"}}}}"#;
    both(page, r#"{"html":"<b>]]>\r</b>"}"#, "<p><![CDATA[<b>]]]]><![CDATA[>]]>&#13;<![CDATA[</b>]]></p>");
}

#[test]
fn references_recursion_and_null() {
    let lines = "{\"$ref\":1,\"xml\":{\"name\":\"tree\"}}\n{\"type\":\"object\",\"xml\":{\"name\":\"node\"},\"required\":[\"n\"],\"properties\":{\"n\":{\"type\":[\"integer\",\"null\"]},\"next\":{\"$ref\":1},\"below\":{\"type\":\"array\",\"xml\":{\"wrapped\":true},\"items\":{\"$ref\":1}}}}";
    let json = r#"{"n":1,"next":{"n":2},"below":[{"n":3},{"n":4,"below":[]}]}"#;
    both(
        lines,
        json,
        "<tree><n>1</n><node><n>2</n></node><below><node><n>3</n></node><node><n>4</n><below/></node></below></tree>",
    );
    both(
        lines,
        r#"{"n":null}"#,
        r#"<tree><n xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/></tree>"#,
    );
    assert_eq!(read(lines, "<tree><n/></tree>"), r#"{"n":null}"#);
}

#[test]
fn what_no_schema_names_is_kept() {
    let open = r#"{"type":"object","properties":{"a":{"type":"boolean"}},"additionalProperties":{"type":"integer"}}"#;
    assert_eq!(
        read(open, "<x y='1'><a> true\n</a><b>2</b><c>3</c><b>4</b></x>"),
        r#"{"a":true,"y":1,"b":[2,4],"c":3}"#
    );
    assert_eq!(read("true", "<x><a>1</a><b><c/></b>\n</x>"), r#"{"a":"1","b":{"c":""}}"#);
    assert_eq!(read(open, "<x><a>1</a><a>0</a></x>"), "? /a is given more than once");
    assert_eq!(read(open, "<x>text<a>true</a></x>"), "?  `x` must not hold text");
}

#[test]
fn entities_and_what_is_no_xml_are_refused() {
    let any = "true";
    assert_eq!(read(any, "<x>&lt;&#65;&#x42;&amp;<![CDATA[&<]]></x>"), r#""<AB&&<""#);
    assert_eq!(
        read(any, "\u{feff}<?xml version='1.0' encoding='utf-8'?>\n<!-- c --><x>a\r\nb</x>\n"),
        r#""a\nb""#
    );
    for (xml, message) in [
        (
            "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><x>&a;</x>",
            "document type declarations are not read at line 1, column 1",
        ),
        ("<x>&a;</x>", "the entity `a` is not read at line 1, column 4"),
        ("<?xml version='1.0' encoding='latin1'?><x/>", "the document must be UTF-8"),
        ("<x>", "ends within an element"),
        ("<x></y>", ""),
        ("<x/><y/>", "one element around all others"),
        ("<x/>text", "text stands outside"),
        ("", "there is no element"),
        ("<a:x/>", "the prefix `a` stands for no namespace"),
        ("<x a='1' a='2'/>", ""),
        ("<x a=1/>", ""),
    ] {
        let said = read(any, xml);
        assert!(said.starts_with("! cannot be read as XML: ") && said.contains(message), "{xml}: {said}");
    }
    let deep = "<x>".repeat(100_000);
    assert!(read(any, &deep).contains("nest deeper than 128 levels"));
    let names: String = (0..100).map(|n| format!(" xmlns:n{n}='urn:{n}'")).collect();
    assert!(read(any, &format!("<x{names}/>")).contains("more than 32 namespaces"));
    let many: String = (0..50_000).map(|n| format!(" a{n}='1'")).collect();
    assert!(read(any, &format!("<x{many}/>")).starts_with('{'));
}

#[test]
fn what_xml_cannot_say_is_not_written() {
    let any = "true";
    assert_eq!(written(any, r#""a\u0001""#), "! XML has no place for the character U+0001");
    assert_eq!(written(any, r#"{"a b":1}"#), "! `a b` cannot be the name of an element or attribute");
    assert_eq!(
        written(any, r#"{"a":[1,{"b":true}],"c":"<\r\n>"}"#),
        "<root><a>1</a><a><b>true</b></a><c>&lt;&#13;\n&gt;</c></root>"
    );
}

/// OAS 3.2.0, XML Node Types: the nodes of `none` are those of its members, below the parent.
#[test]
fn objects_without_an_element_of_their_own() {
    let line = r#"{"type":"object","xml":{"name":"r"},"properties":{"a":{"type":"string"},
        "in":{"type":"object","xml":{"nodeType":"none"},"properties":{
            "id":{"type":"integer","xml":{"attribute":true}},"b":{"type":"array","items":{"type":"integer"}},
            "deep":{"type":"object","xml":{"nodeType":"none"},"properties":{"t":{"type":"string","xml":{"nodeType":"text"}}}}}}}}"#
        .replace('\n', "");
    both(
        &line,
        r#"{"a":"x","in":{"id":7,"b":[1,2],"deep":{"t":"text"}}}"#,
        r#"<r id="7"><a>x</a><b>1</b><b>2</b>text</r>"#,
    );
    both(&line, r#"{"a":"x"}"#, "<r><a>x</a></r>");
    // One that holds itself ends.
    let endless = r#"{"type":"object","xml":{"name":"r","nodeType":"none"},"properties":{"n":{"$ref":0},"a":{"type":"string"}}}"#;
    assert_eq!(read(endless, "<r><b>1</b></r>"), r#"{"b":"1"}"#);
}
