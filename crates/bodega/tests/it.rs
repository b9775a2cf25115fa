//! The executable's chores, run as a process against a real database.

#[cfg(test)]
mod it {
    mod import;
    mod imported;
    mod stage;
}
