//! Makes random contracts and generates their types, each contract a module.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use counterpart::{Formats, Options, Parts, Source, output};

#[path = "src/random.rs"]
mod random;
#[path = "src/schemas.rs"]
mod schemas;

use random::Random;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// How many schemas a contract has.
const SIZE: usize = 5;

fn main() {
    if let Err(error) = run() {
        for line in error.to_string().lines() {
            println!("cargo::error={line}");
        }
    }
}

fn run() -> Outcome<()> {
    let seed = setting("SEED", 1)?;
    let schemas = setting("SCHEMAS", 150)?;
    let values = setting("VALUES", 100)?;
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("there is no OUT_DIR")?);
    let (mut modules, mut groups) = (String::new(), String::new());
    for group in 0..schemas.div_ceil(SIZE as u64) {
        let asserts = group % 2 == 1;
        // A third of the contracts is written in OpenAPI 3.0.
        generate(&out, seed, group, asserts, group % 3 == 2)?;
        writeln!(modules, "counterpart_runtime::include_contract!(pub mod g{group});")?;
        writeln!(
            groups,
            "    Group {{ contract: include_str!(concat!(env!(\"OUT_DIR\"), \"/g{group}.json\")), asserts: {asserts}, cases: &["
        )?;
        for at in 0..SIZE {
            let component = schemas::component(at);
            let ty = format!("g{group}::types::{component}");
            writeln!(
                groups,
                "        Case {{ component: {component:?}, run: round_trip::round_trip::<{ty}>, \
                 schema: <{ty} as counterpart_runtime::Typed>::schema }},"
            )?;
        }
        writeln!(groups, "    ] }},")?;
    }
    let text = format!(
        "{modules}\n/// The seed of everything.\npub const SEED: u64 = {seed};\n\
         /// How many values a schema is tried with.\npub const VALUES: u64 = {values};\n\
         /// The contracts.\npub const GROUPS: &[Group] = &[\n{groups}];\n"
    );
    fs::write(out.join("groups.rs"), text)?;
    Ok(())
}

fn setting(name: &str, default: u64) -> Outcome<u64> {
    let name = format!("COUNTERPART_PROPERTY_{name}");
    println!("cargo::rerun-if-env-changed={name}");
    match env::var(&name) {
        Ok(text) => text.parse().map_err(|error| format!("{name}: {error}").into()),
        Err(_) => Ok(default),
    }
}

/// Every contract made here is a right one, so a refusal is a failure.
fn generate(out: &Path, seed: u64, group: u64, asserts: bool, old: bool) -> Outcome<()> {
    let mut contract = schemas::contract(&mut Random::of(seed, group), SIZE, old);
    if old {
        schemas::old::restrict(&mut contract);
    }
    fs::write(out.join(format!("g{group}.json")), contract.to_string())?;
    if old {
        schemas::old::spell(&mut contract);
    }
    let contract = contract.to_string();
    let formats = if asserts { Formats::Assert } else { Formats::Typed };
    let options = Options::new().parts(Parts::TYPES).formats(formats);
    let generated = counterpart::generate(&Source::text(format!("g{group}.json"), contract), &options)
        .map_err(|rejected| rejected.to_string())?;
    let folder = out.join(format!("g{group}"));
    output::write(&generated.files, &folder).map_err(|error| error.to_string())?;
    Ok(())
}
