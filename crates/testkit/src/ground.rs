//! A ground for services under test: no process around it, keys that are the same everywhere.

use chassis::config::{File, Settings};
use chassis::database::Database;
use chassis::ground::{Ground, Wires};
use chassis::kv::Kv;
use chassis::lifecycle::Lifecycle;
use contract::actor::ActorKeys;
use kernel::clock::Clock;

/// The settings reference: tests start from what ships.
const DEFAULTS: &str = include_str!("../../bodega/default.toml");

/// The keys of every ground made here.
pub fn keys() -> ActorKeys {
    ActorKeys::new(b"a key for tests, of thirty-two bytes", Clock::System)
        .expect("the key is long enough")
}

/// A ground on a database, with settings laid over the defaults.
pub fn ground(settings: &str, database: Database, wires: Wires) -> Ground {
    let file = File { name: "test settings", text: settings };
    let settings = Settings::load(DEFAULTS, Some(file), [])
        .unwrap_or_else(|error| panic!("the test's settings do not load: {error}"));
    Ground {
        settings,
        clock: Clock::System,
        lifecycle: Lifecycle::new(),
        database,
        kv: Kv::memory(),
        keys: keys(),
        wires,
    }
}

/// A ground for what needs no database; its pools would connect nowhere.
pub fn ground_without_database(settings: &str, wires: Wires) -> Ground {
    let nowhere = Database::open("postgres://nobody@localhost:1/nowhere")
        .expect("an address, even where nobody is");
    ground(settings, nowhere, wires)
}
