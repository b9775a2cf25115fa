//! What the bot says, per language: typed functions that the build makes from the `.ftl` files beside this one.

use std::borrow::Cow;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use kernel::locale::Locale;
use unic_langid::LanguageIdentifier;

use crate::format;
use crate::html::{Html, Piece};

/// Text where Telegram reads no HTML: buttons, toasts, alerts, titles.
pub type Label = Cow<'static, str>;

/// All texts of one language.
pub struct Texts {
    bundle: FluentBundle<FluentResource>,
}

static EN: LazyLock<Texts> = LazyLock::new(|| Texts::load(Locale::En));
static RU: LazyLock<Texts> = LazyLock::new(|| Texts::load(Locale::Ru));

impl Texts {
    /// The texts of a language.
    pub fn of(locale: Locale) -> &'static Self {
        match locale {
            Locale::En => &EN,
            Locale::Ru => &RU,
        }
    }

    fn load(locale: Locale) -> Self {
        let source = match locale {
            Locale::En => concat!(
                include_str!("texts/en.ftl"),
                include_str!("texts/en_staff.ftl"),
                include_str!("texts/en_stock.ftl"),
                include_str!("texts/en_desk.ftl"),
                include_str!("texts/en_reviews.ftl"),
            ),
            Locale::Ru => concat!(
                include_str!("texts/ru.ftl"),
                include_str!("texts/ru_staff.ftl"),
                include_str!("texts/ru_stock.ftl"),
                include_str!("texts/ru_desk.ftl"),
                include_str!("texts/ru_reviews.ftl"),
            ),
        };
        let tag: LanguageIdentifier = locale.tag().parse().expect("our tags are language tags");
        let resource =
            FluentResource::try_new(source.to_owned()).expect("the build has parsed this text");
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // Isolation marks would be copied along with an order number.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match locale {
            Locale::En => |value, _| number(Locale::En, value),
            Locale::Ru => |value, _| number(Locale::Ru, value),
        }));
        bundle.add_resource(resource).expect("the build has refused repeated keys");
        Self { bundle }
    }

    fn html<const N: usize>(
        &'static self,
        id: &str,
        values: [(&'static str, FluentValue<'_>); N],
    ) -> Html {
        Html::trusted(self.format(id, values))
    }

    fn plain<const N: usize>(
        &'static self,
        id: &str,
        values: [(&'static str, FluentValue<'_>); N],
    ) -> Label {
        self.format(id, values)
    }

    fn format<const N: usize>(
        &'static self,
        id: &str,
        values: [(&'static str, FluentValue<'_>); N],
    ) -> Label {
        let message = self.bundle.get_message(id).expect("the function was made from this key");
        let pattern = message.value().expect("the build has refused keys without text");
        let mut errors = Vec::new();
        if N == 0 {
            return self.bundle.format_pattern(pattern, None, &mut errors);
        }
        let mut arguments = FluentArgs::with_capacity(N);
        for (name, value) in values {
            arguments.set(name, value);
        }
        let text = self.bundle.format_pattern(pattern, Some(&arguments), &mut errors);
        debug_assert!(errors.is_empty(), "{id}: {errors:?}");
        Cow::Owned(text.into_owned())
    }
}

/// A number that chooses a form, written as everywhere else.
fn number(locale: Locale, value: &FluentValue<'_>) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let whole = number.as_string().parse().ok()?;
    Some(format::number(locale, whole))
}

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

#[cfg(test)]
mod check;

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::check::{Role, agreed, is_plain};
    use super::*;

    #[test]
    fn tg20_a_text_that_a_language_lacks_or_says_otherwise_stops_the_build() {
        let wrong = |en: &str, ru: &str| agreed(&[en.to_owned(), ru.to_owned()]).err().unwrap();
        let text = "key-buy = Buy for { $price }\nhello = <b>{ $name }</b>\n";
        assert_eq!(wrong(text, "key-buy = { $price }\n"), ["ru.ftl: `hello` is missing"]);
        assert_eq!(wrong("a = 1\n", "a = 1\nb = 2\n"), ["en.ftl: `b` is missing"]);
        let other = "key-buy = { $price }\nhello = { $who }\n";
        assert_eq!(wrong(text, other), ["ru.ftl: `hello` has other variables than en.ftl"]);
        let count = |forms: &str| format!("a = {{ $n ->\n{forms}   *[many] x\n    }}\n");
        let english = "a = { $n ->\n    [one] x\n   *[other] x\n    }\n";
        let lacking = wrong(english, &count("    [one] x\n"));
        assert_eq!(lacking, ["ru.ftl: `a`: the form [few] is missing"]);
        for (tags, complaint) in [("<b>x", "not closed"), ("<a>x</a>", "not a tag")] {
            let problems = wrong(&format!("a = {tags}\n"), "a = x\n");
            assert!(problems[0].starts_with("en.ftl: `a`: ") && problems[0].contains(complaint));
        }
        assert_eq!(wrong("key-a = <b>x</b>\n", "key-a = x\n").len(), 1, "no tags on buttons");

        let language = agreed(&[text.to_owned(), text.to_owned()]).ok().unwrap();
        let hello = &language["hello"];
        assert!(is_plain("key-buy") && hello.variables == [("name".to_owned(), Role::Shown)]);
        assert_eq!(hello.sample, "`<b>$name</b>`");
    }

    #[test]
    fn bug_48_plurals_follow_the_language() {
        let (en, ru) = (Texts::of(Locale::En), Texts::of(Locale::Ru));
        for (count, english, russian) in [
            (0, "0 items", "0 товаров"),
            (1, "1 item", "1 товар"),
            (3, "3 items", "3 товара"),
            (11, "11 items", "11 товаров"),
            (21, "21 items", "21 товар"),
            (112, "112 items", "112 товаров"),
            (1_002, "1,002 items", "1\u{a0}002 товара"),
        ] {
            assert!(en.category_title("A", count).as_str().ends_with(english));
            assert!(ru.category_title("A", count).as_str().ends_with(russian));
        }
    }

    #[test]
    fn tg07_what_people_wrote_is_escaped_in_messages_and_untouched_in_buttons() {
        let texts = Texts::of(Locale::En);
        assert!(texts.home_welcome("<b>&").as_str().contains("&lt;b&gt;&amp;"));
        assert!(texts.key_item("<b>&", "$1").contains("<b>&"));
    }

    /// Every line of this package's sources.
    fn sources(folder: &Path, into: &mut String) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, into);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                into.push_str(&std::fs::read_to_string(path).unwrap());
            }
        }
    }

    #[test]
    fn bug_49_every_text_is_used() {
        let mut code = String::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut code);
        let unused: Vec<_> = KEYS
            .iter()
            .filter(|key| !code.contains(&format!(".{}(", key.replace('-', "_"))))
            .collect();
        assert!(unused.is_empty(), "texts that nobody says: {unused:?}");
    }
}
