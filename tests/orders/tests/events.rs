//! The stream of events through the generated client.

use std::time::Duration;

use counterpart_runtime::decode;
use futures_util::StreamExt;
use test_orders::orders::types::{EventId, EventKind, OrderEvent, OrderPatch, OrderStatus};
use test_orders::{order, place, start};

const PATIENCE: Duration = Duration::from_secs(10);

#[tokio::test]
async fn events_arrive_as_they_happen_and_again_after_a_reconnect() {
    let service = start().await;
    let client = service.customer();
    let mut live = client.stream_order_events().send().await.unwrap();
    let placed = place(&client, &order(&[("INK-0042", 1)])).await;
    let first = tokio::time::timeout(PATIENCE, live.next()).await.unwrap().unwrap().unwrap();
    assert_eq!(first.event, EventKind::OrderPlaced);
    let data: OrderEvent = decode(first.data.as_bytes()).unwrap();
    assert_eq!((&data.order_id, data.status, &data.id), (&placed.id, OrderStatus::Paid, &first.id));

    drop(live);
    let cancel = OrderPatch { status: Some(OrderStatus::Cancelled), ..Default::default() };
    client.update_order(&placed.id, &cancel).send().await.unwrap();
    let mut again =
        client.stream_order_events().last_event_id(&first.id).order_id(&placed.id).send().await.unwrap();
    let second = tokio::time::timeout(PATIENCE, again.next()).await.unwrap().unwrap().unwrap();
    assert_eq!(second.event, EventKind::OrderChanged);

    service.closing.send_replace(true);
    let end = tokio::time::timeout(PATIENCE, again.next()).await.unwrap();
    assert!(end.is_none(), "a closing shop ends its streams: {end:?}");
}

#[tokio::test]
async fn other_orders_are_left_out() {
    let service = start().await;
    let client = service.customer();
    let one = place(&client, &order(&[("INK-0042", 1)])).await;
    let two = place(&client, &order(&[("INK-0042", 1)])).await;
    let zero = EventId::try_from("0".to_owned()).unwrap();
    let mut events =
        client.stream_order_events().last_event_id(&zero).order_id(&two.id).send().await.unwrap();
    let event = tokio::time::timeout(PATIENCE, events.next()).await.unwrap().unwrap().unwrap();
    assert!(event.data.contains(two.id.as_str()) && !event.data.contains(one.id.as_str()), "{event:?}");
}
