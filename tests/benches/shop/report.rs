//! The tables: each figure beside what is asked for and what the machine could do, and all that was measured.

use std::fmt::Write as _;
use std::path::Path;

use crate::catalogue::Looks;
use crate::load::Summary;
use crate::measured::{Measured, Starts};

/// What a figure is held against.
struct Figure {
    name: &'static str,
    /// Absent: was not measured.
    value: Option<f64>,
    unit: &'static str,
    step: Bound,
    aim: Bound,
    /// Against what the machine could do, in words.
    ratio: String,
}

/// A bound in the figure's unit.
#[derive(Clone, Copy)]
enum Bound {
    AtMost(f64),
    AtLeast(f64),
}

impl Bound {
    fn holds(self, value: f64) -> bool {
        match self {
            Self::AtMost(most) => value <= most,
            Self::AtLeast(least) => value >= least,
        }
    }

    fn print(self, unit: &str) -> String {
        match self {
            Self::AtMost(most) => format!("<= {}", number(most, unit)),
            Self::AtLeast(least) => format!(">= {}", number(least, unit)),
        }
    }
}

/// Both tables as Markdown.
pub fn markdown(measured: &Measured) -> String {
    let mut text = format!("# Bench\n\n{}\n\n", measured.conditions);
    text.push_str("| figure | measured | step | aim | ratio to the machine's limit |\n");
    text.push_str("| --- | --- | --- | --- | --- |\n");
    for figure in figures(measured) {
        let shown = match figure.value {
            None => "not measured".to_owned(),
            Some(value) => {
                let miss = if figure.step.holds(value) { "" } else { " (misses the step)" };
                format!("{}{miss}", number(value, figure.unit))
            }
        };
        let (step, aim) = (figure.step.print(figure.unit), figure.aim.print(figure.unit));
        let (name, ratio) = (figure.name, figure.ratio);
        writeln!(text, "| {name} | {shown} | {step} | {aim} | {ratio} |").expect("text grows");
    }
    text.push('\n');
    text.push_str(&details(measured));
    text
}

/// Writes the tables and prints them.
///
/// # Errors
/// The file cannot be written.
pub fn publish(measured: &Measured, out: &Path) -> std::io::Result<()> {
    let text = markdown(measured);
    if let Some(folder) = out.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(out, &text)?;
    println!("{text}");
    Ok(())
}

fn figures(measured: &Measured) -> Vec<Figure> {
    let mut all = screen_figures(measured);
    all.extend(purchase_figures(measured));
    all.extend(catalogue_figures(measured));
    all.extend(process_figures(measured));
    all
}

fn screen_figures(measured: &Measured) -> Vec<Figure> {
    let of_hop = |rate: Option<f64>| match (rate, &measured.server) {
        (Some(rate), Some(server)) => {
            format!("{:.3} of a bare POST with one hop", rate / server.hops)
        }
        _ => String::new(),
    };
    let of_hop_cpu = |cpu: Option<f64>| match (cpu, &measured.server) {
        (Some(cpu), Some(server)) => {
            format!("{:.0} x a bare POST with one hop", cpu / server.hop_cpu)
        }
        _ => String::new(),
    };
    let figure = |name, value: Option<f64>, unit, (step, aim)| Figure {
        name,
        value,
        unit,
        step,
        aim,
        ratio: String::new(),
    };
    let most = |step, aim| (Bound::AtMost(step), Bound::AtMost(aim));
    let least = |step, aim| (Bound::AtLeast(step), Bound::AtLeast(aim));
    let (alone, start, browse) = (&measured.alone, &measured.start, &measured.browse);
    let cpu = |one: &Option<Summary>| one.as_ref().map(Summary::cpu);
    let rate = |one: &Option<Summary>| one.as_ref().map(|one| one.updates_per_s);
    let p50 = alone.as_ref().map(|one| one.p50_ms);
    let p99 = alone.as_ref().map(|one| one.p99_ms);
    vec![
        Figure {
            ratio: of_hop_cpu(cpu(start)),
            ..figure("CPU of /start, PostgreSQL included", cpu(start), "ms", most(0.8, 0.4))
        },
        Figure {
            ratio: of_hop_cpu(cpu(browse)),
            ..figure("CPU of a browsing press", cpu(browse), "ms", most(0.8, 0.4))
        },
        Figure {
            ratio: of_hop(rate(start)),
            ..figure("/start, 40 in flight", rate(start), "/s", least(2e3, 4e3))
        },
        Figure {
            ratio: of_hop(rate(browse)),
            ..figure("browsing, 40 in flight", rate(browse), "/s", least(2e3, 4e3))
        },
        figure("/start alone, p50", p50, "ms", most(5.0, 2.0)),
        figure("/start alone, p99", p99, "ms", most(15.0, 6.0)),
    ]
}

fn purchase_figures(measured: &Measured) -> Vec<Figure> {
    let limit = measured.database.as_ref();
    let orders = measured.orders.as_ref().map(|orders| orders.turns_per_s);
    let chat = measured.purchase.as_ref().map(|purchase| purchase.turns_per_s);
    let by_statement = limit.map(|limit| limit.by_statement);
    let ratio = orders.zip(by_statement).map(|(orders, limit)| orders / limit);
    let in_words = |rate: Option<f64>| match (rate, limit) {
        (Some(rate), Some(limit)) => format!(
            "{:.2} of {:.0}/s by statement, {:.2} of {:.0}/s in one",
            rate / limit.by_statement,
            limit.by_statement,
            rate / limit.in_one,
            limit.in_one
        ),
        _ => String::new(),
    };
    vec![
        Figure {
            name: "purchases by the order RPC, to the hand-written transaction",
            value: ratio,
            unit: "x",
            step: Bound::AtLeast(1.0 / 3.0),
            aim: Bound::AtLeast(0.5),
            ratio: orders
                .map(|rate| format!("{rate:.0}/s: {}", in_words(orders)))
                .unwrap_or_default(),
        },
        Figure {
            name: "purchases through the chat, 40 in flight",
            value: chat,
            unit: "/s",
            step: Bound::AtLeast(250.0),
            aim: Bound::AtLeast(500.0),
            ratio: in_words(chat),
        },
        Figure {
            name: "1,000 people on 100 units, all answered",
            value: measured.rush.as_ref().map(|rush| rush.seconds),
            unit: "s",
            step: Bound::AtMost(3.0),
            aim: Bound::AtMost(1.0),
            ratio: String::new(),
        },
    ]
}

fn catalogue_figures(measured: &Measured) -> Vec<Figure> {
    let figure = |name, of: fn(&Looks) -> [f64; 3]| {
        let looks = measured.catalogue.as_ref().map(|one| (of(&one.small), of(&one.large)));
        let ratios = |(small, large): ([f64; 3], [f64; 3])| {
            [0, 1, 2].map(|screen| large[screen] / small[screen]).into_iter().fold(0.0, f64::max)
        };
        let in_words = |([a, b, c], [x, y, z]): ([f64; 3], [f64; 3])| {
            format!("shop {x:.2} / {a:.2} ms, category {y:.2} / {b:.2} ms, item {z:.2} / {c:.2} ms")
        };
        Figure {
            name,
            value: looks.map(ratios),
            unit: "x",
            step: Bound::AtMost(1.5),
            aim: Bound::AtMost(1.2),
            ratio: looks.map(in_words).unwrap_or_default(),
        }
    };
    vec![
        figure("screens over 5,000,000 units to those of a small shop, read", |one| one.fresh),
        figure("the same, remembered", |one| one.remembered),
    ]
}

fn process_figures(measured: &Measured) -> Vec<Figure> {
    let split = measured.split.as_ref().zip(measured.browse.as_ref());
    let of_starts = |figure: fn(&Starts) -> f64| measured.starts.as_ref().map(figure);
    let most = |name, value, unit, (step, aim)| Figure {
        name,
        value,
        unit,
        step: Bound::AtMost(step),
        aim: Bound::AtMost(aim),
        ratio: String::new(),
    };
    vec![
        most(
            "four processes instead of one, CPU of a browsing press",
            split.map(|(split, one)| split.browse.cpu() / one.cpu()),
            "x",
            (2.5, 1.7),
        ),
        most("resident memory, idle", of_starts(|one| one.idle_mib), "MiB", (80.0, 50.0)),
        most("resident memory after the load", measured.loaded_mib, "MiB", (160.0, 100.0)),
        most("first start, to ready", of_starts(|one| one.first_s), "s", (4.0, 2.0)),
        most("later start, to ready", of_starts(|one| one.later_s), "s", (1.0, 0.3)),
    ]
}

fn details(measured: &Measured) -> String {
    let mut text = String::from(
        "CPU in milliseconds per update, which is seconds per 1,000; the driver's is not the \
         shop's.\n\n| scenario | in flight | updates/s | turns/s | p50 / p99 ms | whole turn p50 \
         ms | CPU shop + PostgreSQL + Redis | CPU driver | rest of the machine, % of a core |\n\
         | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for (name, one) in measured.scenarios() {
        writeln!(
            text,
            "| {name} | {} | {:.0} | {:.0} | {:.2} / {:.2} | {:.2} | {:.3} = {:.3} + {:.3} + {:.3} \
             | {:.3} | {:.0} |",
            one.in_flight,
            one.updates_per_s,
            one.turns_per_s,
            one.p50_ms,
            one.p99_ms,
            one.turn_p50_ms,
            one.cpu(),
            one.shop_cpu,
            one.postgres_cpu,
            one.redis_cpu,
            one.driver_cpu,
            one.elsewhere_percent,
        )
        .expect("text grows");
    }
    text.push('\n');
    for line in measured.remarks() {
        writeln!(text, "- {line}").expect("text grows");
    }
    text
}

fn number(value: f64, unit: &str) -> String {
    match unit {
        "/s" => format!("{value:.0}/s"),
        "MiB" => format!("{value:.0} MiB"),
        "x" => format!("{value:.2} x"),
        _ => format!("{value:.2} {unit}"),
    }
}
