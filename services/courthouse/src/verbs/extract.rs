//! `verband match`, `verband train`, `verband explain`: the matching engine on files.

use std::io::Write;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use extract::figures::{Figures, Labels, Truth, steward};
use extract::lines::Lines;
use extract::paths::kept_apart;
use extract::read::Unread;
use extract::run::{Trained, Training, solve, train_on};
use extract::{Map, Progress, Solved, lookups::Lookups, page, report, write};
use indicatif::{ProgressBar, ProgressStyle};
use matching::explain::{self, Basis, Of, Partition};
use matching::model::Model;
use matching::register::Row;
use matching::resolve::tasks;

/// What is compared, and by which model.
#[derive(Args)]
pub struct Input {
    /// Which column is what: a TOML file.
    #[arg(long)]
    map: PathBuf,
    /// The model; without one, that for Dutch court data which comes with the engine.
    #[arg(long, conflicts_with = "train")]
    model: Option<PathBuf>,
    /// Train a model on these very records, without labels.
    #[arg(long)]
    train: bool,
    /// The records, as CSV with a heading, in UTF-8; parted by commas, semicolons or tabs.
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

impl Input {
    /// The files that are read.
    fn paths(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().chain(&self.model).chain([&self.map]).map(PathBuf::as_path)
    }
}

/// See [`matching`].
#[derive(Args)]
pub struct MatchOptions {
    #[command(flatten)]
    input: Input,
    /// Where the groups go: `record_id,cluster_id`.
    #[arg(long)]
    out: PathBuf,
    /// Where the groups go that are certain.
    #[arg(long)]
    certain: Option<PathBuf>,
    /// Where the pairs go: `id_l,id_r,score`, the score in bits: above zero it is more likely one person than not.
    #[arg(long)]
    pairs: Option<PathBuf>,
    /// From how many bits on pairs are written.
    #[arg(long, default_value_t = 0.0, allow_negative_numbers = true)]
    pairs_from: f64,
    /// Where the tasks of a steward go: questions about the same groups are one task.
    #[arg(long)]
    tasks: Option<PathBuf>,
    /// Where a report goes: one HTML page that needs nothing beside it.
    #[arg(long)]
    report: Option<PathBuf>,
    /// The language of the report.
    #[arg(long, default_value = "nl")]
    language: Language,
    /// Looks up so many records once more, one by one among all, and says how long that takes.
    #[arg(long, default_value_t = 0)]
    lookups: u32,
    /// The truth, `record_id,cluster_id`: prints how good the result is. Nothing is decided by it.
    #[arg(long)]
    truth: Option<PathBuf>,
}

impl MatchOptions {
    /// The files that are written.
    fn written(&self) -> impl Iterator<Item = &Path> {
        let more = [&self.certain, &self.pairs, &self.tasks, &self.report];
        std::iter::once(&self.out).chain(more.into_iter().flatten()).map(PathBuf::as_path)
    }
}

/// See [`train`].
#[derive(Args)]
pub struct TrainOptions {
    /// Which column is what: a TOML file.
    #[arg(long)]
    map: PathBuf,
    /// Where the model goes.
    #[arg(long)]
    out: PathBuf,
    /// What the model is called.
    #[arg(long, default_value = "trained")]
    name: String,
    /// What it is trained on, in words that go with it.
    #[arg(long, default_value = "")]
    trained_on: String,
    /// A truth to calibrate on: `record_id,cluster_id`.
    #[arg(long)]
    truth: Option<PathBuf>,
    /// Rulings, which count in training: `id_l,id_r,same`, `same` being 1 or 0.
    #[arg(long)]
    rulings: Option<PathBuf>,
    /// The precision that certain pairs must have for sure, between 0 and 1.
    #[arg(long, default_value_t = 0.9995)]
    wanted: f64,
    /// The records, as CSV with a heading, in UTF-8; parted by commas, semicolons or tabs.
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

/// See [`explain`].
#[derive(Args)]
pub struct ExplainOptions {
    #[command(flatten)]
    input: Input,
    /// The ids of the two records.
    #[arg(long, num_args = 2, value_names = ["A", "B"], required = true)]
    pair: Vec<String>,
    /// The language of the sentence.
    #[arg(long, default_value = "nl")]
    language: Language,
    /// The whole explanation as JSON, as it is stored with a decision.
    #[arg(long)]
    json: bool,
}

/// A language.
#[derive(Clone, Copy, ValueEnum)]
enum Language {
    Nl,
    En,
}

impl From<Language> for explain::Language {
    fn from(language: Language) -> Self {
        match language {
            Language::Nl => Self::Dutch,
            Language::En => Self::English,
        }
    }
}

/// Bars on a terminal; nothing where there is none.
struct Bars(ProgressBar);

impl Bars {
    fn new(files: &[PathBuf]) -> Result<Self> {
        let bytes = files.iter().filter_map(|file| file.metadata().ok()).map(|file| file.len()).sum();
        let style = ProgressStyle::with_template("{msg:12} {bar:40} {bytes}/{total_bytes} {elapsed}")?;
        Ok(Self(ProgressBar::new(bytes).with_style(style).with_message("reading")))
    }
}

impl Progress for Bars {
    fn read(&self, bytes: u64) {
        self.0.inc(bytes);
    }

    fn begins(&self, part: &'static str) {
        self.0.set_message(part);
        self.0.tick();
    }
}

fn text(file: &Path) -> Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

fn solved(input: &Input) -> Result<(Map, Solved)> {
    let map = Map::parse(&text(&input.map)?)?;
    let model = match (&input.model, input.train) {
        (Some(file), _) => Some(Model::from_toml(&text(file)?)?),
        (None, false) => Some(Model::of_courts()?),
        (None, true) => None,
    };
    let bars = Bars::new(&input.files)?;
    let solved = solve(&input.files, &map, model, &bars)?;
    bars.0.finish_and_clear();
    Ok((map, solved))
}

/// Where the model of a result comes from.
fn origin(input: &Input) -> String {
    match (&input.model, input.train) {
        (Some(file), _) => file.display().to_string(),
        (None, true) => "--train".to_owned(),
        (None, false) => "court".to_owned(),
    }
}

/// What the command is for, to whoever reads it.
fn said() -> Lines<impl Write> {
    Lines::to(std::io::stdout().lock())
}

/// What somebody should know who takes what is said for all there is.
fn noted() -> Lines<impl Write> {
    Lines::to(std::io::stderr().lock())
}

/// Says who is who in files.
pub fn matching(options: &MatchOptions) -> Result<()> {
    kept_apart(options.input.paths().chain(options.truth.as_deref()), options.written())?;
    if options.pairs_from.is_nan() {
        bail!("--pairs-from is a number of bits");
    }
    let labels = options.truth.as_deref().map(Labels::read).transpose()?;
    let (map, solved) = solved(&options.input)?;
    // To give back what a million records hold, piece by piece, takes a while, and with this command the process ends.
    let solved = ManuallyDrop::new(solved);
    let Solved { register, model, edges, resolution, aside, unread } = &*solved;
    let mut out = said();
    let from = write::millibits(options.pairs_from);
    let pairs_and_tasks = || {
        options.pairs.as_deref().map_or(Ok(()), |file| write::pairs(file, register, edges, from))?;
        let tasks = tasks(&resolution.questions);
        options.tasks.as_deref().map_or(Ok(()), |file| write::tasks(file, register, &tasks))?;
        Ok(tasks)
    };
    let groups = || {
        write::clusters(&options.out, register, &resolution.possible)?;
        options.certain.as_deref().map_or(Ok(()), |file| write::clusters(file, register, &resolution.certain))
    };
    let tasks = write::beside(groups, pairs_and_tasks)?;
    if options.pairs.is_some() && from < solved.kept_from() {
        noted().say(format_args!(
            "--pairs-from {}: pairs of less than {} bits are not kept, and not written, unless they contradict each other",
            options.pairs_from,
            write::bits(solved.kept_from())
        ))?;
    }
    let groups = |group_of: &[Row]| (0..).zip(group_of).filter(|(row, group)| row == *group).count();
    out.say(format_args!(
        "{} records: {} persons for certain, {} possibly; {} questions to a steward in {} tasks",
        register.len(),
        groups(&resolution.certain),
        groups(&resolution.possible),
        resolution.questions.len(),
        tasks.len()
    ))?;
    say_aside(&mut out, aside)?;
    if options.lookups > 0 {
        let lookups = Lookups::of(&solved, map.link_only, options.lookups);
        let [half, most, all] = [500, 990, 1_000].map(|share| lookups.within(share).unwrap_or_default());
        out.say(format_args!(
            "one record found, compared and judged among {}: p50 {half:.1?}, p99 {most:.1?}, longest {all:.1?}",
            register.len()
        ))?;
    }
    let truth = labels.map(|labels| Truth::of(&labels, register));
    if let Some(truth) = &truth {
        say_known(&mut out, truth)?;
    }
    // Of a truth about other records nothing follows, least of all that no pair is wrong.
    let truth = truth.filter(|truth| truth.known > 0);
    if let Some(file) = &options.report {
        let title = options.input.files.iter().filter_map(|file| file.file_name()).map(|name| name.to_string_lossy());
        let title = title.collect::<Vec<_>>().join(", ");
        let page = page::report(
            &solved,
            &title,
            &origin(&options.input),
            map.link_only,
            truth.as_ref(),
            options.language.into(),
        )?;
        std::fs::write(file, report::html(&page)).with_context(|| format!("cannot write {}", file.display()))?;
    }
    if let Some(truth) = truth {
        show(&mut out, "certain groups", truth.figures(&resolution.certain))?;
        show(&mut out, "possible groups", truth.figures(&resolution.possible))?;
        show(&mut out, "pairs above zero", truth.of_pairs(edges, 0))?;
        let stewarded = steward(register, model, map.link_only, edges, resolution, &truth);
        show(&mut out, "certain groups, every question answered by the truth", stewarded.certain)?;
        out.say(format_args!(
            "tasks worked through: {}, {} for 1,000 records; {} questions in them",
            stewarded.tasks,
            per_1000(stewarded.tasks, register.len()),
            stewarded.questions
        ))?;
    }
    say_unread(&mut out, unread)
}

#[expect(clippy::cast_precision_loss, reason = "for one decimal")]
fn per_1000(count: usize, of: usize) -> String {
    format!("{:.1}", count as f64 * 1000.0 / of.max(1) as f64)
}

fn show(out: &mut Lines<impl Write>, what: &str, figures: Figures) -> Result<()> {
    let (precision, recall, f1) = (figures.precision(), figures.recall(), figures.f1());
    let wrong = figures.wrong;
    Ok(out.say(format_args!("{what}: precision {precision:.5}, recall {recall:.5}, F1 {f1:.5}, wrong pairs {wrong}"))?)
}

/// How many records are left alone because of their role.
fn say_aside(out: &mut Lines<impl Write>, aside: &[Box<str>]) -> Result<()> {
    if !aside.is_empty() {
        out.say(format_args!(
            "never linked: {} records of lawyers, institutions and others whose role leads from no case to another; each is \
             a person of its own",
            aside.len()
        ))?;
    }
    Ok(())
}

/// How many values of each field are none. Nothing else would show that a column is written in a way that nobody reads.
fn say_unread(out: &mut Lines<impl Write>, unread: &[Unread]) -> Result<()> {
    for Unread { field, values } in unread {
        out.say(format_args!("{field}: {values} values cannot be read, and count as unknown"))?;
    }
    Ok(())
}

/// Of how many records the truth says who they are.
fn say_known(out: &mut Lines<impl Write>, truth: &Truth) -> Result<()> {
    out.say(format_args!("truth: known of {} of {} records", truth.known, truth.records()))?;
    if truth.elsewhere > 0 {
        out.say(format_args!("truth: {} of its ids are in none of the files, and count for nothing", truth.elsewhere))?;
    }
    if truth.known == 0 {
        out.say(format_args!("truth: nothing can be said by it; are its record_ids those of the files?"))?;
    }
    Ok(())
}

/// Trains a model on files.
pub fn train(options: TrainOptions) -> Result<()> {
    let read = options.files.iter().chain([&options.map]).chain(&options.truth).chain(&options.rulings);
    kept_apart(read.map(PathBuf::as_path), [options.out.as_path()])?;
    if !(0.5..1.0).contains(&options.wanted) {
        bail!("--wanted is a precision from 0.5 up to, but not, 1");
    }
    let map = Map::parse(&text(&options.map)?)?;
    let training = Training {
        name: options.name,
        trained_on: options.trained_on,
        truth: options.truth.as_deref().map(Labels::read).transpose()?,
        rulings: options.rulings,
        wanted: options.wanted,
    };
    let bars = Bars::new(&options.files)?;
    let Trained { model, calibrated, aside, unread } = train_on(&options.files, &map, &training, &bars)?;
    bars.0.finish_and_clear();
    std::fs::write(&options.out, model.to_toml()?)
        .with_context(|| format!("cannot write {}", options.out.display()))?;
    let mut out = said();
    out.say(format_args!("model {} of {} records", model.id()?, model.provenance.records))?;
    say_aside(&mut out, &aside)?;
    say_unread(&mut out, &unread)?;
    let from = write::bits(model.thresholds.certain);
    let Some((truth, calibration)) = calibrated else {
        return Ok(out.say(format_args!("not calibrated: no truth was given; certain from {from} bits"))?);
    };
    say_known(&mut out, &truth)?;
    Ok(match calibration.certain {
        None => out.say(format_args!(
            "the labels prove no threshold for a precision of {}: certain from {from} bits as before",
            options.wanted,
        )),
        Some(_) => out.say(format_args!("certain from {from} bits, as the labels prove")),
    }?)
}

/// Explains what follows from two records.
pub fn explain(options: &ExplainOptions) -> Result<()> {
    let [a, b] = &options.pair[..] else { bail!("--pair takes two ids") };
    if a == b {
        bail!("--pair {a} {b} is one record: give the ids of two");
    }
    let (map, solved) = solved(&options.input)?;
    let mut out = said();
    for id in [a, b].into_iter().filter(|id| solved.stands_aside(id)) {
        noted()
            .say(format_args!("{id} stands in a role that leads from no case to another: it is linked to nothing"))?;
    }
    let (a, b) = (solved.row(a)?, solved.row(b)?);
    let basis = Basis::new(&solved.register, &solved.model).family(&solved.edges).link_only(map.link_only);
    let basis = basis.solved(&solved.resolution, a, b);
    let explanation = explain::pair(&basis, a, b);
    if options.json {
        return Ok(out.say(format_args!("{}", serde_json::to_string_pretty(&explanation)?))?);
    }
    let language = options.language.into();
    out.say(format_args!("{}", explanation.sentence(language)))?;
    for step in explanation.waterfall() {
        let (what, level) = match step.of {
            Of::Field(part) => (
                explain::field_label(&part.field, part.kind, language),
                explain::level_label(part.kind, &part.level, language),
            ),
            of => (explain::step_label(of, language), ""),
        };
        let (bits, reached) = (write::bits(step.bits), write::bits(step.reached));
        out.say(format_args!("{what:24} {level:32} {bits:>8} {reached:>8}"))?;
    }
    for partition in [Partition::Certain, Partition::Possible] {
        let parting = explain::why_not(&basis, &solved.resolution, partition, a, b);
        let said = parting.map_or_else(|| explain::joined(language).to_owned(), |why| why.sentence(language));
        out.say(format_args!("{}: {said}", explain::partition_label(partition, language)))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
