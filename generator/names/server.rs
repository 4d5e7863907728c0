//! Names of the servers that a contract declares. They have a module of their own.

use crate::names::Ident;

use super::{bare, case, member::plain, scope::Scope};
use crate::ir::Server;

/// The names of a server.
#[derive(Debug)]
pub struct ServerNames {
    /// The constant with its URL, or the struct of its variables.
    pub ident: Ident,
    /// Its variables, in order.
    pub variables: Vec<VariableNames>,
}

/// The names of a variable.
#[derive(Debug)]
pub struct VariableNames {
    /// Member of the server's struct.
    pub field: Ident,
    /// The enum of its values, where they are listed.
    pub ty: Ident,
    /// The variants of that enum, in order.
    pub values: Vec<Ident>,
}

/// Names every server.
pub fn servers(servers: &[Server]) -> Vec<ServerNames> {
    let mut scope = Scope::reserving(["Default", "Self", "String"]);
    let mut names = Vec::new();
    for server in servers {
        let ident = match server.variables.is_empty() {
            true => scope.take(&case::shouty(&server.wish)).0,
            false => scope.take(&case::pascal(&server.wish)).0,
        };
        let wires: Vec<&str> = server.variables.iter().map(|variable| variable.wire.as_str()).collect();
        let fields = plain(&wires, case::snake);
        let variables = server.variables.iter().zip(fields).map(|(variable, field)| {
            let values: Vec<&str> = variable.values.iter().map(String::as_str).collect();
            let wish = format!("{}{}", bare(&ident), bare(&case::pascal(&variable.wire)));
            VariableNames {
                field,
                ty: scope.take(&case::ident(&wish, "Variable")).0,
                values: plain(&values, case::pascal),
            }
        });
        let variables = variables.collect();
        names.push(ServerNames { ident, variables });
    }
    names
}
