//! A light stemmer for matching words of English prose.

/// Cuts plural and verb endings so that `drones`/`drone`, `asked`/`asking`/`asks` agree. Lighter than Porter's
/// (1980) on purpose: it never joins words of different meaning to save a miss. Words of other languages and
/// numbers come back as they are, save for a final `s`.
#[must_use]
pub fn stem(norm: &str) -> &str {
    let n = norm.len();
    if n <= 3 || norm == "police" || !norm.is_ascii() || norm.as_bytes()[0].is_ascii_digit() {
        return norm;
    }
    let cut = |k: usize| &norm[..n - k];
    if norm.ends_with("ies") && n > 4 {
        return cut(3);
    }
    if norm.ends_with("ing") && n > 5 {
        return undouble(cut(3));
    }
    if norm.ends_with("ed") && n > 4 {
        return undouble(cut(2));
    }
    if norm.ends_with("es") && n > 4 {
        return cut(2);
    }
    if norm.ends_with("ss") || norm.ends_with("us") || norm.ends_with("is") {
        return norm;
    }
    if norm.ends_with('s') || norm.ends_with('y') && n > 4 {
        return cut(1);
    }
    norm.trim_end_matches('e')
}

fn undouble(cut: &str) -> &str {
    let b = cut.as_bytes();
    let n = b.len();
    if n > 3 && b[n - 1] == b[n - 2] && !matches!(b[n - 1], b'l' | b's' | b'e' | b'o') {
        return &cut[..n - 1];
    }
    cut.trim_end_matches('e')
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn inflections_agree() {
        for (a, b) in [
            ("drones", "drone"),
            ("stopped", "stopping"),
            ("houses", "house"),
            ("parties", "party"),
            ("agree", "agreed"),
            ("moved", "moving"),
            ("moves", "move"),
        ] {
            assert_eq!(stem(a), stem(b), "{a} {b}");
        }
        assert_ne!(stem("police"), stem("policy"));
    }
}
