//! Typographic variants of one character.

/// Whether `c` can stand for an apostrophe (all of them also close a single quotation).
#[must_use]
pub const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{02BC}' | '\u{2018}' | '\u{201B}' | '`' | '\u{00B4}' | '\u{FF07}')
}

/// Whether `c` is a hyphen or dash of any length.
#[must_use]
pub const fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FF0D}')
}

/// Whether `c` can open a quotation (double marks, guillemets, German low marks).
#[must_use]
pub const fn is_open_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201C}' | '\u{201E}' | '\u{201F}' | '\u{00AB}' | '\u{300C}' | '\u{FF02}')
}

/// Whether `c` can close a quotation (double marks, guillemets).
#[must_use]
pub const fn is_close_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201D}' | '\u{201C}' | '\u{00BB}' | '\u{300D}' | '\u{FF02}')
}

/// Whether `c` is a double quotation mark of any kind.
#[must_use]
pub const fn is_quote_mark(c: char) -> bool {
    is_open_quote(c) || is_close_quote(c)
}

/// Appends the folded form of `c` to `out`: lower case, compatibility decomposition, no marks that typography
/// adds or loses (soft hyphens, zero-width characters, apostrophes).
pub fn fold_char(c: char, out: &mut String) {
    use unicode_normalization::char::decompose_compatible;
    if c.is_ascii() {
        if c != '\'' && c != '`' {
            out.push(c.to_ascii_lowercase());
        }
        return;
    }
    if let Some(plain) = stroke(c) {
        out.push_str(plain);
        return;
    }
    decompose_compatible(c, |part| {
        if !is_ignored(part) && !is_apostrophe(part) {
            out.extend(part.to_lowercase().filter(|&l| !is_ignored(l)));
        }
    });
}

/// Letters that no decomposition takes apart, as agencies write them without their strokes.
const fn stroke(c: char) -> Option<&'static str> {
    Some(match c {
        'ø' | 'Ø' => "o",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'ħ' | 'Ħ' => "h",
        'ŧ' | 'Ŧ' => "t",
        'ı' => "i",
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'þ' | 'Þ' => "th",
        _ => return None,
    })
}

/// Characters that carry no content: soft hyphen, zero-width and directional marks, combining accents.
const fn is_ignored(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{0300}'..='\u{036F}')
}
