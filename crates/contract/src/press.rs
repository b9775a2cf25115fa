//! What a press of a button does, by the letter that the button's data begins with: the bot's screens have one each
//! (`services/bot/src/screens.rs`). The gateway counts presses by it, the bot refuses those on old messages.
//!
//! A letter that is not declared here counts as one that buys: whoever forgets it is limited, not let through.

/// Presses that buy or redeem something.
const BUYS: &str = "bj+";
/// Presses that open an invoice or ask a provider about one.
const PAYS: &str = "v";
/// Presses by which staff move money.
const ADJUSTS: &str = "89";
/// All others.
const LOOKS: &str = "hnscifptmwqroeuxlJSCALINKPyz345agk01d2DEFMHGB67!OQYRZTUVWX&*()=#$%";

/// What a press does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    /// Moves no money.
    Looks,
    /// Buys or redeems something.
    Buys,
    /// Opens an invoice or asks about one.
    Pays,
    /// Moves money as staff.
    Adjusts,
}

impl Press {
    /// What a press of a button with this data does.
    pub fn of(data: &str) -> Self {
        data.bytes().next().map_or(Self::Looks, |letter| declared(letter).unwrap_or(Self::Buys))
    }

    /// Whether it may move money.
    pub fn may_move_money(self) -> bool {
        self != Self::Looks
    }
}

/// What is declared for a letter; nothing for one that was forgotten.
pub fn declared(letter: u8) -> Option<Press> {
    let lists = [
        (BUYS, Press::Buys),
        (PAYS, Press::Pays),
        (ADJUSTS, Press::Adjusts),
        (LOOKS, Press::Looks),
    ];
    let is_in = |list: &str| list.as_bytes().contains(&letter);
    lists.into_iter().find_map(|(list, press)| is_in(list).then_some(press))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_declared_once() {
        let mut letters = [BUYS, PAYS, ADJUSTS, LOOKS].concat().into_bytes();
        letters.sort_unstable();
        let mut own = letters.clone();
        own.dedup();
        assert_eq!(letters, own);
    }

    #[test]
    fn sec_10_a_letter_that_nobody_declared_counts_as_one_that_buys() {
        assert_eq!(Press::of("hAAAA"), Press::Looks);
        assert_eq!(Press::of("vAAAA"), Press::Pays);
        assert_eq!(Press::of("\u{1F3E0}"), Press::Buys);
        assert_eq!(Press::of("~"), Press::Buys);
        assert_eq!(Press::of(""), Press::Looks);
    }
}
