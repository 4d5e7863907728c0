use bytes::Bytes;
use futures_util::StreamExt;

use super::*;
use crate::json::Json;
use crate::operation::Sequence;
use crate::schema::{Contract, SchemaRef};

fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

/// The bytes in two chunks cut at every place, then one byte a chunk.
fn cuts(bytes: &'static [u8]) -> impl Iterator<Item = ByteStream> {
    let pairs = (0..=bytes.len()).map(|at| vec![&bytes[..at], &bytes[at..]]);
    pairs.chain([bytes.chunks(1).collect()]).map(|chunks| {
        ByteStream::new(futures_util::stream::iter(
            chunks.into_iter().map(|chunk| Ok::<_, StreamError>(Bytes::from_static(chunk))),
        ))
    })
}

fn events(bytes: ByteStream) -> EventStream<Event> {
    EventStream::from_bytes(bytes, ItemRule { limit: 64, ..ItemRule::new(SchemaRef::ANY, true) })
}

fn shown<T: std::fmt::Debug>(
    stream: impl futures_core::Stream<Item = Result<T, StreamError>>,
) -> Vec<String> {
    block_on(stream.map(|item| item.map_or_else(|e| format!("! {e}"), |item| format!("{item:?}"))).collect())
}

/// Items of at most 64 bytes.
fn short() -> ItemRule {
    ItemRule { limit: 64, ..ItemRule::new(SchemaRef::ANY, true) }
}

#[test]
fn events_are_read_by_the_letter_however_they_are_cut() {
    let wire = b"\xef\xbb\xbf: hi\r\ndata: {\"n\":\rdata: 1}\nid: a\0b\nretry: x\n\ndata: tail";
    for stream in cuts(wire) {
        let mut stream = events(stream);
        let event = block_on(stream.next()).unwrap().unwrap();
        assert_eq!(event, Event::new("{\"n\":\n1}"));
        assert!(block_on(stream.next()).is_none());
        assert_eq!(stream.last_event_id(), None);
        assert_eq!(stream.reconnection_time(), None);
    }
}

#[test]
fn fields_of_an_event() {
    let cases: &[(&[u8], &[Event])] = &[
        (b"data: x\n\ndata:x\n\n", &[Event::new("x"), Event::new("x")]),
        (b"data:  x\n\n", &[Event::new(" x")]),
        (b"data\n\ndata\ndata\n\ndata:", &[Event::new(""), Event::new("\n")]),
        (b"event: ping\n\nid: 7\n\ndata: a\r\n\r\n", &[Event::new("a")]),
        (
            b"event: e\ndata: a\nid: 1\nretry: 20\n\n",
            &[Event { retry: Some(20), ..Event::new("a").event("e").id("1") }],
        ),
        (b"data: \xef\xbb\xbfa\n\n", &[Event::new("\u{feff}a")]),
        (b"data: \xff\n\n", &[Event::new("\u{fffd}")]),
        (b"Data: x\nda ta: y\n:data: z\n\n", &[]),
    ];
    for (wire, expected) in cases {
        for stream in cuts(wire) {
            let read: Vec<Event> = block_on(events(stream).map(Result::unwrap).collect());
            assert_eq!(&read, expected, "{}", String::from_utf8_lossy(wire));
        }
    }
}

#[test]
fn the_last_id_stays_and_can_be_cleared() {
    let mut stream =
        events(ByteStream::from("id: 1\ndata: a\n\ndata: b\n\nid: 2\nretry: 5\n\nid\ndata: c\n\n"));
    let ids: Vec<(String, Option<String>)> = std::iter::from_fn(|| {
        let event = block_on(stream.next())?.unwrap();
        Some((event.data, stream.last_event_id().map(str::to_owned)))
    })
    .collect();
    let expected = [("a", Some("1")), ("b", Some("1")), ("c", None)];
    assert_eq!(ids, expected.map(|(data, id)| (data.to_owned(), id.map(str::to_owned))));
    assert_eq!(stream.reconnection_time(), Some(std::time::Duration::from_millis(5)));
}

#[test]
fn a_large_event_ends_the_stream() {
    for wire in
        [format!("data: {}\n\ndata: a\n\n", "x".repeat(65)), "data: 123456789\n".repeat(9) + "\ndata: a\n\n"]
    {
        assert_eq!(shown(events(ByteStream::from(wire))), ["! larger than the 64 bytes allowed"]);
    }
}

#[test]
fn events_are_written_so_that_they_are_read_again() {
    let event = Event { retry: Some(3), ..Event::new("a\r\nb\rc\n").event("e").id("1") };
    let wire = sse::write(&event).unwrap();
    assert_eq!(wire, "event: e\nid: 1\nretry: 3\ndata: a\ndata: b\ndata: c\ndata: \n\n");
    let read = block_on(events(wire.into()).next()).unwrap().unwrap();
    assert_eq!(read, Event { data: "a\nb\nc\n".into(), ..event });
    for broken in [Event::new("").event("a\nid: x"), Event::new("").id("a\rb"), Event::new("").id("\0")] {
        assert!(sse::write(&broken).is_err());
    }
}

fn text(bytes: &[u8]) -> Result<String, BoxError> {
    Ok(String::from_utf8(bytes.to_vec())?)
}

#[test]
fn json_lines_however_they_are_cut() {
    for stream in cuts(b"1\r\n\n  \n{}\n[2]") {
        assert_eq!(shown(JsonLines::lines(stream, short(), text)), ["\"1\\r\"", "\"{}\"", "\"[2]\""]);
    }
    let long = JsonLines::lines(ByteStream::from(format!("1\n{}\n2\n", "x".repeat(65))), short(), text);
    assert_eq!(shown(long), ["\"1\"", "! larger than the 64 bytes allowed"]);
}

#[test]
fn a_cut_text_of_a_sequence_is_reported_and_passed_over() {
    let cut = "! a JSON text of the sequence was cut short";
    for stream in cuts(b"\x1e{\"a\":\n1}\n\x1e\x1e12\x1etrue\n\x1e[1]\x1e3") {
        let expected = ["\"{\\\"a\\\":\\n1}\\n\"", cut, "\"true\\n\"", "\"[1]\"", cut];
        assert_eq!(shown(JsonLines::sequence(stream, short(), text)), expected);
    }
    assert_eq!(shown(JsonLines::sequence(ByteStream::from("12\n\x1e1\n"), short(), text)), [cut, "\"1\\n\""]);
}

#[test]
fn a_body_is_collected_up_to_its_limit() {
    assert_eq!(block_on(ByteStream::from("abc").collect(3)).unwrap(), "abc");
    assert!(matches!(block_on(ByteStream::from("abcd").collect(3)), Err(StreamError::TooLarge { limit: 3 })));
}

#[test]
fn an_error_of_the_source_ends_the_stream() {
    let chunks = [Ok(Bytes::from_static(b"data: a\n\ndata")), Err("gone")];
    let stream = events(ByteStream::new(futures_util::stream::iter(chunks)));
    let expected =
        ["Event { data: \"a\", event: None, id: None, retry: None }", "! the stream broke off: gone"];
    assert_eq!(shown(stream), expected);
}

/// What `read` says of lines that `sequence` describes; the table has a schema for `contains` and one for numbers.
fn sequence(sequence: Sequence, lines: &'static str) -> Vec<String> {
    static CONTRACT: Contract = Contract::new("{\"const\":1}\n{\"type\":\"integer\"}\nfalse", "");
    let whole = Some((&CONTRACT, &*Box::leak(Box::new(sequence))));
    let rule = ItemRule { whole, ..ItemRule::new(SchemaRef::ANY, true) };
    shown(JsonLines::<Json>::from_bytes(lines.into(), rule))
        .into_iter()
        .map(|line| line.replace("! an item of the stream does not follow the contract: ", "! "))
        .collect()
}

#[test]
fn a_sequence_is_held_against_what_is_said_of_it_as_a_whole() {
    let with = |change: fn(&mut Sequence)| {
        let mut sequence = Sequence { min_contains: 1, ..Sequence::default() };
        change(&mut sequence);
        sequence
    };
    let unique = || with(|all| all.unique_items = true);
    assert_eq!(sequence(unique(), "1\n[1]\n{\"a\":1,\"b\":2}\n").len(), 3);
    let twice = sequence(unique(), "1\n{\"a\":1,\"b\":2}\n{\"b\":2.0,\"a\":1}\n1.0\n2\n");
    assert!(twice[2].contains("equal to one before") && twice[3].starts_with('!'), "{twice:?}");
    assert_eq!((twice.len(), twice[4].as_str()), (5, "2"));

    let contains = || with(|all| all.contains = Some(0));
    assert_eq!(sequence(contains(), "0\n1\n"), ["0", "1"]);
    assert!(sequence(contains(), "0\n")[1].contains("at least 1 items that match"));
    let few = with(|all| (all.contains, all.min_contains, all.max_contains) = (Some(0), 0, Some(1)));
    assert_eq!(sequence(few.clone(), "0\n"), ["0"]);
    assert!(sequence(few, "1\n1.0\n")[1].contains("at most 1 items that match"));

    let first = with(|all| (all.prefix, all.rest) = (vec![1], Some(2)));
    assert_eq!(sequence(first.clone(), "7\n"), ["7"]);
    let wrong = sequence(first, "\"a\"\n7\n");
    assert!(wrong[0].contains("integer") && wrong[1].starts_with('!'), "{wrong:?}");

    let counted = || with(|all| (all.min_items, all.max_items) = (2, Some(2)));
    assert_eq!(sequence(counted(), "1\n2\n"), ["1", "2"]);
    assert!(sequence(counted(), "1\n")[1].contains("at least 2"));
    assert!(sequence(counted(), "1\n2\n3\n")[2].contains("at most 2"));
    // Nothing is said of the end of what did not come.
    assert_eq!(sequence(counted(), "1\n{\n").len(), 2);
}
