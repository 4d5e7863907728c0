//! T31 and T32: paths and servers.

use test_traps::routes::{Client, servers};
use test_wire::{get, record};

use crate::{OK, findings, findings_of};

#[tokio::test]
async fn t31_every_path_has_its_operation() {
    let server = test_traps::routes().await;
    for (path, answer) in [
        ("/pets/mine", "mine"),
        ("/pets/yours", "pet yours"),
        ("/pets/mine/toys", "toys mine"),
        ("/items/7", "item 7"),
        ("/items/7:activate", "activate 7"),
        ("/items/a:b", "item a:b"),
        ("/r/7.json", "report 7"),
        ("/odata/Pets(7)", "odata 7"),
        ("/t/a-b", "pair a b"),
        ("/t/a-b-c", "pair a b-c"),
        ("/a/x", "bare x"),
        ("/a/x/", "slash x"),
    ] {
        let reply = get(server, &format!("GET {path}")).await;
        assert_eq!((reply.status(), reply.text().as_str()), (200, answer), "{path}");
    }
    for path in ["/pets", "/pets/", "/pets/mine/", "/r/7.xml", "/odata/Pets()", "/t/ab", "/items/"] {
        assert_eq!(get(server, &format!("GET {path}")).await.status(), 404, "{path}");
    }
}

#[tokio::test]
async fn t31_the_client_writes_what_the_server_reads() {
    let client = Client::new(&format!("http://{}", test_traps::routes().await)).unwrap();
    assert_eq!(client.activate("7").send().await.unwrap(), "activate 7");
    assert_eq!(client.report("a/b").send().await.unwrap(), "report a/b");
    assert_eq!(client.odata("x)").send().await.unwrap(), "odata x)");
    assert_eq!(client.slash("x").send().await.unwrap(), "slash x");
}

#[test]
fn t31_paths_that_are_one_are_an_error() {
    let paths = |a: &str, b: &str| {
        let item = |path: &str| {
            let name =
                path.split_once('{').and_then(|(_, rest)| rest.split_once('}')).map_or("", |(name, _)| name);
            format!(
                "'{path}': {{get: {{parameters: [{{name: {name}, in: path, required: true, schema: {{type: string}}}}], {OK}}}}}"
            )
        };
        findings(&format!("paths: {{{}, {}}}", item(a), item(b)))
    };
    assert_eq!(paths("/pets/{petId}", "/pets/{name}"), ["error ambiguous-path"]);
    assert_eq!(paths("/{entity}/me", "/books/{id}"), ["warning overlapping-paths"]);
    assert!(paths("/pets/{petId}", "/pets/{name}/toys").is_empty());
    assert!(paths("/a/{x}", "/a/{x}/").is_empty());
}

#[tokio::test]
async fn t32_paths_are_appended_to_servers() {
    assert_eq!(servers::Server::default().url(), "https://eu.h.io/v1", "the default is sent");
    assert_eq!(servers::Server { r: servers::ServerR::Us }.url(), "https://us.h.io/v1");
    assert_eq!(servers::SERVER, "https://plain.h.io/v1");
    for (base, path) in [("/v1", "/v1/pets/mine"), ("/v1/", "/v1/pets/mine"), ("", "/pets/mine")] {
        let recorder =
            record("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 0\r\n\r\n").await;
        let client = Client::new(&format!("{}{base}", recorder.url())).unwrap();
        client.mine().send().await.unwrap();
        assert_eq!(recorder.request().await.request(), format!("GET {path}"), "{base}");
    }
}

#[test]
fn t32_variables_of_servers_have_good_defaults() {
    let server = |variables: &str, url: &str| {
        findings(&format!("servers: [{{url: '{url}', variables: {variables}}}]\npaths: {{}}"))
    };
    let url = "https://{r}.h.io";
    assert_eq!(server("{r: {default: xx, enum: [eu, us]}}", url), ["error server-variable"]);
    assert_eq!(server("{r: {enum: [eu, us]}}", url), ["error server-variable"]);
    assert!(server("{r: {default: eu, enum: [eu, us]}}", url).is_empty());
    let old = "openapi: 3.0.4\ninfo: {title: t, version: '1'}\npaths: {}\n\
               servers: [{url: 'https://{r}.h.io', variables: {r: {default: xx, enum: [eu]}}}]";
    assert_eq!(findings_of(old), ["warning server-variable"], "3.0 only recommends it");
    assert_eq!(findings("servers: [{url: 'https://h.io/v1/'}]\npaths: {}"), ["warning server-slash"]);
}
