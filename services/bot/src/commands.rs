//! Commands: which screen each leads to, and the list that Telegram shows beside the input field.

use std::time::Duration;

use chassis::lifecycle::Lifecycle;
use kernel::backoff::Backoff;
use kernel::locale::Locale;
use telegram::{BotCommand, Client, CommandScope, SetMyCommands};

use crate::screens::{
    Cart, Console, Home, Language, Profile, Purchases, Rules, Screen, Shop, Support, TopUp,
};
use crate::texts::Texts;

/// Until Telegram has taken the list.
const RETRY: Backoff = Backoff { first: Duration::from_secs(2), cap: Duration::from_mins(5) };

/// Where a command leads; an unknown one leads to the menu.
pub fn screen(command: &str) -> Screen {
    match command.to_ascii_lowercase().as_str() {
        "shop" => Shop { page: 0 }.into(),
        "profile" => Profile.into(),
        "cart" => Cart::Show.into(),
        "topup" => TopUp.into(),
        "purchases" => Purchases { page: 0 }.into(),
        "language" => Language { chosen: None }.into(),
        "help" | "support" | "paysupport" => Support.into(),
        "terms" | "rules" => Rules.into(),
        "admin" => Console.into(),
        _ => Home.into(),
    }
}

/// Tells Telegram the list in every language, again until it is taken.
pub fn announce(lifecycle: &Lifecycle, client: Client, fallback: Locale) {
    let owner = lifecycle.clone();
    lifecycle.spawn_errand("bot commands", async move {
        let languages = Locale::ALL.map(|locale| (locale, Some(locale.tag().to_owned())));
        for (locale, language_code) in [(fallback, None)].into_iter().chain(languages) {
            let commands = list(locale, language_code);
            let mut failures = 0;
            while let Err(error) = client.set_my_commands(&commands).await {
                failures += 1;
                tracing::warn!(%error, failures, "telegram has not taken the commands yet");
                if !owner.pause(RETRY.after(failures, u64::from(failures))).await {
                    return;
                }
            }
        }
    });
}

fn list(locale: Locale, language_code: Option<String>) -> SetMyCommands {
    let texts = Texts::of(locale);
    let commands = [
        ("start", texts.command_start()),
        ("shop", texts.command_shop()),
        ("profile", texts.command_profile()),
        ("cart", texts.command_cart()),
        ("topup", texts.command_topup()),
        ("purchases", texts.command_purchases()),
        ("language", texts.command_language()),
        ("help", texts.command_help()),
    ];
    let commands = commands.map(|(command, description)| BotCommand {
        command: command.to_owned(),
        description: description.into_owned(),
    });
    SetMyCommands {
        commands: commands.into(),
        scope: Some(CommandScope::AllPrivateChats),
        language_code,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_commands_lead_to_the_menu() {
        assert_eq!(screen("start"), Home.into());
        assert_eq!(screen("drop_table"), Home.into());
        assert_eq!(screen("TopUp"), TopUp.into());
    }

    #[test]
    fn what_is_announced_is_understood() {
        for command in list(Locale::En, None).commands {
            let leads_home = screen(&command.command) == Home.into();
            assert_eq!(leads_home, command.command == "start", "{}", command.command);
        }
    }
}
