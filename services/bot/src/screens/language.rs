//! The choice of a language; it outranks the one of the person's Telegram.

use contract::failure::Failure;
use kernel::locale::Locale;
use serde::{Deserialize, Serialize};

use crate::screen::{Cx, Input, Key, Page, Reaction, View};
use crate::texts::{Label, Texts};

/// Shows the languages, or takes one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Language {
    /// The language taken; none only shows them.
    pub chosen: Option<Locale>,
}

impl Page for Language {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        Ok(languages(cx, cx.texts, cx.person.locale))
    }

    async fn react(&self, cx: &Cx, _: Input<'_>) -> Result<Reaction, Failure> {
        let Some(locale) = self.chosen else {
            return Ok(Reaction::Show(self.view(cx).await?));
        };
        cx.people.choose_locale(cx.person.id, locale).await?;
        let texts = Texts::of(locale);
        Ok(Reaction::ShowSaying(languages(cx, texts, locale), texts.toast_language()))
    }
}

fn languages(cx: &Cx, texts: &'static Texts, present: Locale) -> View {
    let keys = Locale::ALL.map(|locale| {
        let name = name(cx, locale);
        let label = if locale == present { texts.key_language_chosen(&*name) } else { name };
        Key::to(label, Language { chosen: Some(locale) })
    });
    View::new(texts.language_title())
        .row(keys)
        .row([Key::to(texts.key_home(), crate::screens::Home)])
}

/// Each language is called by its own name, whichever is spoken.
fn name(cx: &Cx, locale: Locale) -> Label {
    match locale {
        Locale::En => cx.texts.key_language_en(),
        Locale::Ru => cx.texts.key_language_ru(),
    }
}
