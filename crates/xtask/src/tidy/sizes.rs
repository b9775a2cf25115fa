//! Sizes that a reader can hold in the head: of files, functions, parameter lists and lines.

use super::finding::Findings;
use super::source::Source;
use crate::tree::{File, Tree};

const FILE_LINES_MAX: usize = 600;
const TEST_FILE_LINES_MAX: usize = 800;
const FUNCTION_LINES_MAX: usize = 70;
const PARAMETERS_MAX: usize = 5;
const COLUMNS_MAX: usize = 100;

/// What people write by hand; data and generated files may be as long as they need.
const WRITTEN: [&str; 10] = ["rs", "sql", "proto", "ftl", "sh", "js", "ts", "css", "html", "md"];
/// Where the width counts; prose wraps by itself.
const CODE: [&str; 7] = ["rs", "sql", "proto", "sh", "js", "ts", "css"];

/// Files and lines.
pub fn check_files(tree: &Tree, out: &mut Findings) {
    for file in tree.files() {
        if WRITTEN.contains(&file.extension()) {
            check_length(file, out);
        }
        if CODE.contains(&file.extension()) {
            check_width(file, out);
        }
    }
}

/// Functions and their parameters.
pub fn check_functions(source: &Source, out: &mut Findings) {
    let path = &source.file.path;
    for function in &source.survey.functions {
        let (name, line) = (&function.name, *function.lines.start());
        let length = function.lines.end() - line + 1;
        if length > FUNCTION_LINES_MAX {
            let message = format!(
                "`{name}` has {length} lines, over {FUNCTION_LINES_MAX}: give its steps names"
            );
            out.add(path, line, message);
        }
        if function.is_given {
            continue;
        }
        if function.parameters > PARAMETERS_MAX {
            let count = function.parameters;
            let message = format!(
                "`{name}` takes {count} parameters, over {PARAMETERS_MAX}: put what belongs \
                 together into a struct"
            );
            out.add(path, line, message);
        }
        for flag in function.flags.iter().filter(|_| !source.is_test(line)) {
            let message = format!(
                "`{flag}: bool` of `{name}` says nothing at the call: make it an enum, or two \
                 functions"
            );
            out.add(path, line, message);
        }
    }
}

fn check_length(file: &File, out: &mut Findings) {
    let max = if file.is_test() { TEST_FILE_LINES_MAX } else { FILE_LINES_MAX };
    let count = file.text.lines().count();
    if count > max {
        out.add(&file.path, max + 1, format!("{count} lines, over {max}: split it by subject"));
    }
}

fn check_width(file: &File, out: &mut Findings) {
    for (number, line) in file.lines() {
        let columns = line.chars().count();
        if columns > COLUMNS_MAX && !is_comment(line) && !has_long_word(line) {
            let message = format!("{columns} columns, over {COLUMNS_MAX}: break the line");
            out.add(&file.path, number, message);
        }
    }
}

fn is_comment(line: &str) -> bool {
    let starts = ["//", "--", "#", "/*", "*"];
    starts.iter().any(|start| line.trim_start().starts_with(start))
}

/// A key, an address or a picture cannot be broken.
fn has_long_word(line: &str) -> bool {
    line.split_whitespace().any(|word| word.chars().count() > COLUMNS_MAX / 2)
}

#[cfg(test)]
mod tests {
    use super::super::source::lines_found;
    use super::*;

    fn found(path: &str, text: &str) -> Vec<String> {
        let mut found = Findings::default();
        check_files(&Tree::of(&[(path, text)]), &mut found);
        found.places()
    }

    #[test]
    fn a_file_has_600_lines_at_most_and_a_test_800() {
        assert_eq!(found("a.rs", &"\n".repeat(600)), [""; 0]);
        assert_eq!(found("a.rs", &"\n".repeat(601)), ["a.rs:601"]);
        assert_eq!(found("tests/a.rs", &"\n".repeat(800)), [""; 0]);
        assert_eq!(found("tests/a.rs", &"\n".repeat(801)), ["tests/a.rs:801"]);
        assert_eq!(found("Cargo.lock", &"\n".repeat(5000)), [""; 0]);
    }

    #[test]
    fn a_line_of_code_has_100_columns_at_most() {
        let words = "a ".repeat(51);
        assert_eq!(found("a.sql", &format!("\nselect {words}\n")), ["a.sql:2"]);
        assert_eq!(found("a.sql", &format!("-- {words}")), [""; 0]);
        assert_eq!(found("a.rs", &format!("let key = \"{}\";", "k".repeat(120))), [""; 0]);
        assert_eq!(found("a.rs", &"я".repeat(30)), [""; 0]);
        assert_eq!(found("a.md", &words.repeat(3)), [""; 0]);
    }

    #[test]
    fn a_function_has_70_lines_at_most() {
        let function = |lines: usize| format!("\nfn f() {{{}}}\n", "\n".repeat(lines - 1));
        assert_eq!(lines_found("a.rs", &function(70), check_functions), [] as [usize; 0]);
        assert_eq!(lines_found("a.rs", &function(71), check_functions), [2]);
    }

    #[test]
    fn a_function_takes_five_parameters_at_most() {
        let text = "struct A;\nimpl A {\n    fn f(&self, a: B, b: B, c: B, d: B, e: B) {}\n\
                    \n    fn g(&self, a: B, b: B, c: B, d: B, e: B, f: B) {}\n}";
        assert_eq!(lines_found("a.rs", text, check_functions), [5]);
    }

    #[test]
    fn a_bare_bool_is_no_parameter_unless_the_signature_is_given() {
        assert_eq!(lines_found("a.rs", "fn f(deep: bool) {}", check_functions), [1]);
        let given = "impl T for A { fn f(&self, deep: bool) {} }";
        assert_eq!(lines_found("a.rs", given, check_functions), [] as [usize; 0]);
        let test = "#[cfg(test)]\nmod tests { fn f(deep: bool) {} }";
        assert_eq!(lines_found("a.rs", test, check_functions), [] as [usize; 0]);
        let answer = "fn f(deep: Depth) -> bool { true }";
        assert_eq!(lines_found("a.rs", answer, check_functions), [] as [usize; 0]);
    }
}
