//! Prometheus's text as JSON, for people and programs without Prometheus: a list of labelled values
//! by name.

use std::collections::BTreeMap;

use serde::Serialize;

/// One value and what it is of.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct Sample {
    labels: BTreeMap<String, String>,
    /// Not a number and infinity become null.
    value: f64,
}

/// Reads the text format; lines that are none of it are left out.
pub(super) fn from_text(text: &str) -> BTreeMap<String, Vec<Sample>> {
    let mut metrics: BTreeMap<String, Vec<Sample>> = BTreeMap::new();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    for (name, sample) in lines.filter_map(read_line) {
        metrics.entry(name.to_owned()).or_default().push(sample);
    }
    metrics
}

/// `name{label="value",other="value"} 12`
fn read_line(line: &str) -> Option<(&str, Sample)> {
    let (head, value) = line.rsplit_once(' ')?;
    let value = value.parse().ok()?;
    let Some((name, labels)) = head.split_once('{') else {
        return Some((head, Sample { labels: BTreeMap::new(), value }));
    };
    Some((name, Sample { labels: read_labels(labels.strip_suffix('}')?)?, value }))
}

fn read_labels(mut text: &str) -> Option<BTreeMap<String, String>> {
    let mut labels = BTreeMap::new();
    while !text.is_empty() {
        let (name, rest) = text.split_once("=\"")?;
        let (value, rest) = read_quoted(rest)?;
        labels.insert(name.to_owned(), value);
        text = rest.strip_prefix(',').unwrap_or(rest);
    }
    Some(labels)
}

/// The text up to the closing quote, and what follows.
fn read_quoted(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut chars = text.char_indices();
    while let Some((place, char)) = chars.next() {
        match char {
            '"' => return Some((value, &text[place + 1..])),
            '\\' => value.push(match chars.next()?.1 {
                'n' => '\n',
                other => other,
            }),
            other => value.push(other),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_format_reads_as_samples_by_name() {
        let text = r#"
# TYPE a counter
a 1
a{x="1,}",y="q\"\n"} 2.5

nonsense
b{le="+Inf"} NaN
"#;
        let metrics = from_text(text);
        assert_eq!(metrics["a"].len(), 2);
        assert_eq!(metrics["a"][1].labels["x"], "1,}");
        assert_eq!(metrics["a"][1].labels["y"], "q\"\n");
        assert!((metrics["a"][1].value - 2.5).abs() < f64::EPSILON);
        assert!(metrics["b"][0].value.is_nan());
        assert_eq!(
            serde_json::to_value(&metrics).unwrap()["b"][0]["value"],
            serde_json::Value::Null
        );
    }
}
