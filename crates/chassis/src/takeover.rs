//! Taking over from an older shop: what became of the rows of a batch, in the words of the service that they came to.
//!
//! Services write such rows in a transaction of the caller, who knows the older shop, decides whether it commits, and
//! makes all ids from the older shop's keys: the same row again finds itself and changes nothing.

/// What became of a batch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Rows that are new here.
    pub taken: u64,
    /// Rows that were here before.
    pub known: u64,
    /// Rows of which something has to be said.
    pub remarks: Vec<Remark>,
}

/// What is said of one row. It goes into a report: no secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Its place in the batch.
    pub place: usize,
    /// Whether it came over.
    pub fate: Fate,
    /// Why, for people.
    pub why: String,
}

/// Whether a row that is spoken of came over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Not as it was.
    Changed,
    /// Not at all.
    Left,
}

impl Outcome {
    /// A row came over, but not as it was.
    pub fn changed(&mut self, place: usize, why: impl Into<String>) {
        self.remarks.push(Remark { place, fate: Fate::Changed, why: why.into() });
    }

    /// A row did not come over.
    pub fn left(&mut self, place: usize, why: impl Into<String>) {
        self.remarks.push(Remark { place, fate: Fate::Left, why: why.into() });
    }

    /// A row is new here.
    pub fn came(&mut self) {
        self.taken += 1;
    }

    /// A row was here before.
    pub fn was_here(&mut self) {
        self.known += 1;
    }
}
