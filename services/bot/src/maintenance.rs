//! Whether the shop is closed for maintenance, as admin has told; then people see why, and staff go on.

use std::sync::{Arc, PoisonError, RwLock};

use telegram::html::shorten;

use crate::html::Html;
use crate::peers::shop_state::ShopState;
use crate::screen::{Cx, View};
use crate::texts::Label;

/// The most that an alert may hold, in UTF-16 units.
const ALERT_MAX: usize = 200;

/// The closed sign. Clones are the same; until somebody tells otherwise the shop is open.
#[derive(Clone, Default)]
pub struct Maintenance(Arc<RwLock<ShopState>>);

/// Why a person is not served now.
pub struct Closed {
    notice: String,
}

impl Maintenance {
    /// Admin has told how the shop stands.
    pub fn set(&self, state: ShopState) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = state;
    }

    /// How the shop stands.
    pub fn state(&self) -> ShopState {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether the shop is closed to this person.
    pub fn closed_to(&self, cx: &Cx) -> Option<Closed> {
        let state = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let is_closed = state.maintenance && !cx.staff.is_staff();
        is_closed.then(|| Closed { notice: state.notice.clone() })
    }
}

impl Closed {
    /// In answer to a message.
    pub fn view(&self, cx: &Cx) -> View {
        let notice = Html::text(&self.notice);
        cx.notice(cx.texts.maintenance_sign().paragraph(notice))
    }

    /// In answer to a press; what is on the screen stays.
    pub fn alert(&self, cx: &Cx) -> Label {
        let usual = cx.texts.alert_maintenance();
        if self.notice.is_empty() {
            return usual;
        }
        shorten(&format!("{usual} {}", self.notice), ALERT_MAX).into_owned().into()
    }
}
