//! Generates every contract into `OUT_DIR`. What there is to say about them is what the tests ask for, so nothing is
//! said here.

use std::env;
use std::path::Path;

use counterpart::diagnostic::Code;
use counterpart::{Options, Source, generate, output};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=contracts");
    let folder = env::var("OUT_DIR").expect("cargo runs this");
    for (contract, module) in [
        ("answers", "answers_contract"),
        ("requests", "requests"),
        ("routes", "routes"),
        ("schemas", "schemas"),
        ("security", "security"),
        ("streams", "streams"),
    ] {
        let source = Source::file(format!("contracts/{contract}.yaml"));
        // T27: an array inside `deepObject` is an error unless this picks its spelling.
        let options = Options::new().allow(Code::DEEP_OBJECT_MEMBER);
        let generated = generate(&source, &options).unwrap_or_else(|error| panic!("{error}"));
        output::write(&generated.files, &Path::new(&folder).join(module)).expect("the folder can be written");
    }
}
