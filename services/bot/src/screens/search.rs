//! What a search has found. The shop asks for a word, and only then is a text one; the word is kept with the question.

use contract::failure::Failure;
use kernel::ids::ItemId;
use kernel::page::PageRequest;
use serde::{Deserialize, Serialize};
use telegram::html::shorten;

use super::{category, item};
use crate::dialogue::Answers;
use crate::screen::{Cx, Input, Key, Page, Reaction, View, page_or_first};
use crate::screens::{Screen, Shop};

/// Characters of a text that are searched for.
const WORDS_MAX: usize = 100;

/// Items that were found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Search {
    /// One page of them; takes the next word.
    Found {
        /// Zero-based.
        page: u16,
    },
    /// The card of one of them, from which a way leads back to the others.
    Card {
        /// Which.
        item: ItemId,
        /// The page that leads back.
        page: u16,
    },
}

/// What is searched for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchWords {
    words: String,
}

impl Answers for SearchWords {
    const OF: &'static str = "search";
}

impl Page for Search {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        let kept: Option<SearchWords> = cx.draft().await;
        match (self, kept) {
            (Self::Found { page }, Some(kept)) => found(cx, kept, *page).await,
            (Self::Found { .. }, None) => Shop { page: 0 }.view(cx).await,
            (Self::Card { item, page }, kept) => {
                let back = Screen::from(Self::Found { page: *page });
                let view = item::card_view(cx, *item, back).await?;
                Ok(match kept {
                    Some(kept) => view.asking(Self::Found { page: 0 }).with_draft(&kept),
                    None => view,
                })
            }
        }
    }

    async fn react(&self, cx: &Cx, input: Input<'_>) -> Result<Reaction, Failure> {
        let view = match input {
            Input::Text { text, .. } => {
                let words = shorten(text.trim(), WORDS_MAX).into_owned();
                found(cx, SearchWords { words }, 0).await?
            }
            Input::Press | Input::Photo { .. } | Input::Document { .. } => self.view(cx).await?,
        };
        Ok(Reaction::Show(view))
    }
}

async fn found(cx: &Cx, kept: SearchWords, page: u16) -> Result<View, Failure> {
    let look = |page: PageRequest| cx.peers.search_items(&kept.words, page);
    let (shelf, items) = page_or_first(page, look).await?;
    let title = if items.rows.is_empty() {
        cx.texts.search_nothing(&kept.words)
    } else {
        cx.texts.search_found(&kept.words, shelf.total)
    };
    let keys = items.rows.iter().map(|item| {
        Key::to(category::label(cx, item), Search::Card { item: item.id, page: shelf.number })
    });
    Ok(View::new(title)
        .list(keys)
        .arrows(cx, shelf, |page| Search::Found { page }.into())
        .row([Key::to(cx.texts.key_to_shop(), Shop { page: 0 }), cx.home_key()])
        .asking(Search::Found { page: 0 })
        .with_draft(&kept))
}
