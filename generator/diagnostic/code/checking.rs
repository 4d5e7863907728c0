//! Codes of the rules that judge a resolved contract.

codes! {
    DUPLICATE_OPERATION_ID = "duplicate-operation-id": "`operationId` must be unique among all operations of the description (OAS 3.1.2, Operation Object). Tools name functions by it.";
}
