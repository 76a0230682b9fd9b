//! Where things stand in a chart: in percent of its width and height, so that it fits any width with its text as large as
//! ever.

/// The top of the area in which something is drawn, in percent of the height.
const TOP: f64 = 6.0;
/// Its bottom; the labels of the axis stand below.
const BOTTOM: f64 = 88.0;

/// A mark on an axis, with its label.
pub(super) struct Tick {
    /// Where, in percent.
    pub at: String,
    /// What it says.
    pub label: String,
    /// How its label is anchored, so that it stays within the chart.
    pub anchor: &'static str,
}

impl Tick {
    /// A mark on the horizontal axis.
    pub fn across(share: f64, label: String) -> Self {
        let anchor = match share {
            share if share < 0.08 => "start",
            share if share > 0.92 => "end",
            _ => "middle",
        };
        Self { at: percent(share * 100.0), label, anchor }
    }

    /// A mark on the vertical axis.
    pub fn up(share: f64, label: String) -> Self {
        Self { at: percent(height(share)), label, anchor: "end" }
    }
}

/// A number of percent with two decimals.
pub(super) fn percent(number: f64) -> String {
    format!("{number:.2}")
}

/// Where a share of the height is, from the top, in percent.
pub(super) fn height(share: f64) -> f64 {
    BOTTOM - share.clamp(0.0, 1.0) * (BOTTOM - TOP)
}

/// The place of a number between two others, from 0 to 1.
pub(super) fn share(number: f64, from: f64, to: f64) -> f64 {
    if to > from { ((number - from) / (to - from)).clamp(0.0, 1.0) } else { 0.0 }
}

/// A count as a number to draw with.
pub(super) fn drawn(count: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a chart is not read to the last of 2^52")]
    let drawn = count as f64;
    drawn
}

/// The place of a count on a logarithmic axis that ends at a power of ten; nothing is at 0, one is just above.
pub(super) fn logarithmic(count: u64, powers: u32) -> f64 {
    if count == 0 { 0.0 } else { share(drawn(count).log10() + 0.3, 0.0, f64::from(powers) + 0.3) }
}

/// The power of ten that is at least as large as a count; one at least.
pub(super) fn powers(most: u64) -> u32 {
    (1..20).find(|power| 10_u64.checked_pow(*power).is_none_or(|ten| ten >= most)).unwrap_or(20)
}

/// Round numbers between two, at most so many steps apart.
pub(super) fn round(from: i64, to: i64, steps: i64) -> Vec<i64> {
    let sizes = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];
    let step = sizes.into_iter().find(|size| (to - from) / size <= steps).unwrap_or(2_000);
    let first = from.div_euclid(step) * step;
    (0..).map(|number| first + number * step).skip_while(|at| *at < from).take_while(|at| *at <= to).collect()
}
