//! Every cell of the standard's table of styles, over a socket: the generated client against the generated server, and
//! both against the bytes that the standard shows.

mod values;

use std::net::SocketAddr;

use counterpart_runtime::Json;
use test_matrix::cells::{Cell, Kind, cells};
use test_matrix::{Failed, call, client, start};
use values::Values;

fn json(text: &str) -> Json {
    Json::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// The value of the parameter `color`; in a path the others are there, too.
fn with_color(cell: &Cell, color: &str) -> Json {
    let others = match (cell.place, cell.kind) {
        ("path", Kind::Primitives) => r#", "number": 1, "flag": true"#,
        ("path", Kind::Arrays) => r#", "number": [1], "flag": [true]"#,
        _ => "",
    };
    json(&format!("{{\"color\": {color}{others}}}"))
}

/// The rows of OAS 3.2.0, "Style Examples" (3.1.1 has the same without `cookie`): the empty string, `blue`, the array,
/// the object; `-` is n/a. What 3.1.1 shows for exploded forms in a cookie is no cookie: see the last row but one.
const TABLE: &str = "
path matrix false | ;color | ;color=blue | ;color=blue,black,brown | ;color=R,100,G,200,B,150
path matrix true | ;color | ;color=blue | ;color=blue;color=black;color=brown | ;R=100;G=200;B=150
path label false | - | .blue | .blue,black,brown | .R,100,G,200,B,150
path label true | - | .blue | .blue.black.brown | .R=100.G=200.B=150
path simple false | - | blue | blue,black,brown | R,100,G,200,B,150
path simple true | - | blue | blue,black,brown | R=100,G=200,B=150
header simple false | | blue | blue,black,brown | R,100,G,200,B,150
header simple true | | blue | blue,black,brown | R=100,G=200,B=150
query form false | color= | color=blue | color=blue,black,brown | color=R,100,G,200,B,150
query form true | color= | color=blue | color=blue&color=black&color=brown | R=100&G=200&B=150
query spaceDelimited false | - | - | color=blue%20black%20brown | color=R%20100%20G%20200%20B%20150
query pipeDelimited false | - | - | color=blue%7Cblack%7Cbrown | color=R%7C100%7CG%7C200%7CB%7C150
query deepObject true | - | - | - | color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150
cookie form false | color= | color=blue | color=blue,black,brown | color=R,100,G,200,B,150
cookie form true | color= | color=blue | color=blue; color=black; color=brown | R=100; G=200; B=150
cookie cookie false | color= | color=blue | color=blue,black,brown | color=R,100,G,200,B,150
cookie cookie true | color= | color=blue | color=blue; color=black; color=brown | R=100; G=200; B=150
";

const COLORS: [(&str, Kind); 4] = [
    (r#""""#, Kind::Primitives),
    (r#""blue""#, Kind::Primitives),
    (r#"["blue", "black", "brown"]"#, Kind::Arrays),
    (r#"{"R": 100, "G": 200, "B": 150}"#, Kind::Object),
];

/// Headers of responses are written like those of requests (OAS 3.1.2, Header Object).
fn alike(place: &str) -> &str {
    if place == "response" { "header" } else { place }
}

/// The expected text of each cell and value of the table.
fn table() -> Vec<(Cell, &'static str, &'static str)> {
    let mut rows = Vec::new();
    for line in TABLE.trim().lines() {
        let mut columns = line.split('|').map(str::trim);
        let how: Vec<&str> = columns.next().unwrap_or_default().split(' ').collect();
        for ((color, kind), wire) in COLORS.into_iter().zip(columns).filter(|(_, wire)| *wire != "-") {
            let same = |cell: &&Cell| {
                (alike(cell.place), cell.style, cell.kind) == (how[0], how[1], kind)
                    && cell.explode == (how[2] == "true")
            };
            rows.extend(cells().iter().filter(same).map(|cell| (*cell, color, wire)));
        }
    }
    rows
}

#[tokio::test]
async fn t24_every_cell_is_written_and_read_as_the_standard_shows() {
    let server = start().await;
    let client = client(server);
    let table = table();
    for cell in cells().iter().filter(|cell| !cell.is_body()) {
        assert!(table.iter().any(|(known, ..)| known.name() == cell.name()), "{} has no row", cell.name());
    }
    for (cell, color, wire) in table {
        let sent = with_color(&cell, color);
        let echo = call(&client, &cell.name(), &sent).await;
        let echo = echo.unwrap_or_else(|error| panic!("{} {color}: {error:?}", cell.name()));
        let written =
            if cell.place == "response" { answered(server, &cell.name(), &sent).await } else { echo.wire };
        assert_eq!(written, wire, "{} {color}", cell.name());
        assert_eq!(echo.value, sent, "{} {color}", cell.name());
    }
}

/// The header `color` of a response that a server is asked for by hand.
async fn answered(server: SocketAddr, name: &str, value: &Json) -> String {
    let json = ["Content-Type: application/json"];
    let reply = test_wire::send(server, &format!("POST /{name}"), &json, value.to_string().as_bytes()).await;
    assert_eq!(reply.status(), 200, "{name} {value}");
    reply.header("color").unwrap_or("(none)").to_owned()
}

/// Forms have no `?` before them, and are written like queries otherwise.
#[tokio::test]
async fn t35_members_of_forms_are_written_like_queries() {
    for (cell, color, wire) in
        table().into_iter().filter(|(cell, ..)| cell.place == "query" && !cell.reserved)
    {
        let recorder = test_wire::record("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await;
        let name = cell.name().replace("query", "urlencoded");
        let answer = call(&client(recorder.address), &name, &with_color(&cell, color)).await;
        assert!(matches!(answer, Err(Failed::Call(_))), "{name}: {answer:?}");
        assert_eq!(recorder.request().await.text(), wire, "{name} {color}");
    }
}

/// What other clients write, too, and what they mean by it: place, style, explode and kind, the text, the value.
const READ: &str = r#"
path matrix true Arrays | ;color=a%2Cb;color=%3B | ["a,b", ";"]
path label true Arrays | .1%2E5.2 | ["1.5", "2"]
path simple false Arrays | a%2cb,c | ["a,b", "c"]
path simple false Primitives | a+b%20c%7E~ | "a+b c~~"
path simple false Object | R,1,odd%2C%25,x | {"R": 1, "odd,%": "x"}
query form true Primitives | color=a+b%2Bc | "a b+c"
query form true Primitives | color | ""
query form true Arrays | color=a,b&color= | ["a,b", ""]
query form false Arrays | color=a,b%2Cc+d | ["a", "b,c d"]
query form false Object | color=R,1,flag,true,x%3D,y+z | {"R": 1, "flag": true, "x=": "y z"}
query form true Object | R=1&flag=false&odd%5B%5D=%26 | {"R": 1, "flag": false, "odd[]": "&"}
query spacedelimited false Arrays | color=a%20b+c | ["a", "b", "c"]
query pipedelimited false Arrays | color=a|b%7Cc%7cd | ["a", "b", "c", "d"]
query pipedelimited false Object | color=R|1|x|y | {"R": 1, "x": "y"}
query deepobject true Object | color[R]=1&color[flag]=true&color%5Bodd+key%5D=%5B | {"R": 1, "flag": true, "odd key": "["}
header simple false Arrays | a ,, b | ["a", "b"]
header simple false Primitives | 100%25 | "100%25"
header simple false Object | R, 1,x, | {"R": 1, "x": ""}
header simple true Object | R=1, x=y=z | {"R": 1, "x": "y=z"}
cookie form true Arrays | color=a&color=b%26 | ["a", "b&"]
cookie form true Object | R=1&x=y | {"R": 1, "x": "y"}
cookie form false Primitives | color=a%20b+c | "a b+c"
cookie cookie true Primitives | color=a%20b+c | "a%20b+c"
cookie cookie true Arrays | color=a%2C; color=b | ["a%2C", "b"]
"#;

/// Asks the server by hand.
async fn read(server: SocketAddr, name: &str, place: &str, wire: &str, more: &str) -> (u16, Json) {
    let (target, header) = match place {
        "path" => (format!("GET /{name}/{wire}{more}"), String::new()),
        "query" => (format!("GET /{name}?{wire}"), String::new()),
        "header" => (format!("GET /{name}"), format!("Color: {wire}")),
        _ => (format!("GET /{name}"), format!("Cookie: {wire}")),
    };
    let headers: Vec<&str> = Some(header.as_str()).filter(|header| !header.is_empty()).into_iter().collect();
    let reply = test_wire::send(server, &target, &headers, b"").await;
    (reply.status(), json(&reply.text()))
}

#[tokio::test]
async fn what_other_clients_write_is_read() {
    let server = start().await;
    for line in READ.trim().lines() {
        let columns: Vec<&str> = line.split(" | ").collect();
        let [how, wire, value] = columns.as_slice() else { panic!("{line}") };
        let how: Vec<&str> = how.split(' ').collect();
        let explode = if how[2] == "true" { "_exploded" } else { "" };
        let name = format!("{}_{}{explode}_{}", how[0], how[1], how[3].to_lowercase());
        let cell = cells().into_iter().find(|cell| cell.name() == name).expect(line);
        let more = match (cell.place, cell.kind, cell.style) {
            (_, Kind::Object, _) => "",
            (_, _, "matrix") => "/;number=1/;flag=true",
            (_, _, "label") => "/.1/.true",
            _ => "/1/true",
        };
        let (status, echo) = read(server, &name, cell.place, wire, more).await;
        assert_eq!((status, echo.get("value")), (200, Some(&with_color(&cell, value))), "{line}");
    }
}

/// The same of headers in responses, which a client reads; and what it refuses.
#[tokio::test]
async fn what_other_servers_write_is_read() {
    let rows = READ.trim().lines().filter_map(|line| line.strip_prefix("header "));
    let rows = rows.map(|line| line.splitn(3, " | ").collect::<Vec<_>>());
    let mut seen = 0;
    for row in rows {
        let [how, wire, value] = row.as_slice() else { panic!("{row:?}") };
        let how: Vec<&str> = how.split(' ').collect();
        let explode = if how[1] == "true" { "_exploded" } else { "" };
        let name = format!("response_{}{explode}_{}", how[0], how[2].to_lowercase());
        let echo = answer_of(&name, &format!("Color: {wire}\r\n")).await;
        assert_eq!(
            echo.unwrap_or_else(|error| panic!("{name} {wire}: {error}")),
            json(&format!("{{\"color\": {value}}}"))
        );
        seen += 1;
    }
    assert_eq!(seen, 4, "rows for headers");
    for (name, header) in [
        ("response_simple_object", "Color: R\r\n"),
        ("response_simple_exploded_object", "Color: R=x\r\n"),
        ("response_simple_primitives", "Number: 1.5\r\n"),
        ("response_simple_primitives", "Flag: True\r\n"),
        ("response_simple_primitives", "Color: a\r\nColor: b\r\n"),
        ("response_simple_arrays", "Number: 1,x\r\n"),
    ] {
        let problem = answer_of(name, header).await.expect_err(header);
        assert!(problem.contains("does not follow the contract"), "{name} {header}: {problem}");
    }
    let lines = answer_of("response_simple_arrays", "Number: 1\r\nnumber: 2,3\r\n").await;
    assert_eq!(lines, Ok(json(r#"{"number": [1, 2, 3]}"#)), "lines of one header are one list");
    assert_eq!(answer_of("response_simple_arrays", "").await, Ok(json("{}")), "they are not required");
}

/// What a client makes of a response with this header.
async fn answer_of(name: &str, header: &str) -> Result<Json, String> {
    let body = r#"{"value": null, "wire": ""}"#;
    let length = body.len();
    let answer = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{header}Content-Length: {length}\r\n\r\n{body}"
    );
    let recorder = test_wire::record(answer).await;
    match call(&client(recorder.address), name, &json("{}")).await {
        Ok(echo) => Ok(echo.value),
        Err(Failed::Call(problem) | Failed::Value(problem)) => Err(problem),
    }
}

/// Text that no value of the cell is written as.
#[tokio::test]
async fn what_is_written_wrongly_is_refused() {
    let server = start().await;
    for (name, place, wire, status) in [
        ("path_matrix_object", "path", "color=R,1", 422),
        ("path_matrix_object", "path", ";colour=R,1", 422),
        ("path_label_object", "path", "R,1", 422),
        ("path_simple_object", "path", "R,1,G", 422),
        ("path_simple_object", "path", "R,x", 422),
        ("path_simple_object", "path", "R,1,R,2", 422),
        ("query_form_primitives", "query", "color=%ff", 400),
        ("query_form_primitives", "query", "color=%z", 400),
        ("query_form_primitives", "query", "color=a&color=b", 422),
        ("query_form_primitives", "query", "number=1.5", 422),
        ("query_form_primitives", "query", "flag=1", 422),
        ("query_form_arrays", "query", "number=1,x", 422),
        ("query_deepobject_exploded_object", "query", "color[R=1", 422),
        ("query_deepobject_exploded_object", "query", "color[R]=x", 422),
        ("header_simple_object", "header", "R", 422),
        ("cookie_form_primitives", "cookie", "color=a; color=b", 422),
    ] {
        let (found, echo) = read(server, name, place, wire, "").await;
        assert_eq!(found, status, "{name} {wire}: {echo}");
    }
}

/// Values that a client must not send, because no server could read them, or because they lead elsewhere.
#[tokio::test]
async fn what_would_be_read_as_something_else_is_not_sent() {
    let client = client(start().await);
    for (name, color) in [
        ("path_simple_primitives", r#""""#),
        ("path_simple_primitives", r#""..""#),
        ("path_simple_arrays", "[]"),
        ("path_matrix_object", "{}"),
        ("path_label_primitives", r#""""#),
        ("path_label_exploded_arrays", r#"["", ""]"#),
        ("query_spacedelimited_arrays", r#"["a b"]"#),
        ("query_pipedelimited_object", r#"{"a|": "b"}"#),
        ("query_deepobject_exploded_object", r#"{"a]": "b"}"#),
        ("header_simple_primitives", r#"" a""#),
        ("header_simple_primitives", r#""a\r\nb: c""#),
        ("header_simple_arrays", r#"["a,b"]"#),
        ("header_simple_arrays", r#"["", "a"]"#),
        ("header_simple_exploded_object", r#"{"a=": "b"}"#),
        ("cookie_cookie_primitives", r#""a;b""#),
        ("cookie_cookie_arrays", r#"["a,b"]"#),
        ("cookie_form_exploded_object", r#"{"a b": "c"}"#),
    ] {
        let cell = cells().into_iter().find(|cell| cell.name() == name).expect(name);
        let result = call(&client, name, &with_color(&cell, color)).await;
        let Err(Failed::Call(problem)) = result else { panic!("{name} {color}: {result:?}") };
        assert!(problem.contains("color"), "{name} {color}: {problem}");
    }
}

/// `decode(encode(x)) == x` for values full of delimiters, escapes and other alphabets. Null members, empty arrays and
/// empty objects are what RFC 6570 calls undefined: they are not sent.
#[tokio::test]
async fn t24_what_is_sent_arrives() {
    const VALUES: usize = 30;
    let client = client(start().await);
    for cell in cells() {
        let mut values = Values::new(&cell);
        let mut arrived = 0;
        for _ in 0..VALUES {
            let value = values.next();
            match call(&client, &cell.name(), &value).await {
                Ok(echo) => {
                    assert_eq!(echo.value, values::defined(&value), "{} {value}: {}", cell.name(), echo.wire);
                    arrived += 1;
                }
                // A server that cannot write its answer has failed.
                Err(Failed::Call(problem)) if cell.place == "response" && problem.contains("500") => {}
                // Refused by the client; the server refuses nothing that the client has sent.
                Err(Failed::Call(problem)) if problem.contains("parameter") || problem.contains("style") => {}
                Err(problem) => panic!("{} {value}: {problem:?}", cell.name()),
            }
        }
        assert!(arrived * 5 >= VALUES, "{}: only {arrived} were sent", cell.name());
    }
}
