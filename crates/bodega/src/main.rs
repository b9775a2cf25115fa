//! The executable: all roles in one process, one role alone, the demo, and the chores around them.

mod demo;
mod import;
mod keys;
mod migrate;
mod process;
mod roles;
mod run;
mod seed;
mod shop;

use std::path::PathBuf;
use std::process::ExitCode;

use chassis::config::Settings;
use clap::{Parser, Subcommand};

use crate::roles::Role;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Every setting with its default and its meaning.
const DEFAULTS: &str = include_str!("../default.toml");

/// A Telegram commerce platform: one executable, several roles.
#[derive(Parser)]
#[command(name = "bodega", version, about)]
struct Arguments {
    /// Settings file; without it `bodega.toml` in the working directory, if there.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs the shop: all roles in this process, or only the one named. Prints the addresses in use as one JSON line
    /// once it is ready.
    Run {
        /// gateway, bot, payments, inventory or admin; all of them when left out.
        role: Option<Role>,
    },
    /// Runs a shop to try in the browser: emulated Telegram and Crypto Pay, a private database, a few goods. Settings of the
    /// file and the environment count (`PAY_CURRENCY=EUR BOT_LOCALE=ru PORT=8000`), but for tokens, addresses, the owner, the
    /// database and Redis.
    Demo,
    /// Brings the database up to date and ends.
    Migrate,
    /// Prints the settings in effect, secrets masked.
    Config,
    /// Takes an older shop over, before this one opens; see docs/switching.md.
    Import {
        #[command(subcommand)]
        shop: OlderShop,
    },
}

#[derive(Subcommand)]
enum OlderShop {
    /// A Telegram-shop of its last release: people, balances and their history, roles, catalogue, stock, purchases, promo
    /// codes and carts. Safe to repeat; changes nothing there.
    TelegramShop {
        /// Its database, `postgres://user:password@host/name`; without it the one of the settings.
        #[arg(long, value_name = "URL")]
        database_url: Option<String>,
        /// Says what would come over, and what not, and keeps nothing.
        #[arg(long)]
        dry_run: bool,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match execute(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bodega: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn execute(arguments: Arguments) -> anyhow::Result<()> {
    chassis::http::install_crypto();
    let file = arguments.config.as_deref();
    let settings = || Settings::from_process(DEFAULTS, file);
    match arguments.command {
        // What is wrong by itself is told together with what the roles find wrong.
        Command::Run { role } => {
            let settings = Settings::examine_process(DEFAULTS, file, None)?;
            process::block_on(run::run(settings, role))
        }
        Command::Demo => process::block_on(demo::demo(file)),
        Command::Migrate => process::block_on(migrate::migrate(&settings()?)),
        Command::Import { shop: OlderShop::TelegramShop { database_url, dry_run } } => {
            let stay = if dry_run { import::Stay::Undone } else { import::Stay::Kept };
            process::block_on(import::import(settings()?, database_url.as_deref(), stay))
        }
        Command::Config => {
            print!("{}", settings()?.masked());
            Ok(())
        }
    }
}
