//! One update from its bytes to what the person sees. An error means that nothing was shown and that the same update
//! may well succeed when it comes again.

use std::sync::Arc;

use contract::failure::{Failure, Kind};
use kernel::ids::PersonId;
use telegram::{
    AnswerCallbackQuery, CallbackQuery, Chat, ChatKind, Content, MemberStatus, Message,
    MyChatMember, Origin, Trouble, Update, User,
};

use crate::bot::Bot;
use crate::chat::{self, unavailable};
use crate::html::Html;
use crate::people::Person;
use crate::render::{Over, Place};
use crate::screen::{Cx, Input, Key, Reaction, View};
use crate::screens::{Home, Item, Screen};
use crate::texts::Label;
use crate::{commands, failure_text, item_link, referral_link};

/// What to do about a press besides showing a view.
enum Answer {
    Silent,
    Toast(Label),
    Alert(Label),
}

impl Bot {
    /// Handles one update to its end.
    ///
    /// # Errors
    /// `bot.malformed_update`; otherwise Unavailable, when a repetition can help.
    pub async fn take_update(&self, body: &[u8]) -> Result<(), Failure> {
        let update = Update::parse(body)
            .map_err(|error| Failure::new(Kind::Invalid, "bot.malformed_update").because(error))?;
        let kind = match &update.content {
            Content::Message(_) => "message",
            Content::CallbackQuery(_) => "press",
            Content::MyChatMember(_) => "membership",
            _ => "ignored",
        };
        metrics::counter!("bodega_bot_updates_total", "kind" => kind).increment(1);
        match update.content {
            Content::Message(message) => self.take_message(&message).await,
            Content::CallbackQuery(press) => self.take_press(&press).await,
            Content::MyChatMember(change) => self.take_membership(&change).await,
            // Payments are for payments; edits change nothing here; the rest nobody asked for.
            _ => Ok(()),
        }
    }

    async fn take_message(&self, message: &Message<'_>) -> Result<(), Failure> {
        let Some(user) = message.from.as_ref().filter(|user| is_customer(user, &message.chat))
        else {
            return Ok(());
        };
        let is_payment = message.successful_payment.is_some() || message.refunded_payment.is_some();
        let command = message.command();
        // A command that was forwarded is not one that was given.
        if is_payment || message.is_via_bot || (message.is_forwarded && command.is_some()) {
            return Ok(());
        }
        let _turn = self.turns.wait(PersonId(user.id)).await;
        let payload = command.and_then(|(name, payload)| (name == "start").then_some(payload));
        let person = self.meet(user, payload.and_then(referral_link::inviter)).await?;
        let cx = self.cx(person).await;
        if self.is_shut_out(&cx) {
            return self.turn_away(&cx, None).await;
        }
        if let Some(closed) = self.maintenance.closed_to(&cx) {
            return self.show(&cx, Place::New, &closed.view(&cx)).await;
        }
        let (screen, asks) = match command {
            Some((name, _)) => {
                let linked = payload.and_then(item_link::item);
                let screen = linked.map_or_else(
                    || commands::screen(name),
                    |item| Item { item, page: 0, shop_page: 0 }.into(),
                );
                (screen, None)
            }
            None => match self.dialogues.find(cx.person.id).await {
                Some(asks) => (asks.screen.clone(), Some(asks)),
                // Nobody asked: the menu helps.
                None => (Home.into(), None),
            },
        };
        if let Some(mut view) = self.to_do_first(&cx, &screen).await {
            view.asks = asks;
            return self.show(&cx, Place::New, &view).await;
        }
        let input = if command.is_some() { Input::Press } else { words(message) };
        let outcome = screen.react(&cx, input).await;
        let again = command.is_some().then_some(screen);
        let (view, answer) = settle(&cx, outcome).await;
        let view = view.unwrap_or_else(|| spoken(&cx, answer, again));
        self.show(&cx, Place::New, &view).await
    }

    async fn take_press(&self, press: &CallbackQuery<'_>) -> Result<(), Failure> {
        let user = &press.from;
        // Without a chat it came through inline mode; its owner's own chat is the one to answer in.
        let elsewhere = press.message.chat().is_some_and(|chat| !is_customer(user, chat));
        if elsewhere || user.is_bot || PersonId::new(user.id).is_err() {
            self.answer(press, &Answer::Silent).await;
            return Ok(());
        }
        let _turn = self.turns.wait(PersonId(user.id)).await;
        let cx = self.cx(self.meet(user, None).await?).await;
        if self.is_shut_out(&cx) {
            return self.turn_away(&cx, Some(press)).await;
        }
        if let Some(closed) = self.maintenance.closed_to(&cx) {
            self.answer(press, &Answer::Alert(closed.alert(&cx))).await;
            return Ok(());
        }
        let wanted = press.data.as_deref().and_then(Screen::decode);
        if let Some(view) = self.to_do_first(&cx, wanted.as_ref().unwrap_or(&Home.into())).await {
            let show = self.show(&cx, place(&press.message), &view);
            return tokio::join!(show, self.answer(press, &Answer::Silent)).0;
        }
        let outcome = match wanted {
            Some(screen) if screen.moves_money() && self.is_outdated(&press.message) => {
                outdated(&cx, &screen).await
            }
            Some(screen) => screen.react(&cx, Input::Press).await,
            None => lost(&cx).await,
        };
        let (view, answer) = settle(&cx, outcome).await;
        let Some(view) = view else {
            self.answer(press, &answer).await;
            return Ok(());
        };
        // One round to Telegram: the spinner ends while the message changes.
        let show = self.show(&cx, place(&press.message), &view);
        let (shown, ()) = tokio::join!(show, self.answer(press, &answer));
        shown
    }

    async fn take_membership(&self, change: &MyChatMember<'_>) -> Result<(), Failure> {
        if !is_customer(&change.from, &change.chat) {
            return Ok(());
        }
        if change.new.status == MemberStatus::Kicked {
            self.people.mark_unreachable(PersonId(change.from.id)).await?;
        }
        // Whoever lets the bot in again is reachable as soon as they write.
        Ok(())
    }

    /// Tells somebody who is shut out that they are, at most now and then.
    async fn turn_away(&self, cx: &Cx, press: Option<&CallbackQuery<'_>>) -> Result<(), Failure> {
        if !self.is_to_be_told(cx.person.id).await {
            return Ok(());
        }
        let text = cx.texts.alert_blocked();
        match press {
            Some(press) => self.answer(press, &Answer::Alert(text)).await,
            None => self.show(cx, Place::New, &View::new(Html::text(&text))).await?,
        }
        Ok(())
    }

    /// Whether the button stands on a message that has been there for too long to move money by it. Of a message that
    /// Telegram no longer shows us, that is certain.
    fn is_outdated(&self, origin: &Origin<'_>) -> bool {
        let Some(window) = self.replay_window else { return false };
        let Origin::Message(message) = origin else { return true };
        let age = self.clock.now().as_second().saturating_sub(message.shown_since());
        u64::try_from(age).is_ok_and(|age| age > window.as_secs())
    }

    async fn meet(
        &self,
        user: &User<'_>,
        inviter: Option<PersonId>,
    ) -> Result<Arc<Person>, Failure> {
        self.people.meet(user, inviter, || self.own_peers()).await
    }

    /// Shows a view and remembers what it asks for and what it makes superfluous.
    async fn show(&self, cx: &Cx, place: Place, view: &View) -> Result<(), Failure> {
        let person = cx.person.id;
        if let Err(busy) = self.renderer.limiter().answer(person).await {
            return Err(chat::busy(busy));
        }
        let Err(error) = self.renderer.deliver(person, place, view).await else {
            // Only now: an update that comes again must meet the same question.
            self.dialogues.keep(person, view.asks.as_ref()).await;
            if let Some(key) = &view.settles {
                self.shown.note(key, person);
            }
            return Ok(());
        };
        match error.trouble() {
            Trouble::TooManyRequests { retry_after } => {
                self.renderer.limiter().hold(person, *retry_after);
                Err(unavailable(&error))
            }
            trouble if trouble.is_unreachable() => self.people.mark_unreachable(person).await,
            trouble if trouble.is_permanent() && *trouble != Trouble::Unauthorized => {
                tracing::error!(%error, ?person, "a view was refused for good");
                Ok(())
            }
            _ => Err(unavailable(&error)),
        }
    }

    /// Ends the spinner on a pressed button. Too late or in vain, it changes nothing.
    async fn answer(&self, press: &CallbackQuery<'_>, answer: &Answer) {
        let id = press.id.as_ref();
        let query = match answer {
            Answer::Silent => AnswerCallbackQuery::silent(id),
            Answer::Toast(text) => AnswerCallbackQuery::notice(id, text),
            Answer::Alert(text) => AnswerCallbackQuery::alert(id, text),
        };
        if let Err(error) = self.renderer.client().answer_callback_query(&query).await {
            tracing::debug!(%error, "a press was not answered");
        }
    }
}

/// Text or a file, as input for the screen that asked for it.
fn words<'a>(message: &'a Message<'_>) -> Input<'a> {
    let message_id = message.message_id;
    if let Some(photo) = message.photo.last() {
        let caption = message.caption.as_deref().unwrap_or_default();
        Input::Photo { file_id: &photo.file_id, caption, marks: &message.caption_entities }
    } else if let Some(document) = &message.document {
        let size = document.file_size.unwrap_or_default();
        let name = document.file_name.as_deref().unwrap_or_default();
        Input::Document { file_id: &document.file_id, name, size, message_id }
    } else if let Some(text) = &message.text {
        Input::Text { text, message_id, marks: &message.entities }
    } else {
        Input::Press
    }
}

/// A person in their private chat with the bot. Groups, channels, bots and anonymous senders are not served.
fn is_customer(user: &User<'_>, chat: &Chat<'_>) -> bool {
    chat.kind == ChatKind::Private
        && !user.is_bot
        && chat.id == user.id
        && PersonId::new(user.id).is_ok()
}

/// Only a text or a picture that Telegram still shows can become something else.
fn place(origin: &Origin<'_>) -> Place {
    let Origin::Message(message) = origin else { return Place::New };
    let message_id = message.message_id;
    if message.text.is_some() {
        Place::Over { message_id, what: Over::Text }
    } else if message.photo.is_empty() {
        Place::New
    } else {
        Place::Over { message_id, what: Over::Photo }
    }
}

/// A button that would move money has become too old: what it stands for, as it is now.
async fn outdated(cx: &Cx, screen: &Screen) -> Result<Reaction, Failure> {
    Ok(Reaction::ShowSaying(screen.view(cx).await?, cx.texts.toast_outdated()))
}

/// A button that leads nowhere any more, or never did.
async fn lost(cx: &Cx) -> Result<Reaction, Failure> {
    let home = Screen::from(Home).view(cx).await?;
    Ok(Reaction::ShowSaying(home, cx.texts.toast_old_button()))
}

/// Where no button waits for an answer, what would be a toast is a message.
fn spoken(cx: &Cx, answer: Answer, again: Option<Screen>) -> View {
    let text = match answer {
        Answer::Toast(text) | Answer::Alert(text) => Html::text(&text),
        Answer::Silent => cx.texts.home_welcome(&cx.person.name),
    };
    let again = again.map(|screen| Key::to(cx.texts.key_again(), screen));
    View::new(text).row(again.into_iter().chain([cx.home_key()]))
}

/// What to show and to answer, whatever came of the screen.
async fn settle(cx: &Cx, outcome: Result<Reaction, Failure>) -> (Option<View>, Answer) {
    let outcome = match outcome {
        Ok(Reaction::Go(screen)) => screen.view(cx).await.map(Reaction::Show),
        other => other,
    };
    match outcome {
        Ok(Reaction::Show(view)) => (Some(view), Answer::Silent),
        Ok(Reaction::ShowSaying(view, toast)) => (Some(view), Answer::Toast(toast)),
        Ok(Reaction::Toast(text)) => (None, Answer::Toast(text)),
        Ok(Reaction::Alert(text)) => (None, Answer::Alert(text)),
        // A screen that leads on twice is a mistake of ours.
        Ok(Reaction::Go(_)) => (None, Answer::Alert(cx.texts.alert_try_again())),
        Err(failure) => (None, Answer::Alert(failure_text::text(cx, &failure))),
    }
}
