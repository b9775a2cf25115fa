//! What a failed statement means to a caller.

use contract::failure::{Failure, Kind};
use sqlx::Error;

/// SQLSTATE codes after which the same call may well succeed.
/// Source: PostgreSQL manual, appendix A.
const PASSING: [&str; 17] = [
    "0A000", // a cached plan met a changed table
    "08003", // connection does not exist
    "08006", // connection failure
    "25006", // read-only: a failover is under way
    "25P03", // idle-in-transaction timeout
    "40001", // serialization failure
    "40P01", // deadlock
    "53100", // disk full
    "53200", // out of memory
    "53300", // too many connections
    "55P03", // lock not available
    "57014", // statement timeout
    "57P01", // admin shutdown
    "57P02", // crash shutdown
    "57P03", // cannot connect now
    "57P05", // idle session timeout
    "58030", // input or output of the server failed
];

/// The failure behind an error of the database: Unavailable where a repetition can help, Internal otherwise.
pub fn failure(error: Error) -> Failure {
    let passing = match &error {
        Error::Database(problem) => {
            problem.code().is_some_and(|code| PASSING.contains(&code.as_ref()))
        }
        Error::Io(_) | Error::PoolTimedOut | Error::PoolClosed | Error::WorkerCrashed => true,
        _ => false,
    };
    if passing {
        tracing::warn!(%error, "database not available");
        Failure::new(Kind::Unavailable, "common.database")
            .because("the database cannot answer now; repeat the call with the same ids")
    } else {
        Failure::new(Kind::Internal, "common.store").because(error)
    }
}

/// Whether a statement was refused by exactly this constraint.
pub fn is_violation(error: &Error, constraint: &str) -> bool {
    matches!(error, Error::Database(problem) if problem.constraint() == Some(constraint))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lost_connection_may_be_repeated_and_a_wrong_statement_not() {
        assert_eq!(failure(Error::PoolTimedOut).kind(), Kind::Unavailable);
        assert_eq!(failure(Error::RowNotFound).kind(), Kind::Internal);
    }
}
