//! The Bot API calls that arrived, the newest of them, with their parameters and outcomes.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::lock::lock;

/// A Bot API call that was executed or refused.
#[derive(Debug, Clone, Serialize)]
pub struct Call {
    pub method: &'static str,
    /// Whom it concerns: the chat, or the person whose query it answers.
    pub chat: Option<i64>,
    pub at: Timestamp,
    /// When the call had arrived in full.
    #[serde(skip)]
    pub arrived: Instant,
    pub parameters: Map<String, Value>,
    /// The HTTP status of the answer; 0 when the connection was closed instead.
    pub status: u16,
    /// Why it was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The message that was sent or changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_id: Option<i64>,
}

pub(crate) struct Journal {
    calls: Mutex<VecDeque<Arc<Call>>>,
    keep: usize,
}

impl Journal {
    pub(crate) fn new(keep: usize) -> Self {
        Self { calls: Mutex::default(), keep }
    }

    pub(crate) fn record(&self, call: Call) {
        if self.keep == 0 {
            return;
        }
        let mut calls = lock(&self.calls);
        while calls.len() >= self.keep {
            calls.pop_front();
        }
        calls.push_back(Arc::new(call));
    }

    /// The calls that concern one chat, or all, oldest first.
    pub(crate) fn list(&self, chat: Option<i64>) -> Vec<Arc<Call>> {
        let calls = lock(&self.calls);
        calls.iter().filter(|call| chat.is_none() || call.chat == chat).cloned().collect()
    }

    pub(crate) fn clear(&self) {
        lock(&self.calls).clear();
    }
}
