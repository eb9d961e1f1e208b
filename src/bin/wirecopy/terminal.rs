//! What may reach a terminal.

use std::io::Write;

/// What stands for a character of a text from outside; nothing for control characters and bidirectional overrides.
pub(crate) fn shown(c: char) -> Option<char> {
    match c {
        '\n' => Some('\n'),
        '\t' | '\r' | '\u{2028}' | '\u{2029}' => Some(' '),
        c if c.is_control() => None,
        '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' => None,
        c => Some(c),
    }
}

/// Text from outside without control characters and bidirectional overrides; line ends stay.
pub(crate) fn clean(text: &str) -> String {
    text.chars().filter_map(shown).collect()
}

/// The same on one line, with white space folded.
pub(crate) fn line(text: &str) -> String {
    // In one pass: a page of a large report asks a million times.
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter_map(shown) {
        if !c.is_whitespace() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Writes `text` and a line end to standard error. Where nobody listens any more, there is nobody to tell.
pub(crate) fn tell(text: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{}", clean(text));
}

/// Writes all of `bytes` to standard output.
pub(crate) fn write(bytes: &[u8]) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

/// Text with colours, without them.
pub(crate) fn unstyled(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}

/// Writes text with colours to standard output; they are taken out where it is no terminal.
pub(crate) fn write_styled(text: &str) -> std::io::Result<()> {
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_do_not_pass() {
        assert_eq!(clean("a\u{1b}[31mb\u{202e}c\u{7}"), "a[31mbc");
        assert_eq!(line("a\n  b\tc\u{2028}d"), "a b c d");
        assert_eq!(line(" \u{a0}\u{7} a\u{3000}\u{202e} \n"), "a");
    }
}
