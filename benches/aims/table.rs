//! Figures as Markdown, which reads well in a terminal too.

use std::sync::Mutex;

/// The machine that figures are of.
pub(crate) fn machine() -> String {
    let known = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let named = |line: &str| {
        line.strip_prefix("model name").map(|rest| rest.trim_start_matches(['\t', ':', ' ']).to_owned())
    };
    let model = known.lines().find_map(named).unwrap_or_else(|| "a processor without a name".to_owned());
    let system = nix::sys::utsname::uname();
    let release = system.as_ref().map(|system| system.release().to_string_lossy()).unwrap_or_default();
    format!("One core of {model}, Linux {release}.")
}

/// A table whose rows are printed as they are measured.
pub(crate) struct Table {
    columns: Vec<String>,
}

/// How wide the first column is, and the least of the others, in a terminal.
const FIRST: usize = 42;
const OTHERS: usize = 12;

impl Table {
    pub(crate) fn new(title: &str, columns: &[&str]) -> Self {
        println!("\n### {title}\n");
        let columns: Vec<_> = columns.iter().map(|column| format!("{column:>OTHERS$}")).collect();
        line("", &columns);
        println!("| --- |{}", " ---: |".repeat(columns.len()));
        Self { columns }
    }

    /// A row with a figure for each column; those that lack stay empty.
    pub(crate) fn row(&self, name: &str, figures: impl IntoIterator<Item = String>) {
        let figures = figures.into_iter().chain(std::iter::repeat(String::new()));
        let in_columns =
            |(column, figure): (&String, String)| format!("{figure:>0$}", column.chars().count());
        line(name, &self.columns.iter().zip(figures).map(in_columns).collect::<Vec<_>>());
    }
}

fn line(first: &str, others: &[String]) {
    println!("| {first:<FIRST$} | {} |", others.join(" | "));
}

/// Prints the rates of several servers, round by round, and how they are to those of the first in the same round.
pub(crate) fn rates(title: &str, unit: &str, names: &[&'static str], rates: &[Vec<f64>]) {
    let table = Table::new(title, &[unit, &format!("to {}", names[0]), "middle half"]);
    let ratios = ratios(rates);
    for ((name, each), ratio) in names.iter().zip(rates).zip(&ratios) {
        table.row(name, [count(Spread::of(each.iter().copied()).median), ratio.short(), ratio.half()]);
    }
    remember(title, names, &ratios);
}

/// How rates are to the first's in the same round.
pub(crate) fn ratios(rates: &[Vec<f64>]) -> Vec<Spread> {
    let to_first = |each: &Vec<f64>| Spread::of(each.iter().zip(&rates[0]).map(|(one, first)| one / first));
    rates.iter().map(to_first).collect()
}

/// What was compared, to what, and how each server was to that.
struct Compared {
    title: String,
    ratios: Vec<(&'static str, String)>,
}

static ALL: Mutex<Vec<Compared>> = Mutex::new(Vec::new());

/// Keeps what was compared for [`summary`].
pub(crate) fn remember(title: &str, names: &[&'static str], ratios: &[Spread]) {
    let ratios = names.iter().copied().zip(ratios.iter().map(|ratio| ratio.short())).collect();
    if let Ok(mut all) = ALL.lock() {
        all.push(Compared { title: title.to_owned(), ratios });
    }
}

/// Prints all that was compared in one table, of those servers.
pub(crate) fn summary(servers: &[&'static str]) {
    let Ok(all) = ALL.lock() else { return };
    if all.len() < 2 {
        return;
    }
    let is_there = |server: &&&str| all.iter().any(|one| one.ratios.iter().any(|(name, _)| name == *server));
    let servers: Vec<_> = servers.iter().filter(is_there).copied().collect();
    let table = Table::new("Ratios", &[&["to"], servers.as_slice()].concat());
    for compared in all.iter() {
        let of = |server: &&'static str| compared.ratios.iter().find(|(name, _)| name == server);
        let ratios =
            servers.iter().map(|server| of(server).map_or_else(String::new, |(_, ratio)| ratio.clone()));
        let reference = compared.ratios.first().map_or("", |(name, _)| name);
        table.row(&compared.title, [reference.to_owned()].into_iter().chain(ratios));
    }
}

/// Where figures lie.
#[derive(Clone, Copy)]
pub(crate) struct Spread {
    pub(crate) low: f64,
    pub(crate) median: f64,
    pub(crate) high: f64,
}

impl Spread {
    /// The median, and between what the middle half lies.
    pub(crate) fn of(figures: impl IntoIterator<Item = f64>) -> Self {
        let mut figures: Vec<_> = figures.into_iter().collect();
        figures.sort_by(f64::total_cmp);
        let at = |share: f64| figures[((figures.len() - 1) as f64 * share).round() as usize];
        Self { low: at(0.25), median: at(0.5), high: at(0.75) }
    }

    pub(crate) fn short(self) -> String {
        format!("{:.2}", self.median)
    }

    pub(crate) fn half(self) -> String {
        format!("{:.2} to {:.2}", self.low, self.high)
    }
}

/// A large number, to three digits.
pub(crate) fn count(figure: f64) -> String {
    match figure {
        1e6.. => format!("{:.2} M", figure / 1e6),
        1e4.. => format!("{:.0} k", figure / 1e3),
        1e3.. => format!("{:.1} k", figure / 1e3),
        _ => format!("{figure:.0}"),
    }
}

pub(crate) fn kilobytes(bytes: f64) -> String {
    format!("{:.2} KB", bytes / 1e3)
}

pub(crate) fn megabytes(bytes: f64) -> String {
    format!("{:.2} MB", bytes / 1e6)
}

pub(crate) fn milliseconds(seconds: f64) -> String {
    format!("{:.2} ms", seconds * 1e3)
}
