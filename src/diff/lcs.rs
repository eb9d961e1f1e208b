//! Longest common subsequence of two short word lists (Wagner and Fischer 1974).

/// Most words of a list that are compared; the rest counts as different.
const MAX_WORDS: usize = 300;

/// Index pairs of a longest common subsequence, in order.
pub(super) fn lcs<T: PartialEq>(a: &[T], b: &[T]) -> Vec<(usize, usize)> {
    let a = a.get(..a.len().min(MAX_WORDS)).unwrap_or_default();
    let b = b.get(..b.len().min(MAX_WORDS)).unwrap_or_default();
    let width = b.len() + 1;
    // lengths[i * width + j]: longest common subsequence of a[i..] and b[j..]
    let mut lengths = vec![0_u16; (a.len() + 1) * width];
    for (i, x) in a.iter().enumerate().rev() {
        for (j, y) in b.iter().enumerate().rev() {
            lengths[i * width + j] =
                if x == y { lengths[(i + 1) * width + j + 1] + 1 } else { lengths[(i + 1) * width + j].max(lengths[i * width + j + 1]) };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut out = Vec::new();
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            out.push((i, j));
            i += 1;
            j += 1;
        } else if lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    out
}

/// Where `part` stands in `whole` as a run, if it does.
pub(super) fn find_run<T: PartialEq>(whole: &[T], part: &[T]) -> Option<usize> {
    if part.is_empty() || part.len() > whole.len() {
        return None;
    }
    whole.windows(part.len()).position(|w| w == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_in_order() {
        assert_eq!(lcs(&["a", "b", "c", "d"], &["b", "x", "d"]), [(1, 0), (3, 2)]);
        assert_eq!(lcs::<&str>(&[], &["b"]), []);
        assert_eq!(find_run(&[1, 2, 3, 4], &[3, 4]), Some(2));
    }
}
