//! The servers that a client can be told to use by name.

use crate::{
    contract::{Contract, Server as Declared},
    ir::{Server, ServerVariable},
};

/// Longer descriptions are no names.
const MOST_WORDS: usize = 4;

/// Root servers whose URL is absolute; a relative one means whatever serves the document (OAS 3.1.2, Server Object).
pub fn absolute(contract: &Contract) -> Vec<Server> {
    contract.servers.iter().filter(|server| is_absolute(server)).map(server).collect()
}

fn is_absolute(server: &Declared) -> bool {
    let url = server.variables.iter().fold(server.url.clone(), |url, variable| {
        url.replace(&format!("{{{}}}", variable.name), &variable.default)
    });
    let defined = !url.contains(['{', '}']);
    defined && (url.starts_with("https://") || url.starts_with("http://"))
}

fn server(server: &Declared) -> Server {
    let docs = server.description.clone().unwrap_or_default();
    let used = server.variables.iter().filter(|one| server.url.contains(&format!("{{{}}}", one.name)));
    let variables = used.map(|variable| ServerVariable {
        wire: variable.name.clone(),
        docs: variable.description.clone().unwrap_or_default(),
        default: variable.default.clone(),
        values: variable.values.clone(),
    });
    Server { wish: wish(&docs), url: server.url.clone(), variables: variables.collect(), docs }
}

/// A short description is a name.
fn wish(description: &str) -> String {
    let words = description.trim().trim_end_matches('.');
    let short = (1..=MOST_WORDS).contains(&words.split_whitespace().count());
    if short { words.to_owned() } else { "server".to_owned() }
}
