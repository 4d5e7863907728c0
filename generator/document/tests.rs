use super::*;

fn code(text: &str) -> Option<Code> {
    let (sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let _ = open(&Source::text("t", text), &sources, &mut diagnostics);
    let first = diagnostics.iter().next();
    first.map(|first| first.code)
}

#[test]
fn the_version_is_checked_first() {
    assert_eq!(code("swagger: '2.0'\nfoo: 1"), Some(Code::SWAGGER));
    assert_eq!(code("info: {title: x}"), Some(Code::NOT_OPENAPI));
    assert_eq!(code("openapi: 4.0.0\npaths: {}"), Some(Code::VERSION));
    assert_eq!(code("openapi: 3\npaths: {}"), Some(Code::VERSION));
    assert_eq!(code("openapi: 3.1\ninfo: {}\npaths: {}"), Some(Code::VERSION_UNQUOTED));
    assert_eq!(code("openapi: 3.1.0\npaths: {}"), Some(Code::MISSING_INFO));
    assert_eq!(code("openapi: 3.1.0\ninfo: {}"), Some(Code::MISSING_FIELD));
    assert_eq!(code("openapi: 3.2.0\ninfo: {}\nwebhooks: {}"), None);
}

#[test]
fn a_document_built_in_code_is_read_as_3_0() {
    let model = openapiv3::OpenAPI { openapi: "whatever".to_owned(), ..Default::default() };
    let source = Source::from_openapiv3(&model).unwrap();
    let document = open(&source, &Sources::default(), &mut Diagnostics::default()).unwrap();
    assert_eq!(document.version, Version::V3_0);
}

#[test]
fn files_are_read_only_below_the_root() {
    let folder = std::env::temp_dir().join(format!("counterpart-loader-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("api")).unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
    write("api/main.yaml", "openapi: 3.1.0\ninfo: {}\npaths: {}\n");
    write("api/part.yaml", "a: 1\n");
    write("secret.yaml", "s: 1\n");
    #[cfg(unix)]
    let _ = std::os::unix::fs::symlink(folder.join("secret.yaml"), folder.join("api/link.yaml"));
    let (sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let mut document = open(&Source::file(folder.join("api/main.yaml")), &sources, &mut diagnostics).unwrap();
    let mut load = |reference: &str| {
        let loaded = document.loader.load(FileId(0), reference, reference, &sources, &mut diagnostics);
        loaded.map_err(|refusal| refusal.code)
    };
    assert_eq!(load("part.yaml"), Ok(FileId(1)));
    assert_eq!(load("./x/../part%2Eyaml"), Ok(FileId(1)));
    assert_eq!(load("main.yaml"), Ok(FileId(0)));
    assert_eq!(load("../secret.yaml"), Err(Code::OUTSIDE_ROOT));
    assert_eq!(load("%2e%2e/secret.yaml"), Err(Code::OUTSIDE_ROOT));
    #[cfg(unix)]
    assert_eq!(load("link.yaml"), Err(Code::OUTSIDE_ROOT));
    assert_eq!(load("/etc/hostname"), Err(Code::OUTSIDE_ROOT));
    assert_eq!(load("FILE:///etc/hostname"), Err(Code::OUTSIDE_ROOT));
    assert_eq!(load("https://example.invalid/x.yaml"), Err(Code::REMOTE_REFERENCE));
    assert_eq!(load("urn:x:y"), Err(Code::UNRESOLVED_REFERENCE));
    assert_eq!(load("missing.yaml"), Err(Code::FILE));
    assert_eq!(load("."), Err(Code::FILE));
    std::fs::remove_dir_all(&folder).unwrap();
}
