//! stub
/// A date of a page.
#[derive(Clone, Debug)]
pub struct PageDate {
    /// day
    pub date: jiff::civil::Date,
}
/// A page.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// text
    pub text: String,
    /// title
    pub title: Option<String>,
    /// publisher
    pub publisher: Option<String>,
    /// url
    pub canonical_url: Option<String>,
    /// dates
    pub dates: Vec<PageDate>,
}
/// stub
#[must_use]
pub fn read_page(html: &str, _url: Option<&str>) -> Page {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push('\n');
            }
            c if !inside => text.push(c),
            _ => {}
        }
    }
    Page { text: text.trim().to_owned(), ..Page::default() }
}
