//! Layers inside a service: api -> operations -> {domain, store, providers, peers}, jobs -> operations.

use super::finding::Findings;
use super::source::{Mention, Source};

/// What the files of one folder of a service may not mention, and why.
struct Layer {
    folder: &'static str,
    paths: &'static [&'static str],
    /// Tokens in a row.
    tokens: &'static [&'static str],
    why: &'static str,
}

const LAYERS: [Layer; 7] = [
    Layer {
        folder: "domain",
        // The saga's machine is pure as well, the rest of durable is not.
        paths: &[
            "sqlx",
            "tonic",
            "tokio",
            "reqwest",
            "chassis",
            "durable::outbox",
            "durable::feed",
            "durable::follow",
            "durable::jobs",
        ],
        tokens: &["async fn", "async move", ". await", ". now (", ": now ("],
        why: "domain/ is pure: no waiting, no IO; time, ids and chance come in as arguments",
    },
    Layer {
        folder: "domain",
        paths: &[
            "crate::store",
            "crate::operations",
            "crate::providers",
            "crate::peers",
            "crate::api",
            "crate::jobs",
        ],
        tokens: &[],
        why: "domain/ knows nothing of what is around it",
    },
    Layer {
        folder: "store",
        paths: &[
            "crate::operations",
            "crate::providers",
            "crate::peers",
            "crate::api",
            "crate::jobs",
            "tonic",
        ],
        tokens: &[". commit (", ". rollback ("],
        why: "store/ takes a connection and returns domain types; it decides nothing",
    },
    Layer {
        folder: "operations",
        paths: &["crate::api", "crate::jobs"],
        tokens: &[],
        why: "operations/ are called by api/ and jobs/, not the other way round",
    },
    Layer {
        folder: "providers",
        paths: &[
            "sqlx",
            "durable",
            "crate::store",
            "crate::operations",
            "crate::api",
            "crate::jobs",
        ],
        tokens: &[],
        why: "providers/ translate to and from an outside API; they do not store",
    },
    Layer {
        folder: "api",
        paths: &["sqlx", "crate::store", "crate::providers", "crate::peers", "crate::jobs"],
        tokens: &[],
        why: "api/ decodes, calls one operation and encodes",
    },
    Layer {
        folder: "jobs",
        paths: &["crate::store", "crate::providers", "crate::peers", "crate::api"],
        tokens: &[],
        why: "jobs/ call operations",
    },
];

/// Checks one file of a service, or of anything else, which has no layers.
pub fn check(source: &Source, out: &mut Findings) {
    let path = source.file.path.as_str();
    let Some(place) = place_in_service(path) else { return };
    for layer in LAYERS.iter().filter(|layer| layer.folder == place) {
        let is_banned = |mention: &Mention| layer.paths.iter().any(|path| mention.is_in(path));
        for mention in mentions(source, is_banned) {
            let message = format!("`{}` does not belong here: {}", mention.path, layer.why);
            out.add(path, mention.line, message);
        }
        for pattern in layer.tokens {
            for line in source.shipped_lines(pattern) {
                let what = pattern.replace(' ', "");
                out.add(path, line, format!("`{what}` does not belong here: {}", layer.why));
            }
        }
    }
    check_sql(source, place, out);
}

/// SQL is in store/ and transactions are in operations/, nowhere else.
fn check_sql(source: &Source, place: &str, out: &mut Findings) {
    let path = source.file.path.as_str();
    let is_sql = |mention: &Mention| {
        let last = mention.path.rsplit("::").next().unwrap_or("");
        let writes_sql = last.starts_with("query") || ["raw_sql", "QueryBuilder"].contains(&last);
        mention.is_in("sqlx") && writes_sql
    };
    for mention in mentions(source, is_sql).iter().filter(|_| place != "store") {
        out.add(path, mention.line, "move this SQL to a function in store/");
    }
    for line in source.shipped_lines(". begin (").iter().filter(|_| place != "operations") {
        out.add(path, *line, "move this transaction to operations/: one operation opens one");
    }
}

/// One mention per line is enough to find it.
fn mentions(source: &Source, is_banned: impl Fn(&Mention) -> bool) -> Vec<Mention> {
    let mut banned = source.shipped_mentions();
    banned.retain(is_banned);
    banned.sort_by_key(|mention| mention.line);
    banned.dedup_by_key(|mention| mention.line);
    banned
}

/// The module below `services/<name>/src` that a file belongs to.
fn place_in_service(path: &str) -> Option<&str> {
    let (_, inside) = path.strip_prefix("services/")?.split_once("/src/")?;
    let first = inside.split('/').next()?;
    Some(first.strip_suffix(".rs").unwrap_or(first))
}

#[cfg(test)]
mod tests {
    use super::super::source::lines_found;
    use super::*;

    fn found(place: &str, text: &str) -> Vec<usize> {
        lines_found(&format!("services/shop/src/{place}"), text, check)
    }

    #[test]
    fn domain_is_pure() {
        let text = "use kernel::money::Money;\nasync fn f() {}\nfn g() -> T { T::now() }\n";
        assert_eq!(found("domain/order.rs", text), [2, 3]);
        assert_eq!(found("domain/order.rs", "fn f(now: T) -> T { now }"), [] as [usize; 0]);
        assert_eq!(found("domain.rs", "use sqlx::PgPool;"), [1]);
        assert_eq!(found("domain/order.rs", "use crate::store;"), [1]);
    }

    #[test]
    fn sec_07_sql_is_in_the_store_only() {
        let text = "fn f() {\n    sqlx::query!(\"select 1\");\n    sqlx::query_as::<_, T>(S);\n}";
        assert_eq!(found("operations/order.rs", text), [2, 3]);
        assert_eq!(found("outbound.rs", "use sqlx::{PgPool, query_scalar};"), [1]);
        assert_eq!(found("store/orders.rs", text), [] as [usize; 0]);
        assert_eq!(lines_found("crates/durable/src/outbox.rs", text, check), [] as [usize; 0]);
    }

    #[test]
    fn transactions_are_in_operations_only() {
        let text = "async fn f(p: &PgPool) { p.begin().await; }";
        assert_eq!(found("store/orders.rs", text), [1]);
        assert_eq!(found("jobs/expire.rs", text), [1]);
        assert_eq!(found("operations/order.rs", text), [] as [usize; 0]);
    }

    #[test]
    fn api_and_jobs_go_through_operations() {
        assert_eq!(found("api/order.rs", "use crate::{operations, store::orders};"), [1]);
        assert_eq!(found("jobs/expire.rs", "fn f() { crate::store::orders::find(); }"), [1]);
        assert_eq!(found("jobs/expire.rs", "use crate::operations;"), [] as [usize; 0]);
    }

    #[test]
    fn providers_do_not_store() {
        assert_eq!(found("providers/cryptopay.rs", "use sqlx::PgPool;\nuse bytes::Bytes;"), [1]);
    }

    #[test]
    fn inline_tests_may_do_all_that() {
        let text = "#[cfg(test)]\nmod tests {\n    use sqlx::query;\n    async fn f() {}\n}";
        assert_eq!(found("domain/order.rs", text), [] as [usize; 0]);
    }
}
