//! Lists of phrases that are looked for in each line of a page, all in one pass.

/// Bits of the table of beginnings.
const BITS: usize = 1 << 12;

/// Phrases in small letters, each of two bytes and more.
pub(super) struct Phrases {
    phrases: &'static [&'static str],
    /// With which two bytes they begin; others may share a bit.
    beginnings: [u64; BITS / 64],
}

const fn bit(first: u8, second: u8) -> usize {
    ((first as usize) << 4 ^ second as usize) % BITS
}

impl Phrases {
    pub(super) const fn new(phrases: &'static [&'static str]) -> Self {
        let (mut beginnings, mut at) = ([0; BITS / 64], 0);
        while at < phrases.len() {
            let bytes = phrases[at].as_bytes();
            let bit = bit(bytes[0], bytes[1]);
            beginnings[bit / 64] |= 1 << (bit % 64);
            at += 1;
        }
        Self { phrases, beginnings }
    }

    /// Whether `text` begins with one of them.
    pub(super) fn begin(&self, text: &str) -> bool {
        self.phrases.iter().any(|p| text.starts_with(p))
    }

    /// Whether one of them stands in `text`.
    pub(super) fn stand_in(&self, text: &str) -> bool {
        self.find(text, |_, _| true)
    }

    /// Whether one of them stands in `text` at a place that `counts`.
    pub(super) fn find(&self, text: &str, counts: impl Fn(&str, usize) -> bool) -> bool {
        let bytes = text.as_bytes();
        bytes.array_windows().enumerate().any(|(at, &[first, second])| {
            let bit = bit(first, second);
            self.beginnings.get(bit / 64).is_some_and(|bits| bits >> (bit % 64) & 1 == 1)
                && bytes.get(at..).is_some_and(|rest| self.phrases.iter().any(|p| rest.starts_with(p.as_bytes()) && counts(p, at)))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: Phrases = Phrases::new(&["newsletter", "©", "foto:", "(c) "]);

    #[test]
    fn phrases_are_found_wherever_they_stand() {
        for text in ["newsletter", "our newsletter", "x ©", "©", "a foto: b", "(c) 2019"] {
            assert!(LIST.stand_in(text), "{text}");
        }
        for text in ["", "n", "newslette", "newspaper", "fot", "(c)", "¨©ª".trim_matches('©')] {
            assert_eq!(LIST.stand_in(text), text.contains('©'), "{text}");
        }
        assert!(LIST.begin("foto: x") && !LIST.begin("x foto:"));
        assert!(LIST.find("a foto: b", |p, at| p == "foto:" && at == 2) && !LIST.find("a foto: b", |_, at| at == 0));
    }
}
