//! The parameters of a call, however they were sent: query, form, JSON or multipart.

use std::borrow::Cow;
use std::collections::HashMap;

use axum::body::{Bytes, to_bytes};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Query, Request};
use axum::http::header::CONTENT_TYPE;
use axum::{Form, RequestExt};
use serde_json::{Map, Value};

type Pairs = Vec<(String, String)>;

/// Why the parameters could not be read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Unreadable {
    TooLarge,
    Malformed,
}

/// A file part of a multipart call.
#[derive(Debug, Clone)]
pub(crate) struct Upload {
    pub(crate) name: String,
    pub(crate) mime: String,
    pub(crate) bytes: Bytes,
}

/// A call's named parameters; later sources override the query string.
#[derive(Debug, Default)]
pub(crate) struct Parameters {
    pub(crate) fields: Map<String, Value>,
    pub(crate) uploads: HashMap<String, Upload>,
}

impl Parameters {
    /// Reads the parameters of a request whose body is at most `limit` bytes long.
    pub(crate) async fn read(request: Request, limit: usize) -> Result<Self, Unreadable> {
        let mut parameters = Self::default();
        if request.uri().query().is_some_and(|query| !query.is_empty()) {
            let Query(pairs) =
                Query::<Pairs>::try_from_uri(request.uri()).map_err(|_| Unreadable::Malformed)?;
            parameters.insert_all(pairs);
        }
        let kind = request
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split(';').next())
            .map(|value| value.trim().to_ascii_lowercase())
            .unwrap_or_default();
        match kind.as_str() {
            "application/json" => parameters.read_json(request, limit).await?,
            "application/x-www-form-urlencoded" if request.method() != "GET" => {
                let Form(pairs) = Form::<Pairs>::from_request(request, &())
                    .await
                    .map_err(|_| Unreadable::Malformed)?;
                parameters.insert_all(pairs);
            }
            "multipart/form-data" => parameters.read_multipart(request, limit).await?,
            _ => {}
        }
        Ok(parameters)
    }

    /// The parameters of a JSON object.
    pub(crate) fn from_json(fields: Map<String, Value>) -> Self {
        Self { fields, uploads: HashMap::new() }
    }

    fn insert_all(&mut self, pairs: Pairs) {
        self.fields.extend(pairs.into_iter().map(|(name, value)| (name, Value::String(value))));
    }

    async fn read_json(&mut self, request: Request, limit: usize) -> Result<(), Unreadable> {
        let body = to_bytes(request.into_body(), limit).await.map_err(|_| Unreadable::TooLarge)?;
        if body.is_empty() {
            return Ok(());
        }
        match serde_json::from_slice(&body) {
            Ok(Value::Object(fields)) if self.fields.is_empty() => self.fields = fields,
            Ok(Value::Object(fields)) => self.fields.extend(fields),
            _ => return Err(Unreadable::Malformed),
        }
        self.fields.retain(|_, value| !value.is_null());
        Ok(())
    }

    async fn read_multipart(&mut self, request: Request, limit: usize) -> Result<(), Unreadable> {
        let mut request = request;
        DefaultBodyLimit::max(limit).apply(&mut request);
        let mut parts =
            request.extract::<Multipart, _>().await.map_err(|_| Unreadable::Malformed)?;
        while let Some(part) = parts.next_field().await.map_err(|_| Unreadable::Malformed)? {
            let field = part.name().unwrap_or_default().to_owned();
            let file_name = part.file_name().map(ToOwned::to_owned);
            let mime = part.content_type().map(ToOwned::to_owned);
            let bytes = part.bytes().await.map_err(|_| Unreadable::TooLarge)?;
            if let Some(name) = file_name {
                let mime = mime.unwrap_or_else(|| "application/octet-stream".to_owned());
                self.uploads.insert(field, Upload { name, mime, bytes });
            } else {
                let text = String::from_utf8(bytes.to_vec()).map_err(|_| Unreadable::Malformed)?;
                self.fields.insert(field, Value::String(text));
            }
        }
        Ok(())
    }

    /// A parameter as text; numbers and booleans read as they are written.
    pub(crate) fn text(&self, name: &str) -> Option<Cow<'_, str>> {
        match self.fields.get(name)? {
            Value::String(text) => Some(Cow::Borrowed(text)),
            Value::Null => None,
            other => Some(Cow::Owned(other.to_string())),
        }
    }

    /// A parameter as a whole number, if it is one.
    pub(crate) fn integer(&self, name: &str) -> Option<i64> {
        match self.fields.get(name)? {
            Value::Number(number) => number.as_i64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// Whether a parameter is switched on.
    pub(crate) fn flag(&self, name: &str) -> bool {
        match self.fields.get(name) {
            Some(Value::Bool(value)) => *value,
            Some(Value::String(text)) => {
                matches!(text.to_ascii_lowercase().as_str(), "true" | "yes" | "1")
            }
            Some(Value::Number(number)) => number.as_i64() == Some(1),
            _ => false,
        }
    }

    /// A structured parameter: itself in JSON bodies, a JSON string in all other encodings.
    ///
    /// # Errors
    /// A string that is not JSON.
    pub(crate) fn json(&self, name: &str) -> Result<Option<Cow<'_, Value>>, Unreadable> {
        match self.fields.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if text.is_empty() => Ok(None),
            Some(Value::String(text)) => serde_json::from_str(text)
                .map(|value| Some(Cow::Owned(value)))
                .map_err(|_| Unreadable::Malformed),
            Some(value) => Ok(Some(Cow::Borrowed(value))),
        }
    }
}
