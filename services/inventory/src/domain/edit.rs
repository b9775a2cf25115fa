//! What shall become of something that may be absent.

/// A wish about something that may be absent.
#[derive(Debug, Clone, Default)]
pub enum Edit<T> {
    /// It stays as it is.
    #[default]
    Keep,
    /// It becomes this.
    Put(T),
    /// It goes.
    Remove,
}

impl<T> Edit<T> {
    /// What there is after the edit, where `before` was before.
    pub fn applied(self, before: Option<T>) -> Option<T> {
        match self {
            Self::Keep => before,
            Self::Put(new) => Some(new),
            Self::Remove => None,
        }
    }
}

impl<T> From<Option<T>> for Edit<T> {
    fn from(wanted: Option<T>) -> Self {
        wanted.map_or(Self::Remove, Self::Put)
    }
}
