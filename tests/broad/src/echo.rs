//! Methods of the trait that say the same for many operations.

/// Answers with the body as it came.
macro_rules! same_body {
    ($($method:ident $request:ident $response:ident;)*) => {$(
        async fn $method(&self, request: $request) -> Result<$response, ApiError> {
            Ok($response::Ok(request.body))
        }
    )*};
}

/// Answers with required parameters `primitive`, `array` and `object`.
macro_rules! required_cells {
    ($($method:ident $request:ident $response:ident;)*) => {$(
        async fn $method(&self, request: $request) -> Result<$response, ApiError> {
            let $request { primitive, array, object, .. } = request;
            Ok($response::Ok(types::Cells {
                primitive: Some(primitive),
                array: Some(array),
                object: Some(object),
            }))
        }
    )*};
}

/// Answers with optional parameters: those named.
macro_rules! optional_cells {
    ($($method:ident $request:ident $response:ident: $primitive:tt $array:tt $object:tt;)*) => {$(
        async fn $method(&self, request: $request) -> Result<$response, ApiError> {
            Ok($response::Ok(types::Cells {
                primitive: optional_cells!(@ request $primitive),
                array: optional_cells!(@ request $array),
                object: optional_cells!(@ request $object),
            }))
        }
    )*};
    (@ $request:ident -) => { None };
    (@ $request:ident $field:ident) => { $request.$field };
}

/// Answers with the name of the caller.
macro_rules! caller {
    ($($method:ident $request:ident $response:ident;)*) => {$(
        async fn $method(&self, request: $request<Self::Principal>) -> Result<$response, ApiError> {
            Ok($response::Ok(types::Caller { name: Some(request.principal) }))
        }
    )*};
}

/// Answers with the operation's name and its path parameters.
macro_rules! placed {
    ($($method:ident $request:ident $response:ident $name:literal: $($field:ident $wire:literal)*;)*) => {$(
        async fn $method(&self, request: $request) -> Result<$response, ApiError> {
            let $request { $($field,)* .. } = request;
            let parameters: Vec<(&str, Parameter)> = vec![$(($wire, $field.into()),)*];
            Ok($response::Ok(path_of($name, parameters)?))
        }
    )*};
}

pub(crate) use {caller, optional_cells, placed, required_cells, same_body};
