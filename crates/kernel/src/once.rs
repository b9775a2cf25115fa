//! "Done now" or "already done": a repeated command is neither an error nor a surprise.

/// What became of a command that may be repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Once<T> {
    /// This call did it.
    Fresh(T),
    /// An earlier call had done it; the same answer again.
    Repeat(T),
}

impl<T> Once<T> {
    /// The answer, whichever call made it.
    pub fn into_inner(self) -> T {
        match self {
            Self::Fresh(value) | Self::Repeat(value) => value,
        }
    }

    /// Whether this very call did it.
    pub fn is_fresh(&self) -> bool {
        matches!(self, Self::Fresh(_))
    }
}
