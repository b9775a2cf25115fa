//! What an import says at its end: each table, each row of which something has to be said, and whether the totals agree.

use std::fmt::{self, Write as _};

use chassis::takeover::{Fate, Outcome};

use super::amounts::Hundredths;

/// All that is to be said.
#[derive(Debug, Default)]
pub struct Report {
    tables: Vec<(&'static str, Tally)>,
    remarks: Vec<String>,
    totals: Vec<Total>,
}

/// What became of a table.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    taken: u64,
    known: u64,
    left: u64,
}

/// A total there and here.
#[derive(Debug)]
pub struct Total {
    /// Of what.
    pub name: &'static str,
    /// By the older shop's own sums.
    pub there: Hundredths,
    /// Of what is there, how much did not come over, as the remarks say.
    pub left: Hundredths,
    /// By the sums of the new tables.
    pub here: Hundredths,
    /// Whether it counts things and not money.
    pub counts: bool,
}

impl Total {
    /// A number of things.
    pub fn count(name: &'static str, there: i64, left: u64, here: u64) -> Self {
        let hundred = |count: i128| Hundredths(count * 100);
        let (there, left, here) = (there.into(), left.into(), here.into());
        Self { name, there: hundred(there), left: hundred(left), here: hundred(here), counts: true }
    }

    fn agrees(&self) -> bool {
        self.there - self.left == self.here
    }
}

impl Report {
    /// Notes what became of a batch of a table, whose rows have these keys.
    pub fn note(&mut self, table: &'static str, keys: &[i64], outcome: &Outcome) {
        let tally = self.tally(table);
        tally.taken += outcome.taken;
        tally.known += outcome.known;
        for remark in &outcome.remarks {
            match remark.fate {
                Fate::Left => self.left(table, keys[remark.place], &remark.why),
                Fate::Changed => self.changed(table, keys[remark.place], &remark.why),
            }
        }
    }

    /// Notes rows that are new here, and rows that were here.
    pub fn taken(&mut self, table: &'static str, taken: u64, known: u64) {
        let tally = self.tally(table);
        tally.taken += taken;
        tally.known += known;
    }

    /// Notes a row that is not taken over.
    pub fn left(&mut self, table: &'static str, key: i64, why: &str) {
        self.tally(table).left += 1;
        self.remarks.push(format!("left     {table} {key}: {why}"));
    }

    /// Notes a row that is taken over with a difference.
    pub fn changed(&mut self, table: &'static str, key: i64, why: &str) {
        self.remarks.push(format!("changed  {table} {key}: {why}"));
    }

    /// Notes a whole table that is not taken over.
    pub fn left_whole(&mut self, table: &'static str, rows: i64, why: &str) {
        self.tally(table).left += rows.unsigned_abs();
        self.remarks.push(format!("left     {table}, all {rows} rows: {why}"));
    }

    /// Notes a total.
    pub fn total(&mut self, total: Total) {
        self.totals.push(total);
    }

    /// What is new here, by table.
    pub fn news(&self) -> impl Iterator<Item = (&'static str, u64)> {
        let counts = self.tables.iter().map(|(name, tally)| (*name, tally.taken));
        counts.filter(|(_, taken)| *taken > 0)
    }

    /// How many rows of a table were left.
    pub fn rows_left(&self, table: &str) -> u64 {
        let tally = self.tables.iter().find(|(name, _)| *name == table);
        tally.map_or(0, |(_, tally)| tally.left)
    }

    /// Whether every total there is found here, but for what is said to be left.
    pub fn agrees(&self) -> bool {
        self.totals.iter().all(Total::agrees)
    }

    fn tally(&mut self, table: &'static str) -> &mut Tally {
        let at = self.tables.iter().position(|(name, _)| *name == table).unwrap_or_else(|| {
            self.tables.push((table, Tally::default()));
            self.tables.len() - 1
        });
        &mut self.tables[at].1
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<20} {:>10} {:>12} {:>10}", "table", "taken", "here before", "left")?;
        for (name, Tally { taken, known, left }) in &self.tables {
            writeln!(f, "{name:<20} {taken:>10} {known:>12} {left:>10}")?;
        }
        if !self.remarks.is_empty() {
            writeln!(f, "\nrows that did not come over as they were")?;
            // What a row holds may be anything: one line stays one line.
            for remark in &self.remarks {
                let plain = remark.chars().map(|c| if c.is_control() { ' ' } else { c });
                writeln!(f, "  {}", plain.collect::<String>())?;
            }
        }
        let head = ["total", "there", "left", "here"];
        writeln!(f, "\n{:<20} {:>16} {:>12} {:>16}", head[0], head[1], head[2], head[3])?;
        self.totals.iter().try_for_each(|total| {
            let amount = |amount: Hundredths| {
                if total.counts { (amount.0 / 100).to_string() } else { amount.to_string() }
            };
            let mut line = String::new();
            write!(line, "{:<20} {:>16}", total.name, amount(total.there))?;
            write!(line, " {:>12} {:>16}", amount(total.left), amount(total.here))?;
            let word = if total.agrees() { "agrees" } else { "DIFFERS" };
            writeln!(f, "{line}  {word}")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_total_agrees_when_what_is_missing_is_spoken_of() {
        let mut report = Report::default();
        report.total(Total::count("people", 12, 1, 11));
        assert!(report.agrees());
        report.total(Total {
            name: "balances",
            there: Hundredths(1_000),
            left: Hundredths(-500),
            here: Hundredths(1_500),
            counts: false,
        });
        assert!(report.agrees(), "a debt that is left makes it more here");
        report.total(Total::count("purchases", 5, 0, 4));
        assert!(!report.agrees());
        let text = report.to_string();
        assert_eq!(text.matches("agrees").count(), 2, "{text}");
        assert_eq!(text.matches("DIFFERS").count(), 1, "{text}");
        assert!(text.contains("10.00") && text.contains("-5.00"), "{text}");
    }

    #[test]
    fn rows_are_spoken_of_by_their_keys_on_one_line_each() {
        let mut report = Report::default();
        let mut outcome = Outcome { taken: 2, known: 1, remarks: Vec::new() };
        outcome.left(1, "its price\nmust be\u{7} more");
        outcome.changed(0, "its name is taken");
        report.note("goods", &[7, 8], &outcome);
        report.left_whole("reviews", 3, "not yet");
        let text = report.to_string();
        assert!(text.contains("  left     goods 8: its price must be  more\n"), "{text}");
        assert!(text.contains("  changed  goods 7: its name is taken\n"), "{text}");
        assert_eq!((report.rows_left("goods"), report.rows_left("reviews")), (1, 3));
    }
}
