//! Habits that cost others time: bare reminders, skipped tests, silenced lints, sleeps, fixed ports, shouting logs.

use super::finding::Findings;
use super::source::{Source, string};
use crate::tree::{File, Tree};

const REMINDERS: [&str; 4] = ["TODO", "FIXME", "XXX", "HACK"];
const LOGS: [&str; 5] = ["trace", "debug", "info", "warn", "error"];

/// Reminders in any text file.
pub fn check_reminders(tree: &Tree, out: &mut Findings) {
    for file in tree.files() {
        for (number, line) in file.lines() {
            let remark = remark(file, line);
            if REMINDERS.iter().any(|word| has_bare(remark, word)) {
                let message = "a reminder needs its issue, `TODO(#12)`, or do it now";
                out.add(&file.path, number, message);
            }
        }
    }
}

/// Attributes, sleeps, ports and log messages of a Rust file.
pub fn check_code(source: &Source, out: &mut Findings) {
    check_attributes(source, out);
    check_sleeps(source, out);
    check_ports(source, out);
    check_logs(source, out);
}

fn check_attributes(source: &Source, out: &mut Findings) {
    for mark in &source.survey.attributes {
        let message = match mark.path.as_str() {
            "ignore" if mark.arguments.is_empty() => {
                "a test that is skipped says why: #[ignore = \"...\"], or goes"
            }
            "allow" => "mend the cause; where that is impossible, #[expect(..., reason = \"...\")]",
            "expect" if !mark.arguments.contains("reason") => "add a reason = \"...\"",
            _ => continue,
        };
        out.add(&source.file.path, mark.line, message);
    }
}

/// Time that is only pretended may pass; so may the pauses of a loop that asks for a condition.
fn check_sleeps(source: &Source, out: &mut Findings) {
    let with_paused_time = |line: usize| {
        source.survey.functions.iter().any(|function| {
            let is_paused =
                function.attributes.iter().any(|m| m.arguments.contains("start_paused"));
            is_paused && function.lines.contains(&line)
        })
    };
    for line in &source.survey.sleeps {
        if source.is_test(*line) && !with_paused_time(*line) {
            out.add(&source.file.path, *line, "wait for a condition, not for time");
        }
    }
}

fn check_ports(source: &Source, out: &mut Findings) {
    for at in source.positions("bind (") {
        let line = source.tokens[at].line;
        let arguments = source.tokens[at + 2..].iter().take_while(|token| token.text != ")");
        let is_fixed = arguments.filter_map(string).any(names_a_port);
        if source.is_test(line) && is_fixed {
            out.add(&source.file.path, line, "bind port 0 and ask which one it became");
        }
    }
}

fn names_a_port(address: &str) -> bool {
    let port = address.rsplit_once(':').and_then(|(_, port)| port.parse::<u16>().ok());
    port.is_some_and(|port| port != 0)
}

fn check_logs(source: &Source, out: &mut Findings) {
    for at in LOGS.iter().flat_map(|level| source.positions(&format!("{level} ! ("))) {
        let Some(message) = log_message(source, at + 3) else { continue };
        if message.starts_with(char::is_uppercase) || message.ends_with('.') {
            let advice = "a log message is lowercase without a full stop; its data are fields";
            out.add(&source.file.path, source.tokens[at].line, advice);
        }
    }
}

/// The first literal that is an argument of its own and not the value of a field.
fn log_message<'a>(source: &'a Source, start: usize) -> Option<&'a str> {
    let mut depth = 0;
    for pair in source.tokens[start - 1..].windows(2) {
        let (before, token) = (&pair[0], &pair[1]);
        match token.text.as_str() {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" if depth == 0 => return None,
            ")" | "]" | "}" => depth -= 1,
            _ if depth == 0 && ["(", ","].contains(&before.text.as_str()) => {
                if let Some(message) = string(token) {
                    return Some(message);
                }
            }
            _ => {}
        }
    }
    None
}

/// In Rust only what a comment says; elsewhere the whole line.
fn remark<'a>(file: &File, line: &'a str) -> &'a str {
    match (file.extension(), line.split_once("//")) {
        ("rs", Some((_, comment))) => comment,
        ("rs", None) => "",
        _ => line,
    }
}

fn has_bare(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = &line[at + word.len()..];
        let is_word = !before.is_some_and(is_part) && !after.chars().next().is_some_and(is_part);
        is_word && !after.trim_start_matches(['(', ' ']).starts_with('#')
    })
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::super::source::lines_found;
    use super::*;

    fn found(text: &str) -> Vec<usize> {
        lines_found("crates/a/tests/it.rs", text, check_code)
    }

    #[test]
    fn a_reminder_needs_an_issue() {
        // Spelt apart, so that this file passes its own rule.
        let word = ["TO", "DO"].concat();
        let text = format!("//! {word} later\n// {word}(#12): then\nlet a = \"{word}\";\n");
        let mut found = Findings::default();
        check_reminders(&Tree::of(&[("a.rs", &text), ("b.sh", &word)]), &mut found);
        assert_eq!(found.places(), ["a.rs:1", "b.sh:1"]);
    }

    #[test]
    fn skips_and_silence_need_a_reason() {
        assert_eq!(found("#[test]\n#[ignore]\nfn f() {}"), [2]);
        assert_eq!(found("#[ignore = \"needs a printer\"]\nfn f() {}"), [] as [usize; 0]);
        assert_eq!(found("#[allow(dead_code)]\nfn f() {}"), [1]);
        assert_eq!(found("#[expect(dead_code)]\nfn f() {}"), [1]);
        assert_eq!(found("#[expect(dead_code, reason = \"x\")]\nfn f() {}"), [] as [usize; 0]);
    }

    #[test]
    fn tests_do_not_sleep() {
        assert_eq!(found("fn f() {\n    std::thread::sleep(D);\n}"), [2]);
        assert_eq!(found("async fn f() { tokio::time::sleep(D).await; }"), [1]);
        let shipped = "async fn f() { tokio::time::sleep(D).await; }";
        assert_eq!(lines_found("crates/a/src/lib.rs", shipped, check_code), [] as [usize; 0]);
    }

    #[test]
    fn asking_again_and_pretended_time_are_no_sleeps() {
        let asking = "async fn f() { while !done() { sleep(D).await; } }";
        assert_eq!(found(asking), [] as [usize; 0]);
        let paused = "#[tokio::test(start_paused = true)]\nasync fn f() { sleep(D).await; }";
        assert_eq!(found(paused), [] as [usize; 0]);
    }

    #[test]
    fn tests_bind_any_free_port() {
        assert_eq!(found("fn f() { TcpListener::bind(\"127.0.0.1:8080\"); }"), [1]);
        assert_eq!(found("fn f() { TcpListener::bind((\"127.0.0.1:0\")); }"), [] as [usize; 0]);
    }

    #[test]
    fn log_messages_do_not_shout() {
        assert_eq!(found("fn f() { tracing::info!(id = %x(1), \"Order placed\"); }"), [1]);
        assert_eq!(found("fn f() { warn!(\"it broke.\"); }"), [1]);
        assert_eq!(found("fn f() { warn!(name = \"Anna\", \"it broke\"); }"), [] as [usize; 0]);
    }
}
