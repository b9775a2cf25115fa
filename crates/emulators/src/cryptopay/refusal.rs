//! How Crypto Pay refuses a call: HTTP status, name, and sometimes a list.

use axum::response::Response;
use serde_json::{Value, json};

use crate::respond::json as json_response;

/// A refusal; the envelope's `error` is an object with the code and the name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) code: u16,
    pub(crate) name: String,
    /// With `UNSUPPORTED_ACCEPTED_ASSET`.
    pub(crate) allowed_assets: Option<Vec<&'static str>>,
}

impl Refusal {
    pub(crate) fn new(code: u16, name: &str) -> Self {
        Self { code, name: name.to_owned(), allowed_assets: None }
    }

    pub(crate) fn bad_request(name: &str) -> Self {
        Self::new(400, name)
    }

    pub(crate) fn envelope(&self) -> Value {
        let mut error = json!({ "code": self.code, "name": self.name });
        if let Some(assets) = &self.allowed_assets {
            error["allowed_crypto_assets"] = json!(assets);
        }
        json!({ "ok": false, "error": error })
    }

    pub(crate) fn respond(&self) -> Response {
        json_response(self.code, self.envelope().to_string())
    }
}
