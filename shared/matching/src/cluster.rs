//! From pairs to groups: constrained average linkage (agglomerative, Sokal and Michener 1958, with must-links and
//! cannot-links) on all pairs of a component.
//!
//! Order-free: the two groups that agree best are joined first; of equals, those with the smallest members. Averages are
//! compared as fractions, never as floats.

/// What stands between two records, or two groups of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Tie {
    /// The sum of the weights of all pairs, in thousandths of a bit.
    pub weight: i64,
    /// Whether a pair may be joined at all in this round.
    pub linked: bool,
    /// Whether a pair is kept apart.
    pub parted: bool,
}

impl Tie {
    const fn with(self, other: Self) -> Self {
        Self {
            weight: self.weight + other.weight,
            linked: self.linked | other.linked,
            parted: self.parted | other.parted,
        }
    }
}

/// Two groups that were joined, each with its members as they were then, sorted.
pub(crate) type Join = (Vec<usize>, Vec<usize>);

/// Joins groups for as long as two of them agree on average by at least `threshold`, are linked by a pair and kept apart by
/// none. `tie` says what stands between two records. Answers the groups, and the joins in their order.
pub(crate) fn agglomerate(
    mut groups: Vec<Vec<usize>>,
    threshold: i32,
    tie: impl Fn(usize, usize) -> Tie,
) -> (Vec<Vec<usize>>, Vec<Join>) {
    for group in &mut groups {
        group.sort_unstable();
    }
    groups.sort_unstable();
    let count = groups.len();
    let mut ties = vec![Tie::default(); count * count];
    for a in 0..count {
        for b in a + 1..count {
            let pairs = groups[a].iter().flat_map(|i| groups[b].iter().map(move |j| (*i, *j)));
            let sum = pairs.map(|(i, j)| tie(i, j)).fold(Tie::default(), Tie::with);
            (ties[a * count + b], ties[b * count + a]) = (sum, sum);
        }
    }
    let mut joins = Vec::new();
    while let Some((a, b)) = best(&groups, &ties, threshold) {
        let joined = std::mem::take(&mut groups[b]);
        joins.push((groups[a].clone(), joined.clone()));
        groups[a].extend(joined);
        groups[a].sort_unstable();
        for other in (0..count).filter(|other| *other != a && *other != b) {
            let sum = ties[a * count + other].with(ties[b * count + other]);
            (ties[a * count + other], ties[other * count + a]) = (sum, sum);
        }
    }
    groups.retain(|group| !group.is_empty());
    (groups, joins)
}

/// The two groups to join next. Groups stand in the order of their smallest members, so the first of equals is the one.
fn best(groups: &[Vec<usize>], ties: &[Tie], threshold: i32) -> Option<(usize, usize)> {
    let count = groups.len();
    let mut best: Option<(i64, i64, usize, usize)> = None;
    for a in (0..count).filter(|a| !groups[*a].is_empty()) {
        for b in (a + 1..count).filter(|b| !groups[*b].is_empty()) {
            let tie = ties[a * count + b];
            let pairs = i64::try_from(groups[a].len() * groups[b].len()).unwrap_or(i64::MAX);
            if tie.parted || !tie.linked || tie.weight < i64::from(threshold) * pairs {
                continue;
            }
            // a/b > c/d, as integers.
            let better = |(weight, of, ..): (i64, i64, usize, usize)| {
                i128::from(tie.weight) * i128::from(of) > i128::from(weight) * i128::from(pairs)
            };
            if best.is_none_or(better) {
                best = Some((tie.weight, pairs, a, b));
            }
        }
    }
    best.map(|(_, _, a, b)| (a, b))
}
