//! What went wrong, for people and programs: a kind, a stable code, a sentence, and data to act on.

use std::collections::HashMap;
use std::fmt;

use tonic::{Code, Status};
use tonic_types::{ErrorDetails, StatusExt};

/// Nobody knows who calls: made by the token's check, or understood from a bare status.
pub const UNAUTHENTICATED: &str = "common.unauthenticated";
/// Who made the code; part of gRPC's ErrorInfo.
const DOMAIN: &str = "bodega";

/// The few ways in which a call can fail; maps to one gRPC and one HTTP status each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The request can never succeed as it is.
    Invalid,
    /// Nobody knows who calls.
    Unauthenticated,
    /// The caller may not.
    Denied,
    /// There is no such thing, or not for this caller.
    Missing,
    /// The present state does not allow it.
    Conflict,
    /// A limit was reached; later it may work.
    Exhausted,
    /// Not now; nothing is known to have happened. Repeat with the same ids.
    Unavailable,
    /// A defect on our side; its text stays inside.
    Internal,
}

impl Kind {
    /// The gRPC status.
    pub fn grpc(self) -> Code {
        match self {
            Self::Invalid => Code::InvalidArgument,
            Self::Unauthenticated => Code::Unauthenticated,
            Self::Denied => Code::PermissionDenied,
            Self::Missing => Code::NotFound,
            Self::Conflict => Code::FailedPrecondition,
            Self::Exhausted => Code::ResourceExhausted,
            Self::Unavailable => Code::Unavailable,
            Self::Internal => Code::Internal,
        }
    }

    /// The HTTP status.
    pub fn http(self) -> u16 {
        match self {
            Self::Invalid => 400,
            Self::Unauthenticated => 401,
            Self::Denied => 403,
            Self::Missing => 404,
            Self::Conflict => 409,
            Self::Exhausted => 429,
            Self::Unavailable => 503,
            Self::Internal => 500,
        }
    }

    fn of(code: Code) -> Self {
        match code {
            Code::InvalidArgument | Code::OutOfRange => Self::Invalid,
            Code::Unauthenticated => Self::Unauthenticated,
            Code::PermissionDenied => Self::Denied,
            Code::NotFound => Self::Missing,
            Code::FailedPrecondition | Code::AlreadyExists => Self::Conflict,
            Code::ResourceExhausted => Self::Exhausted,
            // Whether it happened is not known: the caller repeats with the same ids.
            Code::Unavailable | Code::DeadlineExceeded | Code::Cancelled | Code::Aborted => {
                Self::Unavailable
            }
            _ => Self::Internal,
        }
    }
}

/// A failed call. `Display` is for logs; people see a text made from the code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    kind: Kind,
    code: String,
    message: String,
    data: HashMap<String, String>,
}

impl Failure {
    /// A failure with a stable code such as `payments.insufficient_funds`.
    pub fn new(kind: Kind, code: &str) -> Self {
        Self { kind, code: code.to_owned(), message: String::new(), data: HashMap::new() }
    }

    /// Adds a sentence that says what happened and what to do.
    #[must_use]
    pub fn because(mut self, message: impl fmt::Display) -> Self {
        self.message = message.to_string();
        self
    }

    /// Adds a value that the caller can act on.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl fmt::Display) -> Self {
        self.data.insert(key.to_owned(), value.to_string());
        self
    }

    /// How it failed.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The stable code.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The sentence.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// A value to act on.
    pub fn data(&self, key: &str) -> Option<&str> {
        self.data.get(key).map(String::as_str)
    }

    /// All values to act on.
    pub fn all_data(&self) -> impl Iterator<Item = (&str, &str)> {
        self.data.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// Whether time alone may mend it.
    pub fn is_passing(&self) -> bool {
        matches!(self.kind, Kind::Unavailable | Kind::Exhausted)
    }

    /// Whether it may have happened all the same: only a repetition with the same ids tells.
    pub fn is_unknown_outcome(&self) -> bool {
        matches!(self.kind, Kind::Unavailable | Kind::Internal)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.message.is_empty() {
            f.write_str(&self.code)
        } else {
            write!(f, "{}: {}", self.code, self.message)
        }
    }
}

impl std::error::Error for Failure {}

impl From<Failure> for Status {
    fn from(failure: Failure) -> Self {
        // What is internal stays inside: the log has it, the caller gets the code.
        let message = match failure.kind {
            Kind::Internal => {
                tracing::error!(code = failure.code, message = failure.message, "call failed");
                String::new()
            }
            _ => failure.message,
        };
        let details = ErrorDetails::with_error_info(failure.code, DOMAIN, failure.data);
        Status::with_error_details(failure.kind.grpc(), message, details)
    }
}

impl From<Status> for Failure {
    fn from(status: Status) -> Self {
        let info = status.get_details_error_info().filter(|info| info.domain == DOMAIN);
        match info {
            Some(info) => Self {
                kind: Kind::of(status.code()),
                code: info.reason,
                message: status.message().to_owned(),
                data: info.metadata,
            },
            None => {
                // Nobody refused: somewhere on the way it broke, and what was asked for may have been done.
                let kind = match Kind::of(status.code()) {
                    Kind::Invalid | Kind::Missing | Kind::Conflict => Kind::Internal,
                    kind => kind,
                };
                let code = match kind {
                    Kind::Unavailable => "common.unavailable",
                    Kind::Unauthenticated => UNAUTHENTICATED,
                    Kind::Denied => "common.denied",
                    Kind::Exhausted => "common.exhausted",
                    _ => "common.internal",
                };
                Self::new(kind, code).because(status.message())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_survives_the_wire() {
        let failure = Failure::new(Kind::Conflict, "payments.insufficient_funds")
            .because("12.50 RUB are missing")
            .with("missing_minor", 1250);
        let back = Failure::from(Status::from(failure.clone()));
        assert_eq!(back, failure);
        assert_eq!(back.data("missing_minor"), Some("1250"));
    }

    #[test]
    fn sec_21_what_is_internal_stays_inside() {
        let failure = Failure::new(Kind::Internal, "payments.store")
            .because("relation \"wallets\" does not exist");
        let back = Failure::from(Status::from(failure));
        assert_eq!((back.code(), back.message()), ("payments.store", ""));
    }

    #[test]
    fn a_foreign_status_becomes_a_common_code() {
        let failure = Failure::from(Status::deadline_exceeded("too slow"));
        assert_eq!((failure.kind(), failure.code()), (Kind::Unavailable, "common.unavailable"));
        assert!(failure.is_unknown_outcome());
    }
}
