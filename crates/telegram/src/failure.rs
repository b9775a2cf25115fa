//! The error of every outbound call; it never holds the token.

use std::error::Error;
use std::fmt::{self, Write};

use crate::trouble::Trouble;

/// Characters kept of a stranger's words.
const DETAIL_CHARS_MAX: usize = 300;

/// A call that failed: which, what it means, and what was said. Safe to log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiError {
    method: &'static str,
    trouble: Trouble,
    detail: String,
}

impl ApiError {
    pub(crate) fn new(method: &'static str, trouble: Trouble, detail: &str) -> Self {
        let detail = detail.chars().take(DETAIL_CHARS_MAX).collect();
        Self { method, trouble, detail }
    }

    pub(crate) fn transport(method: &'static str, error: reqwest::Error) -> Self {
        let trouble = if error.is_builder() {
            Trouble::BadRequest("the request cannot be built".to_owned())
        } else if error.is_connect() {
            Trouble::NotSent
        } else {
            Trouble::Unknown
        };
        // The address holds the token.
        let error = error.without_url();
        let mut detail = error.to_string();
        let mut cause = error.source();
        while let Some(source) = cause {
            write!(detail, ": {source}").expect("writing to a string cannot fail");
            cause = source.source();
        }
        Self::new(method, trouble, &detail)
    }

    /// The Bot API method that was called.
    pub fn method(&self) -> &'static str {
        self.method
    }

    pub fn trouble(&self) -> &Trouble {
        &self.trouble
    }

    /// The words of Telegram or of the transport, shortened.
    pub fn detail(&self) -> &str {
        &self.detail
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.method, self.trouble)?;
        if !self.detail.is_empty() {
            write!(f, " ({})", self.detail)?;
        }
        Ok(())
    }
}

impl Error for ApiError {}
