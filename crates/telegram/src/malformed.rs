//! Why a body is not an update, and the guarded way from bytes to a value.

use serde::Deserialize;
use serde_json::error::Category;

/// Levels of arrays and objects an update may have. Real ones stay below twenty; PostgreSQL and
/// other readers further on have limits of their own, so a bomb is refused at the door.
pub const DEPTH_MAX: usize = 64;

/// Why a body is not an update. Carries positions and never content, so it is safe to log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    #[error("not UTF-8")]
    NotUtf8,
    #[error("nested deeper than {DEPTH_MAX} levels")]
    TooDeep,
    #[error("not JSON at line {line}, column {column}")]
    NotJson { line: usize, column: usize },
    #[error("a field has an unexpected type, or is missing, at line {line}, column {column}")]
    Shape { line: usize, column: usize },
    #[error("update_id is missing or negative")]
    UpdateId,
}

impl From<serde_json::Error> for Malformed {
    fn from(error: serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        match error.classify() {
            Category::Data => Self::Shape { line, column },
            Category::Io | Category::Syntax | Category::Eof => Self::NotJson { line, column },
        }
    }
}

pub(crate) fn decode<'a, T: Deserialize<'a>>(body: &'a [u8]) -> Result<T, Malformed> {
    // Once for the whole body: serde_json checks only the strings it hands out, and raw bytes are
    // passed on.
    let text = std::str::from_utf8(body).map_err(|_| Malformed::NotUtf8)?;
    if is_too_deep(body) {
        return Err(Malformed::TooDeep);
    }
    Ok(serde_json::from_str(text)?)
}

pub(crate) fn checked_id(update_id: Option<i64>) -> Result<i64, Malformed> {
    update_id.filter(|id| *id >= 0).ok_or(Malformed::UpdateId)
}

fn is_too_deep(body: &[u8]) -> bool {
    // Nearly every update has fewer openers than the limit, and ends here.
    openers(body) > DEPTH_MAX && deepest(body) > DEPTH_MAX
}

/// Counts in bytes, a block at a time, because the compiler makes vector instructions of that.
fn openers(body: &[u8]) -> usize {
    let is_opener = |byte: &u8| u8::from(matches!(byte, b'{' | b'['));
    let in_block = |block: &[u8]| block.iter().map(is_opener).sum::<u8>();
    body.chunks(usize::from(u8::MAX)).map(|block| usize::from(in_block(block))).sum()
}

fn deepest(body: &[u8]) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0_usize);
    let (mut in_string, mut escaped) = (false, false);
    for byte in body {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' | b'[' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_counts_levels_and_not_brackets() {
        assert_eq!(deepest(br#"{"a":[{}],"b":{}}"#), 3);
        assert_eq!(deepest(br#"{"a":"[[[[\"[[["}"#), 1);
        assert_eq!(deepest(b"]]]]["), 1);
    }

    #[test]
    fn a_wide_body_is_not_deep() {
        let wide = format!("[{}]", vec!["{}"; 500].join(","));
        assert_eq!(openers(wide.as_bytes()), 501);
        assert!(!is_too_deep(wide.as_bytes()));
        assert_eq!(openers(&[b'['; 1000]), 1000);
        let limit = format!("{}{}", "[".repeat(DEPTH_MAX), "]".repeat(DEPTH_MAX));
        assert!(!is_too_deep(limit.as_bytes()));
        let deep = format!("[{limit}]");
        assert!(is_too_deep(deep.as_bytes()));
    }
}
