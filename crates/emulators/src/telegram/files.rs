//! Files that were sent, by file id; only the newest are kept.

use std::collections::{HashMap, VecDeque};
use std::sync::Mutex;

use axum::body::Bytes;
use kernel::clock::Clock;
use kernel::ids;

use crate::lock::lock;
use crate::parameters::Upload;

/// A file's content and what its sender called it.
#[derive(Debug, Clone)]
pub struct StoredFile {
    pub file_id: String,
    pub name: String,
    pub mime: String,
    pub bytes: Bytes,
}

impl StoredFile {
    /// The same for equal ids, and useless for downloading.
    pub(crate) fn unique_id(&self) -> String {
        self.file_id.chars().rev().take(12).collect()
    }
}

pub(crate) struct Files {
    shelf: Mutex<Shelf>,
    keep: usize,
}

#[derive(Default)]
struct Shelf {
    by_id: HashMap<String, StoredFile>,
    order: VecDeque<String>,
}

impl Files {
    pub(crate) fn new(keep: usize) -> Self {
        Self { shelf: Mutex::default(), keep: keep.max(1) }
    }

    pub(crate) fn add(&self, upload: Upload, clock: &Clock) -> StoredFile {
        let file_id = format!("BQAC{}", ids::fresh(clock).simple());
        let Upload { name, mime, bytes } = upload;
        let file = StoredFile { file_id, name, mime, bytes };
        self.put(file.clone());
        file
    }

    pub(crate) fn put(&self, file: StoredFile) {
        let mut shelf = lock(&self.shelf);
        while shelf.order.len() >= self.keep {
            if let Some(oldest) = shelf.order.pop_front() {
                shelf.by_id.remove(&oldest);
            }
        }
        shelf.order.push_back(file.file_id.clone());
        shelf.by_id.insert(file.file_id.clone(), file);
    }

    pub(crate) fn find(&self, file_id: &str) -> Option<StoredFile> {
        lock(&self.shelf).by_id.get(file_id).cloned()
    }

    /// All kept files, oldest first.
    pub(crate) fn list(&self) -> Vec<StoredFile> {
        let shelf = lock(&self.shelf);
        shelf.order.iter().filter_map(|id| shelf.by_id.get(id).cloned()).collect()
    }
}
