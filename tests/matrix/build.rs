//! Makes a contract with an operation for each cell, generates its counterparts, and writes the two functions that are
//! the same for all of them: the server that echoes, and the call of the client.

#[path = "src/cells.rs"]
mod cells;

use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

use cells::{Cell, Kind, cells};
use counterpart::{Options, Source, generate, output};

const COMPONENTS: &str = r"
components:
  schemas:
    Primitives:
      type: object
      properties: { color: { type: string }, number: { type: integer, format: int64 }, flag: { type: boolean } }
    Arrays:
      type: object
      properties:
        color: { type: array, items: { type: string } }
        number: { type: array, items: { type: integer, format: int64 } }
        flag: { type: array, items: { type: boolean } }
    Object:
      type: object
      properties: { color: { $ref: '#/components/schemas/Color' } }
    Color:
      type: object
      properties:
        R: { type: integer, format: int64 }
        G: { type: integer, format: int64 }
        B: { type: integer, format: int64 }
        flag: { type: boolean }
        none: { type: [string, 'null'] }
      additionalProperties: { type: string }
    Echo:
      type: object
      required: [value, wire]
      properties: { value: {}, wire: { type: string } }
";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/cells.rs");
    let folder = env::var("OUT_DIR").expect("cargo runs this");
    let source = Source::text("matrix.yaml", contract());
    let generated = generate(&source, &Options::new()).unwrap_or_else(|error| panic!("{error}"));
    output::write(&generated.files, &Path::new(&folder).join("matrix")).expect("the folder can be written");
    fs::write(Path::new(&folder).join("echo.rs"), echo()).expect("the folder can be written");
}

fn contract() -> String {
    let mut text = "openapi: 3.2.0\ninfo: { title: Matrix, version: 1.0.0 }\npaths:\n".to_owned();
    for cell in cells() {
        let has_body = cell.is_body() || cell.place == "response";
        text += &if has_body { with_body(&cell) } else { with_parameters(&cell) };
        let headers = if cell.place == "response" { headers(&cell) } else { String::new() };
        writeln!(
            text,
            "      responses:\n        '200': {{ description: what arrived, {headers}content: {{ application/json: {{ \
             schema: {{ $ref: '#/components/schemas/Echo' }} }} }} }}"
        )
        .unwrap();
    }
    text + COMPONENTS
}

fn with_parameters(cell: &Cell) -> String {
    let name = cell.name();
    let variables: String = match cell.place {
        "path" => cell.parameters().iter().map(|name| format!("/{{{name}}}")).collect(),
        _ => String::new(),
    };
    let mut text =
        format!("  '/{name}{variables}':\n    get:\n      operationId: {name}\n      parameters:\n");
    let reserved = if cell.reserved { "allowReserved: true, " } else { "" };
    let required = if cell.place == "path" { "required: true, " } else { "" };
    for parameter in cell.parameters() {
        let Cell { place, style, explode, .. } = cell;
        let schema = schema(cell, parameter);
        writeln!(
            text,
            "        - {{ name: {parameter}, in: {place}, style: {style}, explode: {explode}, {reserved}{required}schema: {schema} }}",
        )
        .unwrap();
    }
    text
}

/// The headers of a response.
fn headers(cell: &Cell) -> String {
    let header = |name: &&str| {
        let Cell { style, explode, .. } = cell;
        format!("{name}: {{ style: {style}, explode: {explode}, schema: {} }}", schema(cell, name))
    };
    let headers = cell.parameters().iter().map(header).collect::<Vec<_>>().join(", ");
    format!("headers: {{ {headers} }}, ")
}

fn with_body(cell: &Cell) -> String {
    let (name, kind) = (cell.name(), cell.kind);
    let media = match cell.place {
        "multipart" => "multipart/form-data",
        "urlencoded" => "application/x-www-form-urlencoded",
        _ => "application/json",
    };
    let encoding =
        |member: &&str| format!("{member}: {{ style: {}, explode: {} }}", cell.style, cell.explode);
    let encodings = cell.parameters().iter().map(encoding).collect::<Vec<_>>().join(", ");
    let encodings = if cell.is_body() { format!(", encoding: {{ {encodings} }}") } else { String::new() };
    format!(
        "  '/{name}':\n    post:\n      operationId: {name}\n      requestBody:\n        required: true\n        content:\n          \
         {media}: {{ schema: {{ $ref: '#/components/schemas/{kind:?}' }}{encodings} }}\n"
    )
}

fn schema(cell: &Cell, parameter: &str) -> String {
    let scalar = match parameter {
        "number" => "{ type: integer, format: int64 }",
        "flag" => "{ type: boolean }",
        _ => "{ type: string }",
    };
    match cell.kind {
        Kind::Primitives => scalar.to_owned(),
        Kind::Arrays => format!("{{ type: array, items: {scalar} }}"),
        Kind::Object => "{ $ref: '#/components/schemas/Color' }".to_owned(),
    }
}

/// `impl Api for Echo`, and `call`.
fn echo() -> String {
    let (mut methods, mut arms) = (String::new(), String::new());
    for cell in cells() {
        let (name, kind) = (cell.name(), format!("{:?}", cell.kind));
        let ty: String = name.split('_').map(capital).collect();
        let member = |parameter: &&str| match cell.place {
            "path" => format!("{parameter}: Some(request.{parameter})"),
            _ => format!("{parameter}: request.{parameter}"),
        };
        let members = cell.parameters().iter().map(member).collect::<Vec<_>>().join(", ");
        let value = match cell.is_body() {
            true => "request.body".to_owned(),
            false => format!("types::{kind} {{ {members} }}"),
        };
        let names = cell.parameters().join(", ");
        let answer = match cell.place {
            "response" => format!(
                "let types::{kind} {{ {names} }} = request.body;
        let body = types::Echo {{ value: Json::Null, wire: String::new() }};
        Ok({ty}Response::Ok {{ body, {names} }})"
            ),
            place => format!(
                "let wire = wire(&request.context, {place:?});
        let value = json(&{value})?;
        Ok({ty}Response::Ok(types::Echo {{ value, wire }}))"
            ),
        };
        write!(
            methods,
            "    async fn {name}(&self, request: {ty}) -> Result<{ty}Response, ApiError> {{\n        {answer}\n    }}\n"
        )
        .unwrap();
        write!(arms, "        {name:?} => {{\n            let value: types::{kind} = read(value)?;\n")
            .unwrap();
        arms.push_str(&sent(&cell, &name));
        arms.push_str("        }\n");
    }
    format!(
        "impl Api for Echoing {{\n{methods}}}\n\n/// Sends a value through one cell of the matrix.\n\
         pub async fn call(client: &Client, cell: &str, value: &Json) -> Result<types::Echo, Failed> {{\n    \
         match cell {{\n{arms}        _ => Err(Failed::Value(format!(\"no cell {{cell}}\"))),\n    }}\n}}\n"
    )
}

/// The call of one cell: path parameters are arguments, all others are set if they are there.
fn sent(cell: &Cell, name: &str) -> String {
    let borrow =
        |parameter: &str| if cell.kind == Kind::Primitives && parameter != "color" { "" } else { "&" };
    if cell.place == "path" {
        let argument =
            |parameter: &&str| format!("{}some(value.{parameter}, {parameter:?})?", borrow(parameter));
        let arguments = cell.parameters().iter().map(argument).collect::<Vec<_>>().join(", ");
        return format!("            Ok(client.{name}({arguments}).send().await?)\n");
    }
    if cell.place == "response" {
        let member = |parameter: &&str| format!("{parameter}: answer.{parameter}");
        let members = cell.parameters().iter().map(member).collect::<Vec<_>>().join(", ");
        return format!(
            "            let answer = client.{name}(&value).send().await?;
            let value = written(&types::{:?} {{ {members} }})?;
            Ok(types::Echo {{ value, ..answer.body }})\n",
            cell.kind
        );
    }
    if cell.is_body() {
        return format!("            Ok(client.{name}(&value).send().await?)\n");
    }
    let mut text = format!("            let mut call = client.{name}();\n");
    for parameter in cell.parameters() {
        writeln!(
            text,
            "            if let Some(value) = value.{parameter} {{\n                call = call.{parameter}({}value);\n            }}",
            borrow(parameter)
        )
        .unwrap();
    }
    text + "            Ok(call.send().await?)\n"
}

fn capital(word: &str) -> String {
    word.get(..1).unwrap_or_default().to_uppercase() + word.get(1..).unwrap_or_default()
}
