//! Codes of what surrounds the floors: the configuration, the choice of operations, the generator itself.

codes! {
    CONFIGURATION = "configuration": "The configuration file says something that has no meaning: it is no TOML, a key is unknown, or a value is of the wrong kind. Nothing is guessed; the help lists what could stand there.";
    UNUSED_SELECTION = "unused-selection": "The configuration chooses or leaves out operations by a pattern that matches none. Patterns are an `operationId`, `tag:` and a tag, a path, or a method and a path; a `*` at the end matches any ending.";
    DEFECT = "defect": "Counterpart itself went wrong: it wrote a page that is no Rust. The contract is not to blame. Please report it, with the contract if you may show it.";
}
