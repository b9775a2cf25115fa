//! The whole language of a screen: a page shows itself and reacts; what it shows is a view of text and keys; a key
//! leads to another screen. A new screen needs nothing but these words and a line in `screens.rs`.

mod cx;
mod key;
mod pages;
mod reaction;
mod view;

use std::future::Future;

use contract::failure::Failure;

pub use cx::{Cx, Shop};
pub use key::{Action, Key, Style};
pub use pages::{Paged, page_of, page_or_first};
pub use reaction::{Input, Reaction};
pub use view::{Asks, ChatInvoice, Document, TEXT_MAX, View};

/// One screen. The struct is the state: its fields are what a button that leads here carries, 48 bytes at most.
pub trait Page: Sync {
    /// What the person sees here.
    ///
    /// # Errors
    /// What a service that it asked answered; the person is told in their own words.
    fn view(&self, cx: &Cx) -> impl Future<Output = Result<View, Failure>> + Send;

    /// Whether a press that leads here moves money. Asked only of screens whose letter is declared to, in
    /// `contract::press`; one whose state only looks may say so.
    fn moves_money(&self) -> bool {
        true
    }

    /// What happens when a button that leads here is pressed, or when a text or a file comes after this screen asked
    /// for one (see [`View::asking`]). Unless a screen says otherwise it shows itself.
    ///
    /// # Errors
    /// As for [`Self::view`].
    fn react(
        &self,
        cx: &Cx,
        input: Input<'_>,
    ) -> impl Future<Output = Result<Reaction, Failure>> + Send {
        let _ = input;
        async move { Ok(Reaction::Show(self.view(cx).await?)) }
    }
}
