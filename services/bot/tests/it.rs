//! The bot against a real database, the Telegram emulator, and fakes of its neighbours.
