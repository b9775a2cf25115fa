//! The link that opens an item's card: `t.me/<bot>?start=item_<id>`.

use kernel::ids::ItemId;

const PREFIX: &str = "item_";

/// The item in the payload of a `/start`, where it names one.
pub fn item(payload: &str) -> Option<ItemId> {
    payload.strip_prefix(PREFIX)?.parse().ok()
}

/// The link to an item, through the bot of this name.
pub fn to(bot: &str, item: ItemId) -> String {
    format!("https://t.me/{bot}?start={PREFIX}{}", item.0.simple())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shop_19_a_link_leads_to_its_item_and_junk_nowhere() {
        let id = ItemId::derived("vpn");
        let link = to("bodega_bot", id);
        let (_, payload) = link.split_once("?start=").unwrap();
        assert!(payload.len() <= 64, "longer than telegram passes on");
        assert_eq!(item(payload), Some(id));
        for junk in ["", "item_", "item_7", "ref_77", "item_zzzz", "77"] {
            assert_eq!(item(junk), None, "{junk:?}");
        }
    }
}
