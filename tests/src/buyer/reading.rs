//! Reading what came: the goods in a receipt, a file.

use emulators::telegram::Message;

use super::Buyer;

impl Buyer<'_> {
    /// The goods in all receipts of the chat, as they are shown now, oldest first.
    pub fn all_goods(&self) -> Vec<String> {
        let messages = self.telegram.messages(self.id.0);
        let receipts = messages.iter().filter(|message| {
            let words = message.words();
            [self.words.thanks, self.words.again, self.words.brought]
                .iter()
                .any(|title| words.contains(title))
        });
        receipts.flat_map(goods).collect()
    }

    /// The text of the file that a message carries.
    pub fn file(&self, message: &Message) -> String {
        let id = message.file_id().expect("the message carries a file");
        let file = self.telegram.file(id).expect("the file is there");
        String::from_utf8(file.bytes.to_vec()).expect("goods are text")
    }
}

/// What a tap on a message copies, in order.
pub fn codes(message: &Message) -> Vec<String> {
    let units: Vec<u16> = message.words().encode_utf16().collect();
    let entities =
        if message.text.is_some() { &message.entities } else { &message.caption_entities };
    let codes = entities.iter().filter(|entity| entity.kind == "code");
    codes
        .map(|code| String::from_utf16_lossy(&units[code.offset..code.offset + code.length]))
        .collect()
}

/// The goods in a receipt: what can be copied after the order's number.
pub fn goods(receipt: &Message) -> Vec<String> {
    codes(receipt).split_off(1)
}
