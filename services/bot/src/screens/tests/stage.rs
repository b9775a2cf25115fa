//! A stage for screens: the bot without Telegram and database, fakes behind it, a person in front.

use std::fmt::Write;
use std::sync::Arc;

use chassis::ground::Wires;
use contract::switchboard::Switchboard;
use kernel::clock::Clock;
use kernel::ids::PersonId;
use kernel::locale::Locale;
use telegram::html::CAPTION_UNITS_MAX;

use super::booth::Booth;
use super::desk::Desk;
use super::studio::Studio;
use crate::bot::Bot;
use crate::config::Config;
use crate::dialogue::Draft;
use crate::fakes::{Fakes, NOW};
use crate::people::Person;
use crate::screen::{Action, Asks, Cx, Input, Key, Reaction, Style, View};
use crate::screens::{CODE_MAX, Screen};
use crate::staff::Staff;

/// A name that breaks what is not escaped.
const NAME: &str = "Анна <b>&\"Том\"";
const ANNA: PersonId = PersonId(42);
const OWNER: PersonId = PersonId(7);
const SETTINGS: &str = r#"
[shop]
owner_id = 7
support_id = 99
rules = "1. No <refunds> & no fun.\n2. See 1."
channel_url = "https://t.me/example"
timezone = "Europe/Moscow"
[telegram]
token = "12345:AAexampleTokenForDocsOnly000000000000"
api_url = "http://127.0.0.1:1"
[payments]
referral_percent = 10
"#;

pub struct Stage {
    pub fakes: Fakes,
    pub bot: Bot,
    /// People, for staff.
    pub desk: Desk,
    /// Broadcasts, for staff.
    pub studio: Studio,
    /// Conversations.
    pub booth: Booth,
}

impl Stage {
    pub fn new() -> Self {
        let fakes = Fakes::new();
        let nobody = Switchboard::default().wire();
        let unused = || Wires {
            payments: nobody.clone(),
            inventory: nobody.clone(),
            bot: nobody.clone(),
            admin: nobody.clone(),
        };
        let mut ground = testkit::ground_without_database(SETTINGS, unused());
        let (payments, inventory) = fakes.wires(&ground.keys, &ground.lifecycle);
        let admin = fakes.admin_wire(&ground.keys, &ground.lifecycle);
        let (desk, studio, booth) = (Desk::default(), Studio::default(), Booth::default());
        let bot = desk.serve((&studio, &booth), &ground.keys, &ground.lifecycle);
        ground.wires = Wires { payments, inventory, bot, admin };
        ground.clock = Clock::fixed(NOW.parse().unwrap());
        fakes.state().clock = ground.clock.clone();
        let bot = Bot::new(&ground, Config::read(&ground.settings).unwrap());
        // Nobody waits for a database that is not there.
        drop(bot.pool.close());
        bot.username.set("bodega_bot".to_owned()).unwrap();
        Self { fakes, bot, desk, studio, booth }
    }

    pub fn anna(&self, locale: Locale) -> Cx {
        self.cx(ANNA, Some("anna"), locale)
    }

    pub fn owner(&self, locale: Locale) -> Cx {
        self.cx(OWNER, None, locale)
    }

    /// A person with these rights.
    pub fn staff(&self, bits: u32, locale: Locale) -> Cx {
        let person =
            Person { id: ANNA, name: NAME.to_owned(), username: None, locale, is_blocked: false };
        self.bot.cx_as(Arc::new(person), Staff::new(bits))
    }

    /// What somebody with these rights sees of a screen, in both languages.
    pub async fn staff_sees(&self, name: &str, bits: u32, screen: impl Into<Screen>) {
        let screen = screen.into();
        self.reacts(name, |locale| self.staff(bits, locale), &screen, Input::Press).await;
    }

    fn cx(&self, id: PersonId, username: Option<&str>, locale: Locale) -> Cx {
        let username = username.map(str::to_owned);
        let staff = if id == OWNER { Staff::OWNER } else { Staff::BUYER };
        let person = Person { id, name: NAME.to_owned(), username, locale, is_blocked: false };
        self.bot.cx_as(Arc::new(person), staff)
    }

    /// What Anna sees of a screen, in both languages.
    pub async fn anna_sees(&self, name: &str, screen: impl Into<Screen>) {
        let screen = screen.into();
        let mut seen = String::new();
        for locale in Locale::ALL {
            let view = screen.view(&self.anna(locale)).await.unwrap();
            write!(seen, "{}", picture(locale, &view)).unwrap();
        }
        keep(name, &seen);
    }

    /// What Anna gets for a press, in both languages.
    pub async fn anna_presses(&self, name: &str, screen: impl Into<Screen>) {
        let screen = screen.into();
        self.reacts(name, |locale| self.anna(locale), &screen, Input::Press).await;
    }

    /// What Anna gets for a press, with what she agreed to remembered.
    pub async fn anna_presses_after(&self, name: &str, screen: impl Into<Screen>, draft: Draft) {
        let screen = screen.into();
        let asks = Asks { screen: screen.clone(), draft: Some(draft) };
        self.bot.dialogues.keep(ANNA, Some(&asks)).await;
        self.reacts(name, |locale| self.anna(locale), &screen, Input::Press).await;
    }

    /// What Anna gets for a text.
    pub async fn anna_writes(&self, name: &str, screen: impl Into<Screen>, text: &str) {
        let input = Input::Text { text, message_id: 5, marks: &[] };
        self.reacts(name, |locale| self.anna(locale), &screen.into(), input).await;
    }

    /// What the owner gets for a press, with earlier answers remembered.
    pub async fn owner_presses(&self, name: &str, screen: impl Into<Screen>, draft: Option<Draft>) {
        let screen = screen.into();
        self.remember(&screen, draft).await;
        self.reacts(name, |locale| self.owner(locale), &screen, Input::Press).await;
    }

    /// What the owner gets for a text, with earlier answers remembered.
    pub async fn owner_writes(
        &self,
        name: &str,
        screen: impl Into<Screen>,
        draft: Option<Draft>,
        text: &str,
    ) {
        let screen = screen.into();
        self.remember(&screen, draft).await;
        let input = Input::Text { text, message_id: 5, marks: &[] };
        self.reacts(name, |locale| self.owner(locale), &screen, input).await;
    }

    /// What the owner gets for something else than a press or a text.
    pub async fn owner_gives(&self, name: &str, screen: impl Into<Screen>, input: Input<'_>) {
        self.reacts(name, |locale| self.owner(locale), &screen.into(), input).await;
    }

    async fn remember(&self, screen: &Screen, draft: Option<Draft>) {
        let asks = Asks { screen: screen.clone(), draft };
        self.bot.dialogues.keep(OWNER, Some(&asks)).await;
    }

    async fn reacts(
        &self,
        name: &str,
        cx: impl Fn(Locale) -> Cx,
        screen: &Screen,
        input: Input<'_>,
    ) {
        let mut seen = String::new();
        for locale in Locale::ALL {
            let cx = cx(locale);
            let reaction = match screen.react(&cx, input).await.unwrap() {
                Reaction::Go(next) => Reaction::Show(next.view(&cx).await.unwrap()),
                other => other,
            };
            match reaction {
                Reaction::Show(view) => write!(seen, "{}", picture(locale, &view)),
                Reaction::ShowSaying(view, toast) => {
                    write!(seen, "{}toast: {toast}\n\n", picture(locale, &view))
                }
                Reaction::Toast(text) => write!(seen, "── {} ──\ntoast: {text}\n", locale.tag()),
                Reaction::Alert(text) => write!(seen, "── {} ──\nalert: {text}\n", locale.tag()),
                Reaction::Go(_) => panic!("a screen leads on twice"),
            }
            .unwrap();
        }
        keep(name, &seen);
    }
}

/// Compares with what somebody last looked at.
pub fn keep(name: &str, seen: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, seen));
}

/// A view as text, after it was checked against what Telegram takes.
pub fn picture(locale: Locale, view: &View) -> String {
    check(view);
    let mut picture = format!("── {} ──\n{}\n", locale.tag(), view.text);
    if let Some(photo) = &view.photo {
        writeln!(picture, "🖼 {photo}").unwrap();
    }
    if let Some(document) = &view.document {
        writeln!(picture, "📎 {document:?}").unwrap();
    }
    if let Some(invoice) = &view.invoice {
        writeln!(picture, "🧾 {} | {} | {:?}", invoice.title, invoice.description, invoice.price)
            .unwrap();
    }
    for row in &view.rows {
        let keys: Vec<String> = row.iter().map(key).collect();
        writeln!(picture, "{}", keys.join(" ")).unwrap();
    }
    if let Some(asks) = &view.asks {
        writeln!(picture, "asks: {}", without_fresh_ids(&format!("{asks:?}"))).unwrap();
    }
    if let Some(key) = &view.settles {
        writeln!(picture, "settles: {}", key.split(':').next().unwrap()).unwrap();
    }
    picture.push('\n');
    picture
}

fn key(key: &Key) -> String {
    let style = match key.style {
        Style::Plain => "",
        Style::Primary => "*",
        Style::Success => "!",
    };
    let action = match &key.action {
        Action::Open(screen) => {
            let shown = format!("{screen:?}");
            without_fresh_ids(shown.split_once('(').map_or(&*shown, |(_, page)| page))
                .trim_end_matches(')')
                .to_owned()
        }
        Action::Url(url) => url.clone(),
        Action::Copy(text) => format!("copy {text}"),
        Action::Pay => "pay".to_owned(),
    };
    format!("[{style}{} → {action}]", key.label)
}

/// Ids of version 7 hold the time and chance; those of version 5 are the same in every run.
fn without_fresh_ids(text: &str) -> String {
    let mut kept = String::new();
    for part in text.split_inclusive('_') {
        let is_fresh = part.len() >= 32
            && part.as_bytes()[..32].iter().all(u8::is_ascii_hexdigit)
            && part.as_bytes()[12] == b'7';
        if is_fresh {
            kept.push_str("fresh");
            kept.push_str(&part[32..]);
        } else {
            kept.push_str(part);
        }
    }
    kept
}

/// What Telegram would refuse the whole message for.
fn check(view: &View) {
    let units = view.text.visible_len();
    let limit = if view.document.is_some() { CAPTION_UNITS_MAX } else { 4_096 };
    assert!((1..=limit).contains(&units), "{units} units");
    assert!(balanced(view.text.as_str()), "tags do not match: {}", view.text);
    assert!(view.rows.iter().all(|row| (1..=8).contains(&row.len())));
    assert!(view.rows.iter().map(Vec::len).sum::<usize>() <= 100);
    for key in view.rows.iter().flatten() {
        assert!(!key.label.trim().is_empty());
        if let Action::Open(screen) = &key.action {
            let code = screen.encode();
            assert!(code.len() <= CODE_MAX, "{code}");
            assert_eq!(Screen::decode(&code).as_ref(), Some(screen));
        }
    }
    if let Some(invoice) = &view.invoice {
        assert!((1..=32).contains(&telegram::html::utf16_len(&invoice.title)));
        assert!((1..=255).contains(&telegram::html::utf16_len(&invoice.description)));
        assert_eq!(view.rows[0][0].action, Action::Pay);
    }
}

fn balanced(html: &str) -> bool {
    let mut open = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let Some(end) = rest[start..].find('>').map(|end| start + end) else { return false };
        let tag = &rest[start + 1..end];
        match tag.strip_prefix('/') {
            Some(name) => {
                if open.pop() != Some(name) {
                    return false;
                }
            }
            None => open.push(tag.split(' ').next().unwrap_or_default()),
        }
        rest = &rest[end + 1..];
    }
    open.is_empty()
}
