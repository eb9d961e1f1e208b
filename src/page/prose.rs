//! Text of the markup as text to read: character references resolved, white space collapsed, no control characters.

use std::borrow::Cow;

/// Characters that Windows-1252 has where Unicode has control characters: pages name them by these numbers.
const WINDOWS: [char; 32] = [
    '€', ' ', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', ' ', 'Ž', ' ', ' ', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š',
    '›', 'œ', ' ', 'ž', 'Ÿ',
];

/// Bytes of the longest name of a character, with its signs.
const LONGEST_REFERENCE: usize = 34;

/// Resolves character references that end with a semicolon. Each is looked at by itself, so that a page of nothing but their first
/// sign costs no more than another.
pub(super) fn resolved(text: &str) -> Cow<'_, str> {
    let Some(first) = memchr::memchr(b'&', text.as_bytes()) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    out.push_str(text.get(..first).unwrap_or(""));
    let mut at = first;
    while let Some(rest) = text.get(at..).filter(|r| !r.is_empty()) {
        let inside = rest.as_bytes().iter().take(LONGEST_REFERENCE).skip(1).position(|b| matches!(b, b';' | b'&' | b' ' | b'<'));
        let reference = inside.and_then(|i| rest.get(..i + 2)).filter(|r| r.ends_with(';'));
        let mut end = 1;
        match reference {
            Some(reference) => {
                out.push_str(&html_escape::decode_html_entities(reference));
                end = reference.len();
            }
            None => out.push('&'),
        }
        let next = rest.get(end..).map_or(0, |r| memchr::memchr(b'&', r.as_bytes()).unwrap_or(r.len()));
        out.push_str(rest.get(end..end + next).unwrap_or(""));
        at += end + next;
    }
    Cow::Owned(out)
}

/// Appends `raw` with its references resolved; white space becomes one space, or, with `lines`, keeps its line breaks. The number
/// of characters that were added.
pub(super) fn push(raw: &str, lines: bool, out: &mut String) -> usize {
    let text = resolved(raw);
    let (mut added, mut rest) = (0, &*text);
    loop {
        // most of any page is plain words
        let plain = rest.bytes().position(|b| !b.is_ascii_graphic()).unwrap_or(rest.len());
        let (word, after) = rest.split_at(plain);
        out.push_str(word);
        added += word.len();
        let Some(c) = after.chars().next() else { return added };
        rest = after.get(c.len_utf8()..).unwrap_or("");
        let c = if ('\u{80}'..='\u{9f}').contains(&c) { WINDOWS.get(u32::from(c) as usize - 0x80).copied().unwrap_or(' ') } else { c };
        if lines && c == '\n' {
            out.truncate(out.trim_end_matches(' ').len());
            out.push('\n');
        } else if c.is_whitespace() || c.is_control() {
            if !out.is_empty() && !out.ends_with([' ', '\n']) {
                out.push(' ');
            }
        } else if !matches!(c, '\u{200B}' | '\u{FEFF}' | '\u{AD}' | '\u{2060}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}') {
            out.push(c);
            added += 1;
        }
    }
}

/// One line of text: references resolved, white space collapsed.
pub(super) fn line(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    push(raw, false, &mut out);
    out.truncate(out.trim_end().len());
    out
}

/// Small letters and digits only: the form in which titles and lines are compared.
pub(super) fn folded(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_and_spaces() {
        assert_eq!(line("  A&nbsp;&amp; B\n\t&#8211; C&#146;s &Uuml;ber &bogus; &#x1F6;"), "A & B – C’s Über &bogus; Ƕ");
        assert_eq!(line("a\u{0}b\u{7}c\u{AD}d\u{202E}"), "a b cd");
        assert_eq!(
            line("&&amp;&; &nosuchnamethatisverylongindeedandgoeson; a&b &amp"),
            "&&&; &nosuchnamethatisverylongindeedandgoeson; a&b &amp"
        );
        let mut out = String::new();
        assert_eq!(push("a \n b", true, &mut out), 2);
        assert_eq!(out, "a\nb");
    }

    #[test]
    fn folding() {
        assert_eq!(folded("“Wir – sind’s!”"), "wirsinds");
    }
}
