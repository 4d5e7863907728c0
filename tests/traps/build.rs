//! Generates every contract into `OUT_DIR`. What there is to say about them is what the tests ask for, so nothing is
//! said here.

use std::env;
use std::path::Path;

use counterpart::diagnostic::Code;
use counterpart::{Discriminators, Options, ReadOnly, Source, generate, output};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=contracts");
    for (contract, module) in [
        ("answers", "answers_contract"),
        ("requests", "requests"),
        ("routes", "routes"),
        ("schemas", "schemas"),
        ("security", "security"),
        ("streams", "streams"),
        ("violations", "violations_contract"),
    ] {
        let source = source(contract);
        // T27: an array inside `deepObject` is an error unless this picks its spelling.
        let options = Options::new().allow(Code::DEEP_OBJECT_MEMBER);
        write(&source, &options, module);
    }
    // T20: the other two readings of one contract.
    for (module, reading) in [("reject", ReadOnly::Reject), ("strict", ReadOnly::Strict31)] {
        write(&source("users"), &Options::new().read_only(reading), module);
    }
    // T19: the lenient mode.
    write(&source("pets"), &Options::new().discriminators(Discriminators::Select), "pets");
}

fn source(contract: &str) -> Source {
    Source::file(format!("contracts/{contract}.yaml"))
}

fn write(source: &Source, options: &Options, module: &str) {
    let folder = env::var("OUT_DIR").expect("cargo runs this");
    let generated = generate(source, options).unwrap_or_else(|error| panic!("{error}"));
    output::write(&generated.files, &Path::new(&folder).join(module)).expect("the folder can be written");
}
