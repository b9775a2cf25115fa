//! Runs one step after the other, says which one it is and how long each took.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

/// The steps of one run; the first that fails ends it.
pub struct Steps {
    total: usize,
    taken: Vec<(&'static str, Duration)>,
}

impl Steps {
    /// For `total` steps.
    pub fn new(total: usize) -> Self {
        Self { total, taken: Vec::new() }
    }

    /// Runs the next step; `what` says what is wrong if it fails.
    pub fn step<T>(&mut self, what: &'static str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        let number = self.taken.len() + 1;
        eprintln!("\n==> {number}/{} {what}", self.total);
        let start = Instant::now();
        let outcome = work();
        self.taken.push((what, start.elapsed()));
        if outcome.is_err() {
            eprintln!("{}", self.table());
        }
        outcome.with_context(|| format!("step {number}/{}, {what}, failed", self.total))
    }

    /// How long each step took, and all of them.
    pub fn table(&self) -> String {
        let row = |what: &str, time: Duration| format!("{:>8.1} s  {what}\n", time.as_secs_f64());
        let rows: String = self.taken.iter().map(|(what, time)| row(what, *time)).collect();
        let all = self.taken.iter().map(|(_, time)| *time).sum();
        format!("\n{rows}{}", row("in all", all))
    }
}

/// Runs cargo in the workspace; the SQL is checked against `.sqlx`, whatever the environment says.
pub fn cargo(root: &Path, arguments: &[&str]) -> Result<()> {
    cargo_with(root, arguments, &[])
}

/// The same with more environment.
pub fn cargo_with(root: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Result<()> {
    let mut command = Command::new("cargo");
    command.args(arguments).current_dir(root).env("SQLX_OFFLINE", "true");
    run(command.envs(environment.iter().copied()))
}

/// Runs a command that speaks for itself; its failure is ours.
pub fn run(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.status().with_context(|| format!("cannot run {name}"))?;
    ensure!(status.success(), "{name} ended with {status}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_step_names_itself() {
        let mut steps = Steps::new(2);
        assert_eq!(steps.step("the first", || Ok(1)).unwrap(), 1);
        let failed = steps.step("the second", || run(&mut Command::new("false"))).unwrap_err();
        assert!(
            format!("{failed:#}").starts_with("step 2/2, the second, failed: false ended with")
        );
        assert!(steps.table().contains("the first") && steps.table().contains("in all"));
    }
}
