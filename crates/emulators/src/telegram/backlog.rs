//! Updates that the bot has not got yet: numbered, in queues, and the newest kept for repeating.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use axum::body::Bytes;
use jiff::Timestamp;
use tokio::sync::watch;

use super::failure::Failure;
use super::options::Deadlines;
use super::update::{Queue, Update, UpdateKind};
use super::webhook::{Hook, LastError, Wanted, describe};
use crate::lock::lock;

/// What is known about undelivered updates, and how the bot wants them.
pub(crate) struct Backlog {
    shelf: Mutex<Shelf>,
    deadlines: Deadlines,
    keep: usize,
    /// Word to those who wait for updates, and for none to be left.
    signal: watch::Sender<Signal>,
}

struct Shelf {
    next_id: i64,
    hook: Option<Arc<Hook>>,
    /// Deliveries under an earlier webhook stop when this has moved on.
    hook_generation: u64,
    wanted: Wanted,
    last_error: Option<LastError>,
    pending: BTreeMap<i64, Arc<Update>>,
    /// A queue is listed here as long as somebody delivers it.
    queues: HashMap<Queue, VecDeque<Arc<Update>>>,
    /// The newest updates, delivered or not; their ids have no gaps.
    recent: VecDeque<Arc<Update>>,
    /// Deliveries out of line, such as repetitions.
    extra: usize,
}

/// What waiters look at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Signal {
    /// Moves with every new update.
    pub(crate) arrivals: u64,
    /// Moves with every getUpdates.
    pub(crate) poll: u64,
    /// Moves with every setWebhook and deleteWebhook.
    pub(crate) hook: u64,
    /// Nothing is undelivered or under way.
    pub(crate) busy: bool,
}

/// A queue to be delivered from now on.
pub(crate) struct Route {
    pub(crate) queue: Queue,
    pub(crate) generation: u64,
}

/// A numbered update and, if nobody delivers its queue yet, the order to begin.
pub(crate) struct Posted {
    pub(crate) update_id: i64,
    pub(crate) route: Option<Route>,
}

impl Backlog {
    pub(crate) fn new(deadlines: Deadlines, keep: usize, first_id: i64) -> Self {
        let (signal, _) = watch::channel(Signal::default());
        Self {
            shelf: Mutex::new(Shelf {
                next_id: first_id,
                hook: None,
                hook_generation: 0,
                wanted: Wanted::default(),
                last_error: None,
                pending: BTreeMap::new(),
                queues: HashMap::new(),
                recent: VecDeque::new(),
                extra: 0,
            }),
            deadlines,
            keep: keep.max(1),
            signal,
        }
    }

    /// Numbers an update and puts it in its queue.
    pub(crate) fn post(&self, kind: UpdateKind, subject: i64, payload: &str) -> Posted {
        let mut shelf = lock(&self.shelf);
        let update_id = shelf.next_id;
        shelf.next_id += 1;
        let body = format!(r#"{{"update_id":{update_id},"{}":{payload}}}"#, kind.field());
        let update = Arc::new(Update {
            id: update_id,
            kind,
            queue: Queue::of(kind, subject),
            expires_at: Instant::now() + kind.lifetime(&self.deadlines),
            body: Bytes::from(body),
        });
        while shelf.recent.len() >= self.keep {
            shelf.recent.pop_front();
        }
        shelf.recent.push_back(update.clone());
        if !shelf.wanted.includes(kind.field()) {
            return Posted { update_id, route: None };
        }
        shelf.pending.insert(update_id, update.clone());
        let route = if shelf.hook.is_some() { shelf.enqueue(update) } else { None };
        // Under the lock: else a quick delivery could end before it was said to have begun.
        self.signal.send_modify(|signal| {
            signal.arrivals += 1;
            signal.busy = true;
        });
        Posted { update_id, route }
    }

    /// The update at the head of a queue, and where it goes; none ends the delivery of the queue.
    pub(crate) fn head(&self, route: &Route) -> Option<(Arc<Update>, Arc<Hook>)> {
        let mut shelf = lock(&self.shelf);
        if shelf.hook_generation != route.generation {
            return None;
        }
        let hook = shelf.hook.clone()?;
        let update = shelf.queues.get(&route.queue).and_then(|queue| queue.front().cloned());
        if update.is_none() {
            shelf.queues.remove(&route.queue);
        }
        Some((update?, hook))
    }

    /// Takes an update off: it was delivered, or given up.
    pub(crate) fn finish(&self, route: &Route, update_id: i64) {
        let mut shelf = lock(&self.shelf);
        shelf.pending.remove(&update_id);
        if shelf.hook_generation == route.generation
            && let Some(queue) = shelf.queues.get_mut(&route.queue)
            && queue.front().is_some_and(|update| update.id == update_id)
        {
            queue.pop_front();
        }
        self.settle(&shelf);
    }

    /// A delivery out of line begins: "drained" includes it.
    pub(crate) fn begin_extra(&self) {
        lock(&self.shelf).extra += 1;
        self.signal.send_modify(|signal| signal.busy = true);
    }

    pub(crate) fn end_extra(&self) {
        let mut shelf = lock(&self.shelf);
        shelf.extra -= 1;
        self.settle(&shelf);
    }

    fn settle(&self, shelf: &Shelf) {
        if shelf.pending.is_empty() && shelf.extra == 0 {
            self.signal.send_if_modified(|signal| std::mem::take(&mut signal.busy));
        }
    }

    pub(crate) fn note_error(&self, now: Timestamp, message: String) {
        lock(&self.shelf).last_error = Some(LastError { date: now.as_second(), message });
    }

    /// Sets or removes the webhook; gives the queues to be delivered, and whether it changed.
    pub(crate) fn set_hook(
        &self,
        hook: Option<Hook>,
        wanted: Option<Wanted>,
    ) -> (Vec<Route>, bool) {
        let mut shelf = lock(&self.shelf);
        if let Some(wanted) = wanted {
            shelf.wanted = wanted;
        }
        let same = match (&shelf.hook, &hook) {
            (None, None) => true,
            (Some(old), Some(new)) => old.is_same_as(new),
            _ => false,
        };
        if same {
            return (Vec::new(), false);
        }
        shelf.hook = hook.map(Arc::new);
        shelf.hook_generation += 1;
        shelf.last_error = None;
        shelf.queues.clear();
        let mut routes = Vec::new();
        if shelf.hook.is_some() {
            let pending: Vec<_> = shelf.pending.values().cloned().collect();
            routes.extend(pending.into_iter().filter_map(|update| shelf.enqueue(update)));
        }
        self.signal.send_modify(|signal| signal.hook += 1);
        (routes, true)
    }

    pub(crate) fn drop_pending(&self) {
        let mut shelf = lock(&self.shelf);
        shelf.pending.clear();
        shelf.queues.values_mut().for_each(VecDeque::clear);
        self.settle(&shelf);
    }

    pub(crate) fn hook(&self) -> Option<Arc<Hook>> {
        lock(&self.shelf).hook.clone()
    }

    pub(crate) fn describe_hook(&self) -> serde_json::Value {
        let shelf = lock(&self.shelf);
        let hook = shelf.hook.as_deref();
        describe(hook, shelf.pending.len(), &shelf.wanted, shelf.last_error.as_ref())
    }

    /// An update by its id, delivered or not, while it is remembered.
    pub(crate) fn find(&self, update_id: i64) -> Option<Arc<Update>> {
        let shelf = lock(&self.shelf);
        let first = shelf.recent.front()?.id;
        shelf.recent.get(usize::try_from(update_id - first).ok()?).cloned()
    }

    pub(crate) fn watch(&self) -> watch::Receiver<Signal> {
        self.signal.subscribe()
    }

    /// The undelivered updates, oldest first.
    pub(crate) fn undelivered(&self) -> Vec<Arc<Update>> {
        lock(&self.shelf).pending.values().cloned().collect()
    }

    /// Puts back an update that was undelivered when an earlier emulator stopped.
    pub(crate) fn restore(&self, id: i64, queue: Queue, kind: UpdateKind, body: String) {
        let expires_at = Instant::now() + kind.lifetime(&self.deadlines);
        let body = Bytes::from(body);
        let update = Arc::new(Update { id, kind, queue, expires_at, body });
        lock(&self.shelf).pending.insert(id, update);
        self.signal.send_modify(|signal| signal.busy = true);
    }

    pub(crate) fn next_id(&self) -> i64 {
        lock(&self.shelf).next_id
    }

    /// Numbers updates from here on, unless they are numbered higher already.
    pub(crate) fn number_from(&self, id: i64) {
        let mut shelf = lock(&self.shelf);
        shelf.next_id = shelf.next_id.max(id);
    }

    pub(crate) fn pending(&self) -> usize {
        lock(&self.shelf).pending.len()
    }

    /// Begins a getUpdates: ends those before it and confirms what `offset` says.
    pub(crate) fn begin_poll(
        &self,
        wanted: Option<Wanted>,
        offset: i64,
    ) -> Result<Signal, Failure> {
        let mut shelf = lock(&self.shelf);
        if shelf.hook.is_some() {
            return Err(Failure::conflict(
                "can't use getUpdates method while webhook is active; \
                 use deleteWebhook to delete the webhook first",
            ));
        }
        if let Some(wanted) = wanted {
            shelf.wanted = wanted;
        }
        let from = if offset < 0 {
            let back = usize::try_from(offset.unsigned_abs()).unwrap_or(usize::MAX);
            let skipped = shelf.pending.len().saturating_sub(back);
            shelf.pending.keys().nth(skipped).copied().unwrap_or(0)
        } else {
            offset
        };
        shelf.pending = shelf.pending.split_off(&from);
        self.settle(&shelf);
        self.signal.send_modify(|signal| signal.poll += 1);
        Ok(*self.signal.borrow())
    }

    /// The oldest undelivered updates; they stay until a later offset confirms them.
    pub(crate) fn peek(&self, limit: usize) -> Vec<Arc<Update>> {
        let mut shelf = lock(&self.shelf);
        let now = Instant::now();
        shelf.pending.retain(|_, update| update.expires_at > now);
        shelf.pending.values().take(limit).cloned().collect()
    }
}

impl Shelf {
    /// Puts an update in its queue; gives the queue if nobody delivers it yet.
    fn enqueue(&mut self, update: Arc<Update>) -> Option<Route> {
        let queue = update.queue;
        let generation = self.hook_generation;
        let begins = !self.queues.contains_key(&queue);
        self.queues.entry(queue).or_default().push_back(update);
        begins.then_some(Route { queue, generation })
    }
}
