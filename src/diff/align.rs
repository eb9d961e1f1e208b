//! Which sentences of two texts say the same.

use super::view::View;

/// A word in more sentences of the variant than this links nothing.
const MAX_POSTINGS: usize = 150;
/// Least score of a link between two sentences that are each other's best.
const MUTUAL: f64 = 0.16;
/// Least score of a link that is the best of one side only (splits and merges).
const ONE_SIDED: f64 = 0.22;

/// Least score of a link that is nearly the best of both sides.
const STRONG: f64 = 0.22;
/// What counts as nearly: this share of the better one.
const STRONG_SHARE: f64 = 0.7;
/// What the same place in both texts adds to a score.
const PLACE: f64 = 0.05;

/// Least score of two sentences that are all that their texts say.
const ALONE: f64 = 0.5;

/// Two sentences that share content.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Link {
    pub(super) base: usize,
    pub(super) variant: usize,
    pub(super) score: f64,
}

/// The links between the sentences of two texts.
#[derive(Debug, Default)]
pub(super) struct Alignment {
    /// Sorted by base sentence, best first.
    forward: Vec<Vec<Link>>,
    /// Sorted by variant sentence, best first.
    backward: Vec<Vec<Link>>,
}

impl Alignment {
    /// Links of a base sentence, best first.
    pub(super) fn of_base(&self, sentence: usize) -> &[Link] {
        self.forward.get(sentence).map_or(&[], Vec::as_slice)
    }

    /// Links of a variant sentence, best first.
    pub(super) fn of_variant(&self, sentence: usize) -> &[Link] {
        self.backward.get(sentence).map_or(&[], Vec::as_slice)
    }

    /// How strongly two sentences are linked; 0 if not.
    pub(super) fn score(&self, base: usize, variant: usize) -> f64 {
        self.of_base(base).iter().find(|l| l.variant == variant).map_or(0.0, |l| l.score)
    }
}

/// Content words of each sentence by their numbers with their weights; the weights of one sentence have the norm 1.
fn vectors(view: &View<'_>, rarity: &[u32]) -> Vec<Vec<(u32, f64)>> {
    (0..view.sentences())
        .map(|s| {
            let mut vector: Vec<(u32, f64)> = Vec::new();
            for at in view.words_in(s).filter(|&at| view.content[at]) {
                let id = view.ids[at];
                let kind = if view.canon[at].as_bytes().first().is_some_and(u8::is_ascii_digit) {
                    1.6
                } else if view.named[at] {
                    1.2
                } else {
                    1.0
                };
                vector.push((id, kind / f64::from(rarity[id as usize].max(1)).sqrt()));
            }
            // of a repeated word the last counts
            vector.reverse();
            vector.sort_by_key(|&(id, _)| id);
            vector.dedup_by_key(|&mut (id, _)| id);
            let norm = vector.iter().map(|(_, w)| w * w).sum::<f64>().sqrt().max(1e-9);
            vector.iter_mut().for_each(|(_, w)| *w /= norm);
            vector
        })
        .collect()
}

/// Links the sentences of two texts by the weighted cosine of their content words: mutual best pairs, then sentences
/// that are the best of one side (a sentence split in two, two merged into one). Moved sentences are found like others.
pub(super) fn align(base: &View<'_>, variant: &View<'_>) -> Alignment {
    let words = base.vocabulary().max(variant.vocabulary());
    let mut rarity = vec![0_u32; words];
    for view in [base, variant] {
        for s in 0..view.sentences() {
            let mut words: Vec<u32> = view.words_in(s).filter(|&at| view.content[at]).map(|at| view.ids[at]).collect();
            words.sort_unstable();
            words.dedup();
            words.into_iter().for_each(|word| rarity[word as usize] += 1);
        }
    }
    let left = vectors(base, &rarity);
    let right = vectors(variant, &rarity);
    let mut postings: Vec<Vec<(usize, f64)>> = vec![Vec::new(); words];
    for (s, vector) in right.iter().enumerate() {
        for &(word, weight) in vector {
            postings[word as usize].push((s, weight));
        }
    }
    let alone = left.len() == 1 && right.len() == 1;
    let mut links: Vec<Link> = Vec::new();
    let mut sums = vec![0.0; right.len()];
    for (b, vector) in left.iter().enumerate() {
        let mut touched = Vec::new();
        for &(word, weight) in vector {
            for &(v, other) in postings.get(word as usize).filter(|p| p.len() <= MAX_POSTINGS).map_or(&[][..], Vec::as_slice) {
                if sums[v] == 0.0 {
                    touched.push(v);
                }
                sums[v] += weight * other;
            }
        }
        touched.sort_unstable();
        let mut found: Vec<Link> = touched
            .iter()
            .map(|&v| Link { base: b, variant: v, score: (sums[v] + PLACE * nearness(b, left.len(), v, right.len())).min(1.0) })
            .collect();
        if alone {
            let shared = found.first().map_or(0.0, |l| l.score);
            found = vec![Link { base: 0, variant: 0, score: shared.max(ALONE) }];
        }
        found.sort_by(|x, y| y.score.total_cmp(&x.score).then(x.variant.cmp(&y.variant)));
        links.extend(found.iter().take(12));
        for v in touched {
            sums[v] = 0.0;
        }
    }
    choose(&links, left.len(), right.len())
}

/// 1 for sentences at the same relative place of their texts, 0 for opposite ends.
fn nearness(b: usize, bases: usize, v: usize, variants: usize) -> f64 {
    let relative = |at: usize, of: usize| at as f64 / of.max(1) as f64;
    1.0 - (relative(b, bases) - relative(v, variants)).abs()
}

fn choose(links: &[Link], bases: usize, variants: usize) -> Alignment {
    let mut best_of_base = vec![0.0_f64; bases];
    let mut best_of_variant = vec![0.0_f64; variants];
    for link in links {
        best_of_base[link.base] = best_of_base[link.base].max(link.score);
        best_of_variant[link.variant] = best_of_variant[link.variant].max(link.score);
    }
    let mut out = Alignment { forward: vec![Vec::new(); bases], backward: vec![Vec::new(); variants] };
    for link in links {
        let first = link.score >= best_of_base[link.base];
        let second = link.score >= best_of_variant[link.variant];
        let strong = link.score >= STRONG_SHARE * best_of_base[link.base].max(best_of_variant[link.variant]) && link.score >= STRONG;
        let kept = if first && second { link.score >= MUTUAL } else { strong || (first || second) && link.score >= ONE_SIDED };
        if kept {
            out.forward[link.base].push(*link);
            out.backward[link.variant].push(*link);
        }
    }
    for list in out.forward.iter_mut().chain(out.backward.iter_mut()) {
        list.sort_by(|x, y| y.score.total_cmp(&x.score).then(x.base.cmp(&y.base)).then(x.variant.cmp(&y.variant)));
    }
    out
}
