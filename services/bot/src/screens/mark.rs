//! The mark between the arrows of a list: says where one is, so that a press on it does not spin for ever.

use contract::failure::Failure;
use serde::{Deserialize, Serialize};

use crate::screen::{Cx, Input, Page, Reaction, View};
use crate::screens::Home;

/// Page so-and-so of so many.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// From one.
    pub page: u16,
    /// Of so many.
    pub pages: u16,
}

impl Page for Mark {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        Home.view(cx).await
    }

    async fn react(&self, cx: &Cx, _: Input<'_>) -> Result<Reaction, Failure> {
        let toast = cx.texts.toast_page(u64::from(self.page), u64::from(self.pages));
        Ok(Reaction::Toast(toast))
    }
}
