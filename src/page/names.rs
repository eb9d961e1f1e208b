//! The words of the names that elements have, and lists of such words.
//!
//! A page names thousands of elements, and next to none of these words is in a list: most are told apart by their first letter and
//! their length.

/// Characters of a name that are looked at.
const LONGEST: usize = 120;

/// The words of a name in small letters: cut at signs, digits and inner capitals.
pub(super) struct Words {
    letters: [u8; LONGEST],
    /// Where each word ends; the next one begins there.
    ends: [u8; LONGEST],
    count: usize,
}

impl Words {
    /// The words of `name`.
    pub(super) fn of(name: &str) -> Self {
        let mut out = Self { letters: [0; LONGEST], ends: [0; LONGEST], count: 0 };
        let (mut open, mut small, mut end) = (false, false, 0_u8);
        for c in name.chars().take(LONGEST) {
            if !c.is_ascii_alphabetic() {
                (open, small) = (false, false);
                continue;
            }
            if !open || c.is_ascii_uppercase() && small {
                out.count += 1;
                open = true;
            }
            small = c.is_ascii_lowercase();
            if let Some(slot) = out.letters.get_mut(usize::from(end)) {
                *slot = c.to_ascii_lowercase() as u8;
                end += 1;
            }
            if let Some(slot) = out.ends.get_mut(out.count - 1) {
                *slot = end;
            }
        }
        out
    }

    /// How many there are.
    pub(super) const fn len(&self) -> usize {
        self.count
    }

    /// One of them, from 0.
    pub(super) fn get(&self, at: usize) -> Option<&[u8]> {
        if at >= self.count {
            return None;
        }
        let from = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.letters.get(usize::from(from)..usize::from(*self.ends.get(at)?))
    }

    /// All of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.count).filter_map(|at| self.get(at))
    }
}

/// The first letters and lengths that the words of a list have.
#[derive(Clone, Copy)]
struct Shapes([u32; 26]);

impl Shapes {
    const fn with(mut self, word: &str) -> Self {
        let bytes = word.as_bytes();
        let length = if bytes.len() < 31 { bytes.len() } else { 31 };
        self.0[(bytes[0] - b'a') as usize] |= 1 << length;
        self
    }

    fn may_hold(&self, word: &[u8]) -> bool {
        let lengths = word.first().and_then(|first| self.0.get(usize::from(first.wrapping_sub(b'a'))));
        lengths.is_some_and(|lengths| lengths >> word.len().min(31) & 1 == 1)
    }
}

/// A list of words in small letters.
pub(super) struct WordList {
    words: &'static [&'static str],
    shapes: Shapes,
}

impl WordList {
    /// Each word begins with a letter from a to z.
    pub(super) const fn new(words: &'static [&'static str]) -> Self {
        let (mut shapes, mut at) = (Shapes([0; 26]), 0);
        while at < words.len() {
            shapes = shapes.with(words[at]);
            at += 1;
        }
        Self { words, shapes }
    }

    /// Whether `word` is one of them.
    pub(super) fn holds(&self, word: &[u8]) -> bool {
        self.shapes.may_hold(word) && self.words.iter().any(|w| w.as_bytes() == word)
    }
}

/// A list of two words in a row.
pub(super) struct PairList {
    pairs: &'static [(&'static str, &'static str)],
    shapes: Shapes,
}

impl PairList {
    /// Each first word begins with a letter from a to z.
    pub(super) const fn new(pairs: &'static [(&'static str, &'static str)]) -> Self {
        let (mut shapes, mut at) = (Shapes([0; 26]), 0);
        while at < pairs.len() {
            shapes = shapes.with(pairs[at].0);
            at += 1;
        }
        Self { pairs, shapes }
    }

    /// Whether the two are one of them.
    pub(super) fn holds(&self, first: &[u8], second: &[u8]) -> bool {
        self.shapes.may_hold(first) && self.pairs.iter().any(|(a, b)| a.as_bytes() == first && b.as_bytes() == second)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(name: &str) -> Vec<String> {
        Words::of(name).iter().map(|w| String::from_utf8_lossy(w).into_owned()).collect()
    }

    #[test]
    fn names_are_read_by_words() {
        assert_eq!(cut("relatedPosts-box2_top"), ["related", "posts", "box", "top"]);
        assert_eq!(cut("ABc dé"), ["abc", "d"]);
        assert!(cut("12-é").is_empty());
        let long = "aBc".repeat(60);
        assert_eq!(cut(&long).concat(), "abc".repeat(40), "a long name is cut");
        assert_eq!(Words::of(&long).len(), 41);
    }

    #[test]
    fn lists_hold_their_words_and_no_others() {
        const LIST: WordList = WordList::new(&["nav", "navigation", "averyveryverylongwordofmorethanthirtyletters"]);
        for word in ["nav", "navigation", "averyveryverylongwordofmorethanthirtyletters"] {
            assert!(LIST.holds(word.as_bytes()), "{word}");
        }
        for word in ["", "n", "new", "naw", "navigatiom", "Nav", "zzz", "averyveryverylongwordofmorethanthirtyletterz"] {
            assert!(!LIST.holds(word.as_bytes()), "{word}");
        }
        const PAIRS: PairList = PairList::new(&[("read", "more"), ("read", "on")]);
        assert!(PAIRS.holds(b"read", b"on") && !PAIRS.holds(b"read", b"off") && !PAIRS.holds(b"on", b"read"));
    }
}
