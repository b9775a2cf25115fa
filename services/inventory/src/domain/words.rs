//! Words: what search compares. They are made here and not by the database, whose idea of letters depends on its locale.

use std::collections::BTreeSet;

/// Longer words say nothing more.
const CHARS_MAX: usize = 40;
/// Words of a question that count.
const ASKED_MAX: usize = 8;
/// Characters of a question that are read.
const QUESTION_CHARS_MAX: usize = 200;

/// The words of some texts, each once: letters and digits in lower case, `ё` as `е`.
pub fn of(texts: &[&str]) -> Vec<String> {
    let words: BTreeSet<String> = texts.iter().flat_map(|text| split(text)).collect();
    words.into_iter().collect()
}

/// A question in the database's notation, `'vpn':* & 'рус':*`: every word is the beginning of one that is looked for,
/// but for single letters, with which too much begins.
/// Nothing where the text has no words.
pub fn question(text: &str) -> Option<String> {
    let text: String = text.chars().take(QUESTION_CHARS_MAX).collect();
    let asked = |word: String| {
        let ending = if word.chars().nth(1).is_some() { ":*" } else { "" };
        format!("'{word}'{ending}")
    };
    let mut words: Vec<String> = split(&text).map(asked).collect();
    words.truncate(ASKED_MAX);
    (!words.is_empty()).then(|| words.join(" & "))
}

/// Quotes and backslashes, which the notation knows, are no letters: no word needs escaping.
fn split(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(|word| {
        let lower = word.chars().flat_map(char::to_lowercase).take(CHARS_MAX);
        lower.map(|c| if c == 'ё' { 'е' } else { c }).collect()
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_letters_and_digits_in_lower_case() {
        assert_eq!(of(&["VPN-30 дней", "Ещё VPN!"]), ["30", "vpn", "дней", "еще"]);
        assert_eq!(question("a VPN 7").unwrap(), "'a' & 'vpn':* & '7'");
        assert_eq!(question(" Рус, vpn' ").unwrap(), "'рус':* & 'vpn':*");
        assert_eq!(question(" '\\':*!&| \n"), None);
        assert_eq!(of(&[&"я".repeat(2_000)]), ["я".repeat(40)]);
    }

    proptest! {
        #[test]
        fn no_text_breaks_out_of_the_notation(text in ".{0,300}") {
            let question = question(&text).unwrap_or_default();
            let words = question.split(" & ").filter(|word| !word.is_empty());
            for word in words {
                let bare = word.trim_end_matches(":*").strip_prefix('\'');
                let bare = bare.and_then(|word| word.strip_suffix('\''));
                prop_assert!(bare.unwrap().chars().all(|c| !"'\\:&|!()<> ".contains(c)));
            }
        }
    }
}
