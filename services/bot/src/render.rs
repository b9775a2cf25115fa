//! From a view to calls of the Bot API: edits where a button was pressed, sends where there is nothing to edit, and
//! makes the best of what Telegram refuses.

use bytes::Bytes;
use kernel::ids::PersonId;
use telegram::html::{CAPTION_UNITS_MAX, MESSAGE_UNITS_MAX};
use telegram::{
    ApiError, CallbackPayload, Client, DeleteMessage, DocumentSource, InlineButton, InlineKeyboard,
    Invoice, Price, SendDocument, SendInvoice, SendMessage, SendPhoto, Trouble,
};

use crate::outbound::Limiter;
use crate::screen::{Action, ChatInvoice, Document, Key, Style, View};

/// Where a view appears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// As a new message.
    New,
    /// In place of a message that the bot sent.
    Over {
        /// The message.
        message_id: i64,
        /// What it is.
        what: Over,
    },
}

/// What a message is that another is to replace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// It can become another text, or a picture.
    Text,
    /// It can become another picture, and never a text.
    Photo,
}

/// Shows views in chats.
#[derive(Clone)]
pub struct Renderer {
    client: Client,
    limiter: Limiter,
}

impl Renderer {
    /// Over one connection and one limiter.
    pub fn new(client: Client, limiter: Limiter) -> Self {
        Self { client, limiter }
    }

    /// The Bot API.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Telegram's limits; whoever calls [`Self::deliver`] takes a turn before.
    pub fn limiter(&self) -> &Limiter {
        &self.limiter
    }

    /// Shows a view, once more where it is not known whether it arrived: an edit cannot happen twice, and a message
    /// that comes twice is better than one that never comes.
    ///
    /// # Errors
    /// Telegram refused or did not answer twice.
    pub async fn deliver(
        &self,
        person: PersonId,
        place: Place,
        view: &View,
    ) -> Result<(), ApiError> {
        for document in &view.attachments {
            self.attach(person, document).await?;
        }
        match self.attempt(person, place, view).await {
            Err(error) if is_worth_repeating(error.trouble()) => {
                tracing::debug!(%error, "telegram is asked once more");
                self.attempt(person, place, view).await
            }
            other => other,
        }
    }

    /// Shows a view as a new message, and never again where it is not known whether it arrived.
    ///
    /// # Errors
    /// Telegram refused or did not answer.
    pub async fn deliver_once(&self, person: PersonId, view: &View) -> Result<(), ApiError> {
        self.attempt(person, Place::New, view).await
    }

    /// Shows the words and buttons of a view as a new message; which one that is.
    ///
    /// # Errors
    /// Telegram refused or did not answer.
    pub async fn send_text(&self, person: PersonId, view: &View) -> Result<i64, ApiError> {
        self.client.send_message(&text_message(person, view)).await.map(|sent| sent.message_id)
    }

    /// Brings a message of [`Self::send_text`] up to date, and makes no new one where it is gone.
    ///
    /// # Errors
    /// Telegram refused or did not answer.
    pub async fn revise(
        &self,
        person: PersonId,
        message_id: i64,
        view: &View,
    ) -> Result<(), ApiError> {
        let edit = text_message(person, view).into_edit(message_id);
        match self.client.edit_message_text(&edit).await {
            Err(error) if *error.trouble() != Trouble::NotModified => Err(error),
            _ => Ok(()),
        }
    }

    /// Sends a file that goes ahead of a view, once more where it is not known whether it arrived.
    async fn attach(&self, person: PersonId, document: &Document) -> Result<(), ApiError> {
        let message = SendDocument::new(person.0, upload(document));
        match self.client.send_document(&message).await {
            Err(error) if is_worth_repeating(error.trouble()) => {
                self.client.send_document(&message).await.map(|_| ())
            }
            other => other.map(|_| ()),
        }
    }

    /// Posts a view in a channel. It is not repeated here: a post that comes twice is seen by everybody.
    ///
    /// # Errors
    /// Telegram refused or did not answer.
    pub async fn post(&self, channel: i64, view: &View) -> Result<(), ApiError> {
        let message = SendMessage::html(channel, view.text.as_str()).keyboard(keyboard(&view.rows));
        self.client.send_message(&message).await.map(|_| ())
    }

    async fn attempt(&self, person: PersonId, place: Place, view: &View) -> Result<(), ApiError> {
        if let Some(invoice) = &view.invoice {
            self.client.send_invoice(&invoice_message(person, invoice, &view.rows)).await?;
            return self.replaced(person, place).await;
        }
        if let Some(document) = &view.document {
            self.client.send_document(&document_message(person, document, view)).await?;
            return self.replaced(person, place).await;
        }
        if is_too_long(view) {
            let whole =
                Document { name: "message.txt".into(), content: view.text.visible().into_bytes() };
            let message = SendDocument { caption: None, ..document_message(person, &whole, view) };
            self.client.send_document(&message).await?;
            return self.replaced(person, place).await;
        }
        if let Some(photo) = &view.photo
            && view.text.visible_len() <= CAPTION_UNITS_MAX
        {
            return self.show_photo(person, place, photo, view).await;
        }
        self.show_text(person, place, view).await
    }

    async fn show_text(&self, person: PersonId, place: Place, view: &View) -> Result<(), ApiError> {
        match place {
            Place::New => self.send(person, view).await,
            Place::Over { message_id, what: Over::Text } => {
                self.edit(person, message_id, view).await
            }
            Place::Over { what: Over::Photo, .. } => {
                self.send(person, view).await?;
                self.replaced(person, place).await
            }
        }
    }

    /// A picture that Telegram does not take (the shop may have a new bot, which does not know the old one's) must not
    /// keep anybody from what it illustrates.
    async fn show_photo(
        &self,
        person: PersonId,
        place: Place,
        photo: &str,
        view: &View,
    ) -> Result<(), ApiError> {
        let message = SendPhoto::new(person.0, photo)
            .caption(view.text.as_str())
            .keyboard(keyboard(&view.rows));
        let shown = match place {
            Place::New => self.client.send_photo(&message).await,
            Place::Over { message_id, .. } => {
                self.client.edit_message_media(&message.into_edit(message_id)).await
            }
        };
        let Err(error) = shown else { return Ok(()) };
        match error.trouble() {
            Trouble::NotModified => Ok(()),
            Trouble::MessageGone
            | Trouble::BadRequest(_)
            | Trouble::TooLong
            | Trouble::CannotParseEntities => {
                tracing::info!(%error, "a picture was left out");
                self.show_text(person, place, view).await
            }
            _ => Err(error),
        }
    }

    async fn edit(&self, person: PersonId, message_id: i64, view: &View) -> Result<(), ApiError> {
        let edit = text_message(person, view).into_edit(message_id);
        match self.client.edit_message_text(&edit).await {
            Ok(_) => Ok(()),
            Err(error) => match error.trouble() {
                Trouble::NotModified => Ok(()),
                // Gone, too old, or no text to edit: the view still has to be seen.
                Trouble::MessageGone | Trouble::BadRequest(_) | Trouble::CannotParseEntities => {
                    self.send(person, view).await
                }
                _ => Err(error),
            },
        }
    }

    async fn send(&self, person: PersonId, view: &View) -> Result<(), ApiError> {
        match self.client.send_message(&text_message(person, view)).await {
            Err(error) if *error.trouble() == Trouble::CannotParseEntities => {
                tracing::error!(%error, "a text of ours is not valid html, it goes out plain");
                let message = SendMessage::plain(person.0, view.text.visible())
                    .keyboard(keyboard(&view.rows));
                self.client.send_message(&message).await.map(|_| ())
            }
            other => other.map(|_| ()),
        }
    }

    /// What could not be edited into its successor is taken away; it matters to nobody if that fails.
    async fn replaced(&self, person: PersonId, place: Place) -> Result<(), ApiError> {
        if let Place::Over { message_id, .. } = place {
            let message = DeleteMessage { chat_id: person.0, message_id };
            if let Err(error) = self.client.delete_message(&message).await {
                tracing::debug!(%error, "a replaced message stays");
            }
        }
        Ok(())
    }
}

fn is_worth_repeating(trouble: &Trouble) -> bool {
    matches!(trouble, Trouble::Server | Trouble::NotSent | Trouble::Unknown)
}

fn is_too_long(view: &View) -> bool {
    // Bytes are never fewer than units: most texts need no counting.
    view.text.as_str().len() > MESSAGE_UNITS_MAX && view.text.visible_len() > MESSAGE_UNITS_MAX
}

fn text_message(person: PersonId, view: &View) -> SendMessage {
    SendMessage::html(person.0, view.text.as_str()).keyboard(keyboard(&view.rows))
}

fn document_message(person: PersonId, document: &Document, view: &View) -> SendDocument {
    let message = SendDocument::new(person.0, upload(document)).keyboard(keyboard(&view.rows));
    if view.text.visible_len() > CAPTION_UNITS_MAX {
        return message;
    }
    message.caption(view.text.as_str())
}

fn upload(document: &Document) -> DocumentSource {
    DocumentSource::Upload {
        file_name: document.name.clone(),
        bytes: Bytes::copy_from_slice(&document.content),
    }
}

fn invoice_message(person: PersonId, invoice: &ChatInvoice, rows: &[Vec<Key>]) -> SendInvoice {
    let bill = Invoice {
        title: invoice.title.to_string(),
        description: invoice.description.to_string(),
        payload: invoice.payload.clone(),
        provider_token: invoice.provider_token.clone(),
        currency: invoice.price.currency.code().to_owned(),
        prices: vec![Price { label: invoice.label.to_string(), amount: invoice.price.minor }],
    };
    SendInvoice::new(person.0, bill).keyboard(keyboard(rows))
}

fn keyboard(rows: &[Vec<Key>]) -> InlineKeyboard {
    let pay = rows.first().and_then(|row| row.first()).filter(|key| key.action == Action::Pay);
    let start = match pay {
        Some(key) => InlineKeyboard::paying(key.label.as_ref()),
        None => InlineKeyboard::new(),
    };
    rows.iter().fold(start, |keyboard, row| keyboard.row(row.iter().filter_map(button)))
}

/// What Telegram would refuse with the whole message is left out.
fn button(key: &Key) -> Option<InlineButton> {
    let label = key.label.as_ref();
    let button = match &key.action {
        Action::Open(screen) => {
            CallbackPayload::new(screen.encode()).map(|data| InlineButton::callback(label, data))
        }
        Action::Url(url) => InlineButton::url(label, url),
        Action::Copy(text) => InlineButton::copy(label, text),
        Action::Pay => return None,
    };
    let button = button
        .inspect_err(|error| tracing::error!(%error, label = %key.label, "a button was left out"))
        .ok()?;
    Some(match key.style {
        Style::Plain => button,
        Style::Primary => button.style(telegram::Style::Primary),
        Style::Success => button.style(telegram::Style::Success),
    })
}

#[cfg(test)]
mod tests {
    use emulators::telegram::{Attachment, Options, Seed, Telegram};

    use super::*;
    use crate::html::Html;
    use crate::outbound::Rates;
    use crate::screens::Home;

    const ANNA: PersonId = PersonId(1001);

    async fn chat() -> (Telegram, Renderer) {
        let people = vec![Seed::new(ANNA.0, "Anna")];
        let telegram = Telegram::start(Options { people, ..Options::default() }).await.unwrap();
        // Nobody may be written to who never wrote.
        telegram.say(ANNA, "/start").unwrap();
        let client = Client::new(&telegram.base_url(), telegram.token().to_owned().into()).unwrap();
        let rates = Rates { per_second: 0, chat_burst: 0, bulk_percent: 100 };
        (telegram, Renderer::new(client, Limiter::new(rates)))
    }

    fn view(text: &str) -> View {
        View::new(Html::text(text)).row([Key::to("Menu".into(), Home)])
    }

    fn last(telegram: &Telegram) -> emulators::telegram::Message {
        telegram.last_message(ANNA.0).unwrap()
    }

    #[tokio::test]
    async fn a_view_is_edited_in_place_and_comes_anew_when_the_place_is_gone() {
        let (telegram, renderer) = chat().await;
        renderer.deliver(ANNA, Place::New, &view("one <b>")).await.unwrap();
        let first = last(&telegram).message_id;
        let over = Place::Over { message_id: first, what: Over::Text };
        renderer.deliver(ANNA, over, &view("two & three")).await.unwrap();
        assert_eq!((last(&telegram).message_id, last(&telegram).words()), (first, "two & three"));
        renderer.deliver(ANNA, over, &view("two & three")).await.unwrap();
        let gone = Place::Over { message_id: first + 100, what: Over::Text };
        renderer.deliver(ANNA, gone, &view("four")).await.unwrap();
        assert_ne!(last(&telegram).message_id, first);
        assert_eq!(last(&telegram).words(), "four");
    }

    #[tokio::test]
    async fn tg08_a_text_longer_than_a_message_comes_as_a_file_in_its_place() {
        let (telegram, renderer) = chat().await;
        renderer.deliver(ANNA, Place::New, &view("short")).await.unwrap();
        let short = last(&telegram).message_id;
        let long = "<ж&>".repeat(1_500);
        let over = Place::Over { message_id: short, what: Over::Text };
        renderer.deliver(ANNA, over, &view(&long)).await.unwrap();
        let file = telegram.file(last(&telegram).file_id().unwrap()).unwrap();
        assert_eq!(file.bytes, long.as_bytes());
        assert!(telegram.message(ANNA.0, short).is_none(), "what was replaced is gone");
        assert_eq!(last(&telegram).callback("Menu"), Some("h"));
    }

    #[tokio::test]
    async fn a_text_that_is_not_html_is_sent_as_plain_text() {
        let (telegram, renderer) = chat().await;
        let broken = View::new(Html::trusted("<b>not closed".into()));
        renderer.deliver(ANNA, Place::New, &broken).await.unwrap();
        assert_eq!(last(&telegram).words(), "not closed");
    }

    /// Has Anna send a picture; what the bot may call it from then on.
    fn picture(telegram: &Telegram) -> String {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        bytes.extend([0, 0, 0, 2, 0, 0, 0, 2]);
        let (name, mime) = ("a.png".to_owned(), "image/png".to_owned());
        telegram
            .send_photo(ANNA, Attachment { name, mime, bytes: bytes.into(), caption: None })
            .unwrap();
        last(telegram).file_id().unwrap().to_owned()
    }

    #[tokio::test]
    async fn peer_33_a_text_becomes_a_picture_in_its_place_and_a_picture_makes_room_for_a_text() {
        let (telegram, renderer) = chat().await;
        let photo = picture(&telegram);
        renderer.deliver(ANNA, Place::New, &view("one")).await.unwrap();
        let first = last(&telegram).message_id;
        let pictured = |text: &str| view(text).with_photo(Some(photo.clone()));
        let over = Place::Over { message_id: first, what: Over::Text };
        renderer.deliver(ANNA, over, &pictured("<two>")).await.unwrap();
        let shown = last(&telegram);
        assert_eq!((shown.message_id, shown.words()), (first, "<two>"));
        assert_eq!((shown.file_id(), shown.callback("Menu")), (Some(&*photo), Some("h")));
        let over = Place::Over { message_id: first, what: Over::Photo };
        renderer.deliver(ANNA, over, &pictured("three")).await.unwrap();
        renderer.deliver(ANNA, over, &pictured("three")).await.unwrap();
        assert_eq!((last(&telegram).message_id, last(&telegram).words()), (first, "three"));
        renderer.deliver(ANNA, over, &view("four")).await.unwrap();
        assert_eq!((last(&telegram).words(), last(&telegram).file_id()), ("four", None));
        assert!(telegram.message(ANNA.0, first).is_none(), "what was replaced is gone");
    }

    #[tokio::test]
    async fn peer_33_words_too_long_for_a_caption_and_unknown_pictures_come_as_text() {
        let (telegram, renderer) = chat().await;
        let photo = picture(&telegram);
        let long = "ж".repeat(1_025);
        let pictured = view(&long).with_photo(Some(photo.clone()));
        renderer.deliver(ANNA, Place::New, &pictured).await.unwrap();
        assert_eq!(last(&telegram).text, Some(long));
        let fits = view(&"ж".repeat(1_024)).with_photo(Some(photo));
        renderer.deliver(ANNA, Place::New, &fits).await.unwrap();
        let shown = last(&telegram);
        assert!(shown.file_id().is_some());
        let unknown = view("two").with_photo(Some("of another bot".into()));
        let over = Place::Over { message_id: shown.message_id, what: Over::Photo };
        renderer.deliver(ANNA, over, &unknown).await.unwrap();
        assert_eq!(last(&telegram).text.as_deref(), Some("two"));
        assert!(telegram.message(ANNA.0, shown.message_id).is_none());
    }
}
