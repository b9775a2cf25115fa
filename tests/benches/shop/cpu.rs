//! What processes used, from /proc: the shop, its database, Redis, this driver, and everybody else.

use std::fs;
use std::ops::Sub;

/// The kernel counts in hundredths of a second, whatever its own clock does.
const TICKS_PER_SECOND: f64 = 100.0;
const KIB_PER_MIB: f64 = 1024.0;

/// The processes that are counted.
#[derive(Debug, Clone, Default)]
pub struct Meters {
    /// Processes of the shop.
    pub shop: Vec<u32>,
    /// The first process of PostgreSQL; its children are counted with it.
    pub postgres: Option<u32>,
    /// Redis.
    pub redis: Option<u32>,
}

/// Seconds of CPU, since the processes began or between two moments.
#[derive(Debug, Clone, Copy, Default)]
pub struct Spent {
    /// By the shop.
    pub shop: f64,
    /// By PostgreSQL.
    pub postgres: f64,
    /// By Redis.
    pub redis: f64,
    /// By this process.
    pub driver: f64,
    /// By the whole machine, the four above included.
    pub machine: f64,
}

impl Meters {
    /// What was used so far.
    pub fn read(&self) -> Spent {
        Spent {
            shop: self.shop.iter().map(|pid| used(*pid)).sum(),
            postgres: self.postgres.map(used_by_family).unwrap_or_default(),
            redis: self.redis.map(used).unwrap_or_default(),
            driver: used(std::process::id()),
            machine: used_by_machine(),
        }
    }

    /// Resident memory of the shop's processes, in MiB.
    pub fn resident_mib(&self) -> f64 {
        self.shop.iter().map(|pid| status_kib(*pid, "VmRSS:")).sum::<f64>() / KIB_PER_MIB
    }

    /// Memory of PostgreSQL, shared pages divided among those who share them, in MiB.
    pub fn postgres_mib(&self) -> f64 {
        let Some(first) = self.postgres else { return 0.0 };
        let family = children(first).into_iter().chain([first]);
        family.map(proportional_kib).sum::<f64>() / KIB_PER_MIB
    }
}

impl Spent {
    /// What the shop costs: everything that runs for it.
    pub fn of_shop(&self) -> f64 {
        self.shop + self.postgres + self.redis
    }

    /// What others on the machine used meanwhile, the kernel's own work included.
    pub fn elsewhere(&self) -> f64 {
        (self.machine - self.of_shop() - self.driver).max(0.0)
    }
}

impl Sub for Spent {
    type Output = Self;

    fn sub(self, before: Self) -> Self {
        Self {
            shop: self.shop - before.shop,
            postgres: self.postgres - before.postgres,
            redis: self.redis - before.redis,
            driver: self.driver - before.driver,
            machine: self.machine - before.machine,
        }
    }
}

/// A child of this process by the name of its program.
pub fn child_named(name: &str) -> Option<u32> {
    children(std::process::id()).into_iter().find(|pid| {
        fs::read_to_string(format!("/proc/{pid}/comm")).is_ok_and(|comm| comm.trim() == name)
    })
}

/// One line of /proc/<pid>/stat, from the process's state on.
struct Stat(Vec<String>);

impl Stat {
    fn of(pid: u32) -> Option<Self> {
        let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        // The name may hold anything, a closing bracket included.
        let (_, rest) = text.rsplit_once(')')?;
        Some(Self(rest.split_whitespace().map(str::to_owned).collect()))
    }

    fn parent(&self) -> Option<u32> {
        self.0.get(1)?.parse().ok()
    }

    fn seconds(&self, fields: impl IntoIterator<Item = usize>) -> f64 {
        let ticks = fields.into_iter().filter_map(|at| self.0.get(at)?.parse::<f64>().ok());
        ticks.sum::<f64>() / TICKS_PER_SECOND
    }
}

fn used(pid: u32) -> f64 {
    Stat::of(pid).map(|stat| stat.seconds(11..13)).unwrap_or_default()
}

/// With the children, those that have ended included.
fn used_by_family(first: u32) -> f64 {
    let own = Stat::of(first).map(|stat| stat.seconds(11..15)).unwrap_or_default();
    own + children(first).into_iter().map(used).sum::<f64>()
}

fn used_by_machine() -> f64 {
    let text = fs::read_to_string("/proc/stat").unwrap_or_default();
    let line = text.lines().next().unwrap_or_default();
    let fields: Vec<f64> = line.split_whitespace().filter_map(|text| text.parse().ok()).collect();
    // user nice system idle iowait irq softirq steal: all but the two that wait.
    let busy = fields.iter().take(3).chain(fields.iter().skip(5).take(3));
    busy.sum::<f64>() / TICKS_PER_SECOND
}

fn children(parent: u32) -> Vec<u32> {
    let Ok(entries) = fs::read_dir("/proc") else { return Vec::new() };
    let pids = entries.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    pids.filter(|pid| Stat::of(*pid).and_then(|stat| stat.parent()) == Some(parent)).collect()
}

fn status_kib(pid: u32, name: &str) -> f64 {
    kib(&format!("/proc/{pid}/status"), name)
}

fn proportional_kib(pid: u32) -> f64 {
    kib(&format!("/proc/{pid}/smaps_rollup"), "Pss:")
}

fn kib(path: &str, name: &str) -> f64 {
    let text = fs::read_to_string(path).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}
