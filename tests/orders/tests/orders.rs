//! Orders through the generated client.

use std::collections::BTreeSet;

use test_orders::orders::client::{
    CreateOrderError, CreateOrderOk, DeleteOrderError, GetOrderError, ListOrdersError, ListOrdersOk,
    UpdateOrderError,
};
use test_orders::orders::types::{self, OrderSort, OrderStatus};
use test_orders::{order, place, start};

#[tokio::test]
async fn an_order_is_placed_and_read() {
    let service = start().await;
    let client = service.customer();
    let request =
        types::OrderRequest { gift_message: Some(None), ..order(&[("INK-0042", 2), ("PEN-0011", 1)]) };
    let placed = place(&client, &request).await;
    assert_eq!((placed.status, *placed.total), (OrderStatus::Paid, 2 * 1290 + 950));
    assert_eq!(placed.items[1].title, "Pencil, 2B, box of twelve");
    assert_eq!((&placed.gift_message, &placed.reference, &placed.shipped_at), (&Some(None), &None, &None));
    assert_eq!(client.get_order(&placed.id).send().await.unwrap(), placed);
    assert_eq!(service.staff().get_order(&placed.id).send().await.unwrap(), placed);
}

#[tokio::test]
async fn a_card_is_never_shown_again() {
    let service = start().await;
    let card = types::CardPaymentRequest {
        method: Default::default(),
        number: "4111111111111111".to_owned(),
        expiry: "11/29".to_owned(),
        cvc: "123".to_owned(),
    };
    let request =
        types::OrderRequest { payment: types::PaymentRequest::Card(card), ..order(&[("PEN-0007", 1)]) };
    let placed = place(&service.customer(), &request).await;
    let types::Payment::Card(card) = &placed.payment else { panic!("{placed:?}") };
    assert_eq!((card.last4.as_str(), card.expiry.as_str()), ("1111", "11/29"));
}

#[tokio::test]
async fn what_is_not_there_cannot_be_bought() {
    let service = start().await;
    for items in [[("INK-0043", 1)], [("PEN-0007", 8)], [("XXX-0000", 1)]] {
        let error = service.customer().create_order(&order(&items)).send().await.unwrap_err();
        let Some(CreateOrderError::Conflict(problem)) = error.declared() else { panic!("{error:?}") };
        assert_eq!(problem.code, "OUT_OF_STOCK");
    }
}

#[tokio::test]
async fn a_repeated_request_places_one_order() {
    let service = start().await;
    let client = service.customer();
    let send = async |items| client.create_order(&order(items)).idempotency_key("cart-2207").send().await;
    let CreateOrderOk { body: first, .. } = send(&[("INK-0042", 1)]).await.unwrap();
    let CreateOrderOk { body: second, .. } = send(&[("INK-0042", 1)]).await.unwrap();
    assert_eq!(first, second);
    let error = send(&[("INK-0042", 2)]).await.unwrap_err();
    let Some(CreateOrderError::Conflict(problem)) = error.declared() else { panic!("{error:?}") };
    assert_eq!(problem.code, "IDEMPOTENCY_KEY_REUSED");
}

#[tokio::test]
async fn strangers_see_nothing() {
    let service = start().await;
    let placed = place(&service.customer(), &order(&[("INK-0042", 1)])).await;
    let error = service.stranger().list_orders().send().await.unwrap_err();
    assert!(matches!(error.declared(), Some(ListOrdersError::Unauthorized(_))), "{error:?}");
    let error = service.stranger().get_order(&placed.id).send().await.unwrap_err();
    assert!(matches!(error.declared(), Some(GetOrderError::Unauthorized(_))), "{error:?}");
    let unknown = types::OrderId::try_from("ord_000000000000".to_owned()).unwrap();
    let error = service.customer().get_order(&unknown).send().await.unwrap_err();
    assert!(matches!(error.declared(), Some(GetOrderError::NotFound(_))), "{error:?}");
}

#[tokio::test]
async fn pages_follow_each_other() {
    let service = start().await;
    let client = service.customer();
    for count in 1..=5 {
        place(&client, &order(&[("PEN-0011", count)])).await;
    }
    let (mut cursor, mut seen) = (None::<String>, Vec::new());
    loop {
        let mut request = client.list_orders().limit(2).sort(&[OrderSort::MinusTotal]);
        if let Some(cursor) = &cursor {
            request = request.cursor(cursor);
        }
        let ListOrdersOk { body, x_total_count } = request.send().await.unwrap();
        assert_eq!(x_total_count, 5);
        seen.extend(body.items);
        cursor = body.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    let totals: Vec<i64> = seen.iter().map(|order| *order.total).collect();
    assert_eq!(totals, [4750, 3800, 2850, 1900, 950]);
    assert_eq!(seen.iter().map(|order| order.id.as_str()).collect::<BTreeSet<_>>().len(), 5);
    let error = client.list_orders().cursor("nonsense").send().await.unwrap_err();
    let Some(ListOrdersError::Default(status, problem)) = error.declared() else { panic!("{error:?}") };
    assert_eq!((status.as_u16(), problem.code.as_str()), (400, "BAD_CURSOR"));
}

#[tokio::test]
async fn filters_add_up() {
    let service = start().await;
    let client = service.customer();
    place(&client, &order(&[("PEN-0011", 1)])).await;
    let large = place(&client, &order(&[("PEN-0011", 3)])).await;
    let today: counterpart_runtime::Date = large.placed_at.as_str()[..10].parse().unwrap();
    let at_least = types::Money::try_from(1000).unwrap();
    let request = client.list_orders().status(&[OrderStatus::Paid, OrderStatus::Placed]).min_total(&at_least);
    let ListOrdersOk { body, .. } = request.placed_from(&today).placed_to(&today).send().await.unwrap();
    assert_eq!(body.items, [large]);
    let ListOrdersOk { body, .. } =
        client.list_orders().status(&[OrderStatus::Shipped]).send().await.unwrap();
    assert!(body.items.is_empty());
}

#[tokio::test]
async fn an_order_goes_its_way() {
    let service = start().await;
    let (customer, staff) = (service.customer(), service.staff());
    let placed = place(&customer, &order(&[("INK-0042", 4)])).await;
    let status = |status| types::OrderPatch { status: Some(status), ..Default::default() };
    let error = customer.update_order(&placed.id, &status(OrderStatus::Shipped)).send().await.unwrap_err();
    let Some(UpdateOrderError::Default(code, _)) = error.declared() else { panic!("{error:?}") };
    assert_eq!(code.as_u16(), 403);
    let error = staff.delete_order(&placed.id).send().await.unwrap_err();
    assert!(matches!(error.declared(), Some(DeleteOrderError::Conflict(_))), "{error:?}");
    let shipped = staff.update_order(&placed.id, &status(OrderStatus::Shipped)).send().await.unwrap();
    assert!(shipped.shipped_at.is_some());
    let named = types::OrderPatch { reference: Some(Some("R-1".to_owned())), ..Default::default() };
    let named = customer.update_order(&placed.id, &named).send().await.unwrap();
    assert_eq!(named.reference.as_deref(), Some("R-1"));
    let unnamed = types::OrderPatch { reference: Some(None), ..Default::default() };
    assert_eq!(customer.update_order(&placed.id, &unnamed).send().await.unwrap().reference, None);
    let gift = types::OrderPatch { gift_message: Some(None), ..Default::default() };
    let error = customer.update_order(&placed.id, &gift).send().await.unwrap_err();
    assert!(matches!(error.declared(), Some(UpdateOrderError::Conflict(_))), "{error:?}");
    staff.update_order(&placed.id, &status(OrderStatus::Delivered)).send().await.unwrap();
    staff.delete_order(&placed.id).send().await.unwrap();
    let error = staff.delete_order(&placed.id).send().await.unwrap_err();
    assert!(matches!(error.declared(), Some(DeleteOrderError::NotFound(_))), "{error:?}");
}

#[tokio::test]
async fn the_old_way_to_cancel_still_works() {
    let service = start().await;
    let placed = place(&service.customer(), &order(&[("INK-0042", 4)])).await;
    #[expect(deprecated, reason = "that is what is tested")]
    let cancelled = service.customer().cancel_order(&placed.id).send().await.unwrap();
    assert_eq!(cancelled.status, OrderStatus::Cancelled);
}
