//! What a rule complains of: where, and what to do.

use std::fmt;

/// One place to mend.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    path: String,
    line: usize,
    message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.message)
    }
}

/// Everything found so far.
#[derive(Default)]
pub struct Findings(Vec<Finding>);

impl Findings {
    pub fn add(&mut self, path: &str, line: usize, message: impl Into<String>) {
        self.0.push(Finding { path: path.to_owned(), line, message: message.into() });
    }

    /// In the order of the files.
    pub fn sorted(mut self) -> Vec<Finding> {
        self.0.sort();
        self.0
    }

    /// `path:line` of each, for tests of rules.
    #[cfg(test)]
    pub fn places(self) -> Vec<String> {
        self.sorted().iter().map(|found| format!("{}:{}", found.path, found.line)).collect()
    }
}
