//! A button: what is on it and what a press does.

use telegram::html::shorten;

use crate::screens::Screen;
use crate::texts::Label;

/// Longer labels are cut by Telegram's clients anyway.
const LABEL_MAX: usize = 64;
/// The most that `copy_text` may hold.
const COPY_MAX: usize = 256;

/// One button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// What is on it.
    pub label: Label,
    /// What a press does.
    pub action: Action,
    /// How it stands out.
    pub style: Style,
}

/// What a press does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Leads to a screen.
    Open(Screen),
    /// Opens a page.
    Url(String),
    /// Copies a text of at most 256 characters.
    Copy(String),
    /// Pays the invoice that it stands under.
    Pay,
}

/// How a button stands out; older clients show all alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Style {
    /// As the app draws buttons.
    #[default]
    Plain,
    /// The step that most people want next.
    Primary,
    /// The step that finishes something well.
    Success,
}

impl Key {
    /// A button that leads to a screen.
    pub fn to(label: Label, screen: impl Into<Screen>) -> Self {
        Self::new(label, Action::Open(screen.into()))
    }

    /// A button that opens a page.
    pub fn url(label: Label, url: impl Into<String>) -> Self {
        Self::new(label, Action::Url(url.into()))
    }

    /// A button that copies a text; none when it is too long for a button.
    pub fn copy(label: Label, text: &str) -> Option<Self> {
        let fits = (1..=COPY_MAX).contains(&text.encode_utf16().count());
        fits.then(|| Self::new(label, Action::Copy(text.to_owned())))
    }

    /// The button that pays the invoice it stands under; it must be the first.
    pub fn pay(label: Label) -> Self {
        Self::new(label, Action::Pay)
    }

    /// Makes it stand out as the usual next step.
    #[must_use]
    pub fn primary(mut self) -> Self {
        self.style = Style::Primary;
        self
    }

    /// Makes it stand out as what finishes something well.
    #[must_use]
    pub fn success(mut self) -> Self {
        self.style = Style::Success;
        self
    }

    fn new(label: Label, action: Action) -> Self {
        let label = match shorten(&label, LABEL_MAX) {
            std::borrow::Cow::Borrowed(_) => label,
            std::borrow::Cow::Owned(short) => short.into(),
        };
        Self { label, action, style: Style::Plain }
    }
}
