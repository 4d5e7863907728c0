#![allow(dead_code, unused_imports)]
use counterpart_runtime::{Json, Rejection, Typed};

type Run = fn(&[u8]) -> String;

fn main() {
    let path = std::env::args().nth(1).unwrap_or_default();
    let values = std::fs::read_to_string(path).unwrap_or_default();
    for line in values.lines() {
        let mut fields = line.splitn(3, '\t');
        let mut index = || fields.next().and_then(|field| field.parse::<usize>().ok()).unwrap_or(usize::MAX);
        let run = TABLES.get(index()).and_then(|table| table.get(index()));
        let json = fields.next().unwrap_or_default();
        println!("{}", run.map_or_else(String::new, |run| run(json.as_bytes())).replace('\n', " "));
    }
}

fn run<T: Typed>(bytes: &[u8]) -> String {
    let value = match counterpart_runtime::decode::<T>(bytes) {
        Ok(value) => value,
        Err(Rejection::Invalid(violations)) => {
            let all: Vec<String> = violations.iter().take(3).map(ToString::to_string).collect();
            return format!("refused\t{}", all.join("; "));
        }
        Err(rejection) => return format!("refused\t{rejection}"),
    };
    let written = match counterpart_runtime::encode(&value) {
        Ok(written) => written,
        Err(error) => return format!("changed\t{error}"),
    };
    match (Json::parse(bytes), Json::parse(&written)) {
        (Ok(sent), Ok(got)) if came_back(&sent, &got) => "accepted".to_owned(),
        (_, Ok(got)) => format!("changed\t{got}"),
        _ => "changed\tno JSON".to_owned(),
    }
}

/// Whether nothing was invented or changed; members that the schema does not name may be lost.
fn came_back(sent: &Json, got: &Json) -> bool {
    match (sent, got) {
        (Json::Object(sent), Json::Object(got)) => {
            got.iter().all(|(name, got)| sent.get(name).is_some_and(|sent| came_back(sent, got)))
        }
        (Json::Array(sent), Json::Array(got)) => {
            sent.len() == got.len() && sent.iter().zip(got).all(|(sent, got)| came_back(sent, got))
        }
        _ => sent == got,
    }
}

