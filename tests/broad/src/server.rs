//! The trait, implemented.

mod answers;

use counterpart_runtime::server::{ApiError, AuthError, Credentials};
use counterpart_runtime::stream::{ByteStream, EventStream, JsonLines};
use futures_util::{TryStreamExt, stream};

use self::answers::{Parameter, color, convert, described, from_json, json, path_of, problem, thing};
use crate::broad::server::*;
use crate::broad::types;
use crate::echo::{caller, optional_cells, placed, required_cells, same_body};

/// Answers with what it was sent.
#[derive(Debug)]
pub struct Echo;

impl Api for Echo {
    /// The scheme or schemes by which the caller got in.
    type Principal = String;

    async fn authenticate(&self, credentials: Credentials) -> Result<String, AuthError> {
        answers::authenticate(&credentials)
    }

    required_cells! {
        path_simple PathSimple PathSimpleResponse;
        path_simple_exploded PathSimpleExploded PathSimpleExplodedResponse;
        path_label PathLabel PathLabelResponse;
        path_label_exploded PathLabelExploded PathLabelExplodedResponse;
        path_matrix PathMatrix PathMatrixResponse;
        path_matrix_exploded PathMatrixExploded PathMatrixExplodedResponse;
    }

    optional_cells! {
        query_form QueryForm QueryFormResponse: primitive array object;
        query_form_exploded QueryFormExploded QueryFormExplodedResponse: primitive array object;
        query_space_delimited QuerySpaceDelimited QuerySpaceDelimitedResponse: - array object;
        query_pipe_delimited QueryPipeDelimited QueryPipeDelimitedResponse: - array object;
        query_deep_object QueryDeepObject QueryDeepObjectResponse: - - object;
        header_simple HeaderSimple HeaderSimpleResponse: x_primitive x_array x_object;
        header_simple_exploded HeaderSimpleExploded HeaderSimpleExplodedResponse: x_primitive x_array x_object;
        cookie_form CookieForm CookieFormResponse: primitive array object;
    }

    async fn cookie_form_exploded(
        &self,
        request: CookieFormExploded,
    ) -> Result<CookieFormExplodedResponse, ApiError> {
        let primitive = Some(request.primitive);
        Ok(CookieFormExplodedResponse::Ok(types::Cells { primitive, array: None, object: None }))
    }

    async fn query_scalars(&self, request: QueryScalars) -> Result<QueryScalarsResponse, ApiError> {
        Ok(QueryScalarsResponse::Ok(types::Scalars {
            count: request.count,
            ratio: request.ratio,
            flag: request.flag,
            day: request.day,
            mode: request.mode.to_string(),
            level: request.level.map(|level| convert(&level)).transpose()?,
            either: request.either.map(|either| convert(&either)).transpose()?,
            numbers: request.numbers,
            reserved: request.reserved,
            empty: request.empty,
            old: request.old,
            odd: request.odd_name,
        }))
    }

    async fn query_content(&self, request: QueryContent) -> Result<QueryContentResponse, ApiError> {
        let mut members = vec![("filter", json(&request.filter)?)];
        if let Some(header) = &request.x_filter {
            members.push(("header", json(header)?));
        }
        if let Some(note) = request.note {
            members.push(("note", note.into()));
        }
        Ok(QueryContentResponse::Ok(from_json(members)?))
    }

    async fn everywhere(&self, request: Everywhere) -> Result<EverywhereResponse, ApiError> {
        let Everywhere { id, query_id, header_id, cookie_id, shared, .. } = request;
        let mut members = vec![
            ("path", id.into()),
            ("query", query_id.into()),
            ("header", header_id.into()),
            ("shared", shared.into()),
        ];
        members.extend(cookie_id.map(|id| ("cookie", id.into())));
        Ok(EverywhereResponse::Ok(from_json(members)?))
    }

    same_body! {
        body_json BodyJson BodyJsonResponse;
        body_any BodyAny BodyAnyResponse;
        body_form BodyForm BodyFormResponse;
        body_text BodyText BodyTextResponse;
        body_binary BodyBinary BodyBinaryResponse;
        type_enums TypeEnums TypeEnumsResponse;
        type_states TypeStates TypeStatesResponse;
        type_numbers TypeNumbers TypeNumbersResponse;
        type_formats TypeFormats TypeFormatsResponse;
        type_arrays TypeArrays TypeArraysResponse;
        type_maps TypeMaps TypeMapsResponse;
        type_all_of TypeAllOf TypeAllOfResponse;
        type_one_of TypeOneOf TypeOneOfResponse;
        type_any_of TypeAnyOf TypeAnyOfResponse;
        type_discriminator TypeDiscriminator TypeDiscriminatorResponse;
        type_recursion TypeRecursion TypeRecursionResponse;
        type_defaults TypeDefaults TypeDefaultsResponse;
        type_conditions TypeConditions TypeConditionsResponse;
        type_unevaluated TypeUnevaluated TypeUnevaluatedResponse;
        type_generic TypeGeneric TypeGenericResponse;
        type_names TypeNames TypeNamesResponse;
        type_strings TypeStrings TypeStringsResponse;
    }

    async fn body_optional(&self, request: BodyOptional) -> Result<BodyOptionalResponse, ApiError> {
        Ok(BodyOptionalResponse::Ok(match request.body {
            None => described("absent", None),
            Some(body) => described("json", Some(json(&body)?)),
        }))
    }

    async fn body_nullable(&self, request: BodyNullable) -> Result<BodyNullableResponse, ApiError> {
        Ok(BodyNullableResponse::Ok(match request.body {
            None => described("absent", None),
            Some(None) => described("null", None),
            Some(Some(body)) => described("json", Some(json(&body)?)),
        }))
    }

    async fn body_multipart(&self, request: BodyMultipart) -> Result<BodyMultipartResponse, ApiError> {
        Ok(BodyMultipartResponse::Ok(answers::receipt(request.body)))
    }

    async fn body_image(&self, request: BodyImage) -> Result<BodyImageResponse, ApiError> {
        let size = request.body.collect(1_000_000).await?.len();
        Ok(BodyImageResponse::Ok(described("image", Some(size.into()))))
    }

    async fn body_lines(&self, request: BodyLines) -> Result<BodyLinesResponse, ApiError> {
        Ok(BodyLinesResponse::Ok(request.body.try_collect().await?))
    }

    async fn body_several(&self, request: BodySeveral) -> Result<BodySeveralResponse, ApiError> {
        Ok(BodySeveralResponse::Ok(match request.body {
            BodySeveralBody::Json(body) => described("json", Some(json(&body)?)),
            BodySeveralBody::Form(body) => described("form", Some(json(&body)?)),
            BodySeveralBody::Text(body) => described("text", Some(body.into())),
            BodySeveralBody::Bytes(body) => {
                described("bytes", Some(body.collect(1_000_000).await?.len().into()))
            }
        }))
    }

    async fn body_json_kinds(&self, request: BodyJsonKinds) -> Result<BodyJsonKindsResponse, ApiError> {
        Ok(BodyJsonKindsResponse::Ok(match request.body {
            BodyJsonKindsBody::ApplicationJson(body) => described("thing", Some(json(&body)?)),
            BodyJsonKindsBody::ApplicationVndBroadColorJson(body) => described("color", Some(json(&body)?)),
        }))
    }

    async fn response_statuses(
        &self,
        request: ResponseStatuses,
    ) -> Result<ResponseStatusesResponse, ApiError> {
        use ResponseStatusesResponse as Answer;
        let location = "/broad/v1/responses/text".to_owned();
        let status = axum::http::StatusCode::from_u16(u16::try_from(request.status)?)?;
        Ok(match status.as_u16() {
            200 => Answer::Ok(thing("exact")?),
            201 => Answer::Created { body: color(1, 2, 3), location },
            202 => Answer::Accepted,
            204 => Answer::NoContent,
            303 => Answer::SeeOther { location },
            404 => Answer::NotFound("missing".to_owned().try_into()?),
            400..500 => Answer::ClientError(status, color(4, 0, 9)),
            _ => Answer::Default(status, problem(status.as_u16())?),
        })
    }

    async fn response_text(&self, _: ResponseText) -> Result<ResponseTextResponse, ApiError> {
        Ok(ResponseTextResponse::Ok("größe".to_owned()))
    }

    async fn response_binary(&self, _: ResponseBinary) -> Result<ResponseBinaryResponse, ApiError> {
        Ok(ResponseBinaryResponse::Ok(ByteStream::from(vec![0, 255, 10, 13])))
    }

    async fn response_events(&self, _: ResponseEvents) -> Result<ResponseEventsResponse, ApiError> {
        let ticks = stream::iter((1_i64..=3).map(answers::tick));
        Ok(ResponseEventsResponse::Ok(EventStream::new(ticks)))
    }

    async fn response_lines(&self, _: ResponseLines) -> Result<ResponseLinesResponse, ApiError> {
        Ok(ResponseLinesResponse::Ok(JsonLines::new(stream::iter(["a", "b"].map(answers::item)))))
    }

    async fn response_sequence(&self, _: ResponseSequence) -> Result<ResponseSequenceResponse, ApiError> {
        Ok(ResponseSequenceResponse::Ok(JsonLines::new(stream::iter(["a", "b"].map(answers::item)))))
    }

    async fn response_several(&self, request: ResponseSeveral) -> Result<ResponseSeveralResponse, ApiError> {
        let media = [
            "application/json",
            "application/vnd.broad.thing+json",
            "text/plain",
            "application/octet-stream",
        ];
        Ok(ResponseSeveralResponse::Ok(match request.context.accept().preferred(media) {
            Some("text/plain") => ResponseSeveralOkBody::Text("lamp".to_owned()),
            Some("application/octet-stream") => {
                ResponseSeveralOkBody::Bytes(ByteStream::from("lamp".to_owned()))
            }
            // Which of the JSON types, or that none is acceptable, the server finds out itself.
            _ => ResponseSeveralOkBody::Json(thing("lamp")?),
        }))
    }

    async fn response_headers_only(
        &self,
        _: ResponseHeadersOnly,
    ) -> Result<ResponseHeadersOnlyResponse, ApiError> {
        Ok(ResponseHeadersOnlyResponse::Ok {
            x_text: "100%25".to_owned(),
            x_number: 7,
            x_list: Some(vec!["a".to_owned(), "b".to_owned()]),
            x_color: Some(color(1, 2, 3)),
            x_color_exploded: Some(color(1, 2, 3)),
            x_document: Some(color(1, 2, 3)),
        })
    }

    async fn response_headers(&self, _: ResponseHeaders) -> Result<ResponseHeadersResponse, ApiError> {
        Ok(ResponseHeadersResponse::Ok {
            body: thing("lamp")?,
            x_text: "100%25".to_owned(),
            x_number: 7,
            x_list: Some(vec!["a".to_owned(), "b".to_owned()]),
            x_color: Some(color(1, 2, 3)),
            x_color_exploded: Some(color(1, 2, 3)),
            x_document: Some(color(1, 2, 3)),
        })
    }

    async fn response_default(&self, request: ResponseDefault) -> Result<ResponseDefaultResponse, ApiError> {
        let status = axum::http::StatusCode::from_u16(u16::try_from(request.status)?)?;
        Ok(ResponseDefaultResponse::Default(status, thing("default")?))
    }

    async fn response_nullable(&self, _: ResponseNullable) -> Result<ResponseNullableResponse, ApiError> {
        Ok(ResponseNullableResponse::Ok(None))
    }

    caller! {
        secure_key_header SecureKeyHeader SecureKeyHeaderResponse;
        secure_key_query SecureKeyQuery SecureKeyQueryResponse;
        secure_key_cookie SecureKeyCookie SecureKeyCookieResponse;
        secure_basic SecureBasic SecureBasicResponse;
        secure_bearer SecureBearer SecureBearerResponse;
        secure_oauth SecureOauth SecureOauthResponse;
        secure_open_id SecureOpenId SecureOpenIdResponse;
        secure_certificate SecureCertificate SecureCertificateResponse;
        secure_both SecureBoth SecureBothResponse;
        secure_either SecureEither SecureEitherResponse;
    }

    async fn secure_public(&self, _: SecurePublic) -> Result<SecurePublicResponse, ApiError> {
        Ok(SecurePublicResponse::Ok(types::Caller { name: None }))
    }

    async fn secure_optional(
        &self,
        request: SecureOptional<String>,
    ) -> Result<SecureOptionalResponse, ApiError> {
        Ok(SecureOptionalResponse::Ok(types::Caller { name: request.principal }))
    }

    placed! {
        item_get ItemGet ItemGetResponse "itemGet": id "id";
        item_activate ItemActivate ItemActivateResponse "itemActivate": id "id";
        item_special ItemSpecial ItemSpecialResponse "itemSpecial":;
        item_part ItemPart ItemPartResponse "itemPart": part_id "partId" item_id "itemId";
        file_json FileJson FileJsonResponse "fileJson": name "name";
        file File FileResponse "file": name "name";
        files Files FilesResponse "files":;
        compare Compare CompareResponse "compare": base "base" head "head";
        method_get MethodGet MethodGetResponse "methodGet":;
        method_put MethodPut MethodPutResponse "methodPut":;
        method_post MethodPost MethodPostResponse "methodPost":;
        method_delete MethodDelete MethodDeleteResponse "methodDelete":;
        method_options MethodOptions MethodOptionsResponse "methodOptions":;
        method_patch MethodPatch MethodPatchResponse "methodPatch":;
        method_trace MethodTrace MethodTraceResponse "methodTrace":;
    }

    async fn method_head(&self, _: MethodHead) -> Result<MethodHeadResponse, ApiError> {
        Ok(MethodHeadResponse::Ok)
    }

    async fn type_access(&self, request: TypeAccess) -> Result<TypeAccessResponse, ApiError> {
        let owner = request.body.owner.map(|_| "2024-01-01T00:00:00Z".parse()).transpose()?;
        Ok(TypeAccessResponse::Ok(types::Account {
            id: 1,
            name: request.body.name,
            owner: owner.map(|created| types::Owner { created }),
        }))
    }

    async fn subscribe(&self, _: Subscribe) -> Result<SubscribeResponse, ApiError> {
        Ok(SubscribeResponse::Created(from_json(vec![("id", "s-1".into())])?))
    }
}
