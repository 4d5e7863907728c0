use std::collections::BTreeSet;

use super::*;

const CUSTOMER: Customer = Customer(1);
const VIEWER: Viewer = Viewer::Customer(CUSTOMER);

fn details(payment: Payment) -> Details {
    Details {
        contact: Contact { email: "ines@example.com".into(), name: "Ines".into(), phone: Phone::Withheld },
        payment,
        ship_to: Address {
            recipient: "Ines".into(),
            street: "Rua do Loureiro 14".into(),
            extra: None,
            postal_code: "4000-326".into(),
            city: "Porto".into(),
            country: "PT".into(),
        },
        reference: None,
        gift: Gift::No,
        labels: Some([("team".to_owned(), "press".to_owned())].into()),
    }
}

fn new_order(items: &[(&str, i32)]) -> NewOrder {
    NewOrder {
        customer: CUSTOMER,
        items: items.iter().map(|(sku, quantity)| Item { sku: (*sku).into(), quantity: *quantity }).collect(),
        details: details(Payment::Voucher { code: "WXYZ-2345-ABCD".into() }),
        idempotency_key: None,
    }
}

fn all(viewer: Viewer) -> OrderQuery {
    OrderQuery {
        viewer,
        statuses: vec![],
        from: None,
        to: None,
        min_total: None,
        sort: vec![SortKey { column: Column::PlacedAt, descending: true }],
        limit: 20,
        cursor: None,
    }
}

async fn stock(store: &Store, sku: &str) -> i64 {
    store.product(sku.into()).await.unwrap().stock
}

#[tokio::test]
async fn an_order_survives_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("orders.db");
    let placed = {
        let store = Store::open(&path).unwrap();
        store.place_order(new_order(&[("INK-0042", 2), ("PEN-0011", 1)])).await.unwrap()
    };
    let store = Store::open(&path).unwrap();
    assert_eq!(store.order(VIEWER, placed.id.clone()).await.unwrap(), placed);
    assert_eq!((placed.total, placed.status), (2 * 1290 + 950, Status::Paid));
    assert_eq!(stock(&store, "INK-0042").await, 22);
    assert_eq!(*store.newest_event().borrow(), 1);
}

#[tokio::test]
async fn an_order_that_cannot_be_filled_changes_nothing() {
    let store = Store::in_memory().unwrap();
    let error = store.place_order(new_order(&[("INK-0042", 2), ("PEN-0007", 8)])).await.unwrap_err();
    assert!(matches!(error, StoreError::OutOfStock { sku, left: 7 } if sku == "PEN-0007"));
    let error = store.place_order(new_order(&[("INK-0042", 2), ("PEN-9999", 1)])).await.unwrap_err();
    assert!(matches!(error, StoreError::NoProduct(_)));
    assert_eq!(stock(&store, "INK-0042").await, 24);
    assert_eq!(store.orders(all(VIEWER)).await.unwrap().total, 0);
}

#[tokio::test]
async fn a_repeated_key_finds_the_order_and_refuses_another() {
    let store = Store::in_memory().unwrap();
    let keyed = |quantity| NewOrder {
        idempotency_key: Some("cart-2207".into()),
        ..new_order(&[("INK-0042", quantity)])
    };
    let first = store.place_order(keyed(1)).await.unwrap();
    let again = store.place_order(keyed(1)).await.unwrap();
    assert_eq!(first, again);
    assert!(matches!(store.place_order(keyed(2)).await, Err(StoreError::KeyReused)));
    assert_eq!(stock(&store, "INK-0042").await, 23);
}

#[tokio::test]
async fn orders_move_forward_only_and_cancelling_fills_the_shelf_again() {
    let store = Store::in_memory().unwrap();
    let order = store.place_order(new_order(&[("INK-0042", 4)])).await.unwrap();
    let to = |status| OrderChange { status: Some(status), ..OrderChange::default() };
    let denied = store.change_order(VIEWER, order.id.clone(), to(Status::Shipped)).await;
    assert!(matches!(denied, Err(StoreError::StaffOnly)));
    let early = store.change_order(Viewer::Staff, order.id.clone(), to(Status::Delivered)).await;
    assert!(matches!(early, Err(StoreError::WrongStatus { status: "paid", verb: "delivered" })));
    assert!(matches!(store.delete_order(order.id.clone()).await, Err(StoreError::WrongStatus { .. })));
    store.change_order(VIEWER, order.id.clone(), to(Status::Cancelled)).await.unwrap();
    assert_eq!(stock(&store, "INK-0042").await, 24);
    store.delete_order(order.id.clone()).await.unwrap();
    assert!(matches!(store.order(VIEWER, order.id).await, Err(StoreError::NoOrder(_))));
}

#[tokio::test]
async fn a_shipped_parcel_keeps_its_address() {
    let store = Store::in_memory().unwrap();
    let order = store.place_order(new_order(&[("INK-0042", 1)])).await.unwrap();
    let change = OrderChange { status: Some(Status::Shipped), ..OrderChange::default() };
    let shipped = store.change_order(Viewer::Staff, order.id.clone(), change).await.unwrap();
    assert!(shipped.shipped_at.is_some());
    let gift = OrderChange { gift: Some(Gift::WithoutCard), ..OrderChange::default() };
    assert!(matches!(
        store.change_order(VIEWER, order.id.clone(), gift).await,
        Err(StoreError::WrongStatus { status: "shipped", .. })
    ));
    let reference = OrderChange { reference: Some(Some("R-1".into())), ..OrderChange::default() };
    let changed = store.change_order(VIEWER, order.id, reference).await.unwrap();
    assert_eq!(changed.details.reference.as_deref(), Some("R-1"));
}

#[tokio::test]
async fn pages_follow_each_other_without_gap_or_overlap() {
    let store = Store::in_memory().unwrap();
    for count in [1, 3, 2, 3, 1, 2, 2] {
        store.place_order(new_order(&[("PEN-0011", count)])).await.unwrap();
    }
    let sort = vec![
        SortKey { column: Column::Total, descending: true },
        SortKey { column: Column::PlacedAt, descending: false },
    ];
    let mut query = OrderQuery { sort, limit: 2, ..all(Viewer::Staff) };
    let mut seen = Vec::new();
    loop {
        let page = store.orders(query.clone()).await.unwrap();
        assert_eq!(page.total, 7);
        seen.extend(page.orders);
        match page.next {
            Some(next) => query.cursor = Some(next),
            None => break,
        }
    }
    let keys: Vec<_> = seen.iter().map(|order| (-order.total, order.placed_at.clone())).collect();
    assert!(keys.is_sorted(), "{keys:?}");
    assert_eq!(seen.iter().map(|order| &order.id).collect::<BTreeSet<_>>().len(), 7);
    query.sort = vec![];
    assert!(matches!(store.orders(query).await, Err(StoreError::BadCursor)));
}

#[tokio::test]
async fn order_filters_add_up() {
    let store = Store::in_memory().unwrap();
    let small = store.place_order(new_order(&[("PEN-0011", 1)])).await.unwrap();
    let large = store.place_order(new_order(&[("PEN-0011", 9)])).await.unwrap();
    let found = async |query| store.orders(query).await.unwrap().orders;
    assert_eq!(found(OrderQuery { min_total: Some(1000), ..all(VIEWER) }).await, [large]);
    assert!(found(OrderQuery { statuses: vec![Status::Cancelled], ..all(VIEWER) }).await.is_empty());
    assert!(found(OrderQuery { to: Some("2020-01-01".into()), ..all(VIEWER) }).await.is_empty());
    let today = small.placed_at.get(..10).unwrap().to_owned();
    let days = OrderQuery { from: Some(today.clone()), to: Some(today), ..all(VIEWER) };
    assert_eq!(found(days).await.len(), 2);
    assert!(found(all(Viewer::Customer(Customer(99)))).await.is_empty());
}

#[tokio::test]
async fn product_filters_add_up() {
    let store = Store::in_memory().unwrap();
    let query = ProductQuery { limit: 10, ..ProductQuery::default() };
    let skus = async |query| {
        let (products, total) = store.products(query).await.unwrap();
        (products.into_iter().map(|product| product.sku).collect::<Vec<_>>(), total)
    };
    let ink = ProductQuery { words: Some("INK blue".into()), ..query.clone() };
    assert_eq!(skus(ink).await, (vec!["INK-0042".to_owned()], 1));
    let sold_out = ProductQuery { in_stock: Some(false), ..query.clone() };
    assert_eq!(skus(sold_out).await, (vec!["INK-0043".to_owned()], 1));
    let dear = ProductQuery {
        categories: vec!["pens".into(), "paper".into()],
        min_price: Some(1000),
        sort: vec![(ProductColumn::Price, true)],
        ..query.clone()
    };
    assert_eq!(skus(dear).await, (vec!["PEN-0007".to_owned(), "PAP-0100".to_owned()], 2));
    let last = ProductQuery { limit: 2, offset: 6, ..query };
    assert_eq!(skus(last).await, (vec!["PEN-0011".to_owned()], 7));
}

#[tokio::test]
async fn a_picture_belongs_to_a_product() {
    let store = Store::in_memory().unwrap();
    let image = Image { alt: "A bottle".into(), media_type: "image/png".into(), bytes: vec![1, 2, 3] };
    assert!(matches!(store.set_image("PEN-9999".into(), image.clone()).await, Err(StoreError::NoProduct(_))));
    assert_eq!(store.image("INK-0042".into()).await.unwrap(), None);
    let info = store.set_image("INK-0042".into(), image.clone()).await.unwrap();
    assert_eq!(info.size, 3);
    assert_eq!(store.image("INK-0042".into()).await.unwrap(), Some(image));
    assert_eq!(store.product("INK-0042".into()).await.unwrap().image, Some(info));
}

#[tokio::test]
async fn events_are_kept_and_wake_those_who_wait() {
    let store = Store::in_memory().unwrap();
    let mut newest = store.newest_event();
    let order = store.place_order(new_order(&[("INK-0042", 1)])).await.unwrap();
    newest.changed().await.unwrap();
    let change = OrderChange { status: Some(Status::Cancelled), ..OrderChange::default() };
    store.change_order(VIEWER, order.id.clone(), change).await.unwrap();
    store.delete_order(order.id.clone()).await.unwrap();
    let events = store.events_after(VIEWER, None, 0).await.unwrap();
    let kinds: Vec<_> = events.iter().map(|event| (event.kind, event.status)).collect();
    assert_eq!(
        kinds,
        [
            (EventKind::Placed, Status::Paid),
            (EventKind::Changed, Status::Cancelled),
            (EventKind::Deleted, Status::Cancelled)
        ]
    );
    assert_eq!(store.events_after(VIEWER, Some(order.id), 2).await.unwrap(), events[2..]);
    assert!(store.events_after(Viewer::Customer(Customer(99)), None, 0).await.unwrap().is_empty());
}

#[tokio::test]
async fn credentials_open_the_right_door() {
    let store = Store::in_memory().unwrap();
    assert_eq!(store.customer_by_key(DEMO_CUSTOMER_KEY).await.unwrap(), Some(CUSTOMER));
    assert_eq!(store.customer_by_key("guess").await.unwrap(), None);
    assert!(store.is_staff(DEMO_STAFF_TOKEN).await.unwrap());
    assert!(!store.is_staff(DEMO_CUSTOMER_KEY).await.unwrap());
}
