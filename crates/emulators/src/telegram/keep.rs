//! A file that carries chats, stars, files and undelivered updates over a restart of the demo.

use std::collections::HashMap;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::chat::{Chat, Standing};
use super::files::StoredFile;
use super::ledger::StarEntry;
use super::message::{ChatHead, InvoiceTerms, Message, User};
use super::options::Channel;
use super::update::{Queue, UpdateKind};
use super::world::World;

/// A kill loses at most what happened since the last look.
const LOOK_EVERY: Duration = Duration::from_secs(1);

#[derive(Default, Serialize, Deserialize)]
struct Kept {
    chats: Vec<KeptChat>,
    stars: Vec<StarEntry>,
    files: Vec<KeptFile>,
    links: Vec<(String, Arc<InvoiceTerms>)>,
    updates: Vec<KeptUpdate>,
    next_update_id: i64,
}

#[derive(Serialize, Deserialize)]
struct KeptChat {
    head: Arc<ChatHead>,
    person: Option<Arc<User>>,
    standing: Standing,
    last_message_id: i64,
    reply_keyboard: Option<Value>,
    members: HashMap<i64, String>,
    messages: Vec<KeptMessage>,
}

#[derive(Serialize, Deserialize)]
struct KeptMessage {
    message: Message,
    terms: Option<Arc<InvoiceTerms>>,
    paid_by: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct KeptFile {
    file_id: String,
    name: String,
    mime: String,
    base64: String,
}

#[derive(Serialize, Deserialize)]
struct KeptUpdate {
    id: i64,
    kind: UpdateKind,
    subject: i64,
    body: String,
}

/// Takes up what an earlier emulator kept, and keeps it from now on.
pub(crate) async fn open(world: &Arc<World>, path: PathBuf) -> io::Result<()> {
    match tokio::fs::read(&path).await {
        Ok(bytes) => restore(world, serde_json::from_slice(&bytes)?),
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    world.kept_at.set(path).expect("opened once");
    let keeper = world.clone();
    world.tasks.spawn(async move {
        let mut seen = keeper.events.changes();
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            let now = keeper.events.changes();
            if now != seen {
                seen = now;
                save(&keeper).await;
            }
        }
    });
    Ok(())
}

/// Writes everything down, whole or not at all.
pub(crate) async fn save(world: &World) {
    let Some(path) = world.kept_at.get() else { return };
    if let Err(error) = write(path, &gather(world)).await {
        tracing::warn!(%error, path = %path.display(), "the chats were not kept");
    }
}

async fn write(path: &Path, kept: &Kept) -> io::Result<()> {
    let beside = path.with_extension("new");
    tokio::fs::write(&beside, serde_json::to_vec(kept)?).await?;
    tokio::fs::rename(&beside, path).await
}

fn gather(world: &World) -> Kept {
    let chats = world.chats.list().iter().map(|chat| KeptChat::of(chat)).collect();
    let files = world.files.list().into_iter().map(|file| KeptFile {
        base64: BASE64.encode(&file.bytes),
        file_id: file.file_id,
        name: file.name,
        mime: file.mime,
    });
    let updates = world.backlog.undelivered().into_iter().map(|update| KeptUpdate {
        id: update.id,
        kind: update.kind,
        subject: update.queue.subject,
        body: String::from_utf8_lossy(&update.body).into_owned(),
    });
    Kept {
        chats,
        stars: world.ledger.list(),
        files: files.collect(),
        links: world.invoice_links.list(),
        updates: updates.collect(),
        next_update_id: world.backlog.next_id(),
    }
}

fn restore(world: &World, kept: Kept) {
    for kept in kept.chats {
        world.chats.add(kept.chat());
        if let Some(chat) = world.chats.find(kept.head.id) {
            kept.fill(&chat);
        }
    }
    for entry in kept.stars {
        world.ledger.record(entry);
    }
    for file in kept.files {
        let bytes = BASE64.decode(&file.base64).unwrap_or_default().into();
        let KeptFile { file_id, name, mime, .. } = file;
        world.files.put(StoredFile { file_id, name, mime, bytes });
    }
    for (slug, terms) in kept.links {
        world.invoice_links.add(slug, Arc::unwrap_or_clone(terms));
    }
    world.backlog.number_from(kept.next_update_id);
    for update in kept.updates {
        let queue = Queue::of(update.kind, update.subject);
        world.backlog.restore(update.id, queue, update.kind, update.body);
    }
}

impl KeptChat {
    fn of(chat: &Chat) -> Self {
        let state = chat.lock();
        let messages = state.messages.iter().cloned().map(|message| KeptMessage {
            terms: message.terms.clone(),
            paid_by: message.paid_by.clone(),
            message,
        });
        Self {
            head: chat.head.clone(),
            person: chat.person.clone(),
            standing: state.standing,
            last_message_id: state.last_message_id,
            reply_keyboard: state.reply_keyboard.clone(),
            members: state.members.clone(),
            messages: messages.collect(),
        }
    }

    /// The chat itself, for one that is not seeded.
    fn chat(&self) -> Chat {
        match &self.person {
            Some(person) => Chat::with(person.as_ref().clone()),
            None => Chat::channel(Channel {
                id: self.head.id,
                title: self.head.title.clone().unwrap_or_default(),
                username: self.head.username.clone(),
            }),
        }
    }

    fn fill(self, chat: &Chat) {
        let mut state = chat.lock();
        state.standing = self.standing;
        state.last_message_id = self.last_message_id;
        state.reply_keyboard = self.reply_keyboard;
        state.members = self.members;
        state.messages = self
            .messages
            .into_iter()
            .map(|kept| Message { terms: kept.terms, paid_by: kept.paid_by, ..kept.message })
            .collect();
    }
}
