//! T39: event streams, JSON Lines, JSON text sequences.

use counterpart_runtime::stream::ByteStream;
use futures_util::{StreamExt, TryStreamExt};
use test_traps::streams::Client;
use test_wire::{get, record};

/// An answer that comes in two pieces, as chunks.
fn chunked(media: &str, body: &[u8], at: usize) -> Vec<u8> {
    let mut bytes = format!("HTTP/1.1 200 OK\r\nContent-Type: {media}\r\nTransfer-Encoding: chunked\r\n\r\n")
        .into_bytes();
    let (first, second) = body.split_at(at);
    for piece in [first, second].into_iter().filter(|piece| !piece.is_empty()) {
        bytes.extend(format!("{:x}\r\n", piece.len()).into_bytes());
        bytes.extend_from_slice(piece);
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(b"0\r\n\r\n");
    bytes
}

async fn client(answer: Vec<u8>) -> Client {
    Client::new(&record(answer).await.url()).unwrap()
}

#[tokio::test]
async fn t39_events_however_they_are_cut() {
    let body = "\u{feff}: hi\r\ndata: {\"n\":\rdata: 1}\nid: a\0b\nretry: x\n\ndata: tail".as_bytes();
    for at in 0..body.len() {
        let events = client(chunked("text/event-stream", body, at)).await.events().send().await.unwrap();
        let events: Vec<_> = events.try_collect().await.unwrap();
        assert_eq!(events.len(), 1, "cut at {at}: {events:?}");
        assert_eq!(events[0].data, "{\"n\":\n1}", "cut at {at}");
        assert_eq!((&events[0].id, events[0].retry), (&None, None), "cut at {at}");
    }
    let both = client(chunked("text/event-stream", b"data: x\n\ndata:x\n\n", 3))
        .await
        .events()
        .send()
        .await
        .unwrap();
    let both: Vec<_> = both.map_ok(|event| event.data).try_collect().await.unwrap();
    assert_eq!(both, ["x", "x"]);
}

#[tokio::test]
async fn t39_what_is_sent_is_read() {
    let server = test_traps::streams().await;
    let client = Client::new(&format!("http://{server}")).unwrap();
    let events: Vec<_> = client.events().send().await.unwrap().try_collect().await.unwrap();
    assert_eq!((events[0].data.as_str(), events[0].retry), ("{\"n\":\n1}", Some(10)));
    let lines: Vec<_> = client.lines().send().await.unwrap().try_collect().await.unwrap();
    assert_eq!(lines.len(), 2);
    let sequence: Vec<_> = client.sequence().send().await.unwrap().try_collect().await.unwrap();
    assert_eq!(sequence, lines);
    assert_eq!(get(server, "GET /sequence").await.body, b"\x1e{\"n\":1}\n\x1e{\"n\":2}\n");
    let whole: Vec<i32> = client.whole().send().await.unwrap().try_collect().await.unwrap();
    assert_eq!(whole, [1, 2], "`schema` describes the whole array");
}

#[tokio::test]
async fn t39_lines_and_sequences() {
    let answer = chunked("application/jsonl", b"{\"n\":1}\n\n{\"n\":2}", 9);
    let lines: Vec<_> = client(answer).await.lines().send().await.unwrap().try_collect().await.unwrap();
    assert_eq!(lines.len(), 2, "the last line needs no end; blank lines are none");
    let answer = chunked("application/json-seq", b"\x1e{\"n\":1}\n\x1e{\"n\":\x1e{\"n\":3}\n", 12);
    let sequence: Vec<_> = client(answer).await.sequence().send().await.unwrap().collect().await;
    assert!(matches!(sequence.as_slice(), [Ok(_), Err(_), Ok(_)]), "the stream goes on: {sequence:?}");
}

#[tokio::test]
async fn t39_an_item_has_a_limit() {
    let mut body = b"data: ".to_vec();
    body.resize(2_000_000, b'x');
    let events = client(chunked("text/event-stream", &body, 5)).await.events().send().await.unwrap();
    let events: Vec<_> = events.collect().await;
    assert!(matches!(events.as_slice(), [Err(_)]), "{}", events.len());
    let bytes = ByteStream::from("x".to_owned());
    assert_eq!(bytes.collect(1).await.unwrap(), "x");
}
