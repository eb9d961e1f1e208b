//! What a page says about itself in JSON-LD: <https://schema.org/Article>.

use super::prose;
use serde_json::Value;

/// Bytes of JSON-LD of one page that are read.
const MOST_BYTES: usize = 4 << 20;

/// What the article objects of a page say, the first of each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct JsonLd {
    /// The headline.
    pub(super) headline: Option<String>,
    /// The article's text; paragraphs may be run together.
    pub(super) body: Option<String>,
    /// Who wrote it.
    pub(super) authors: Vec<String>,
    /// Who published it.
    pub(super) publisher: Option<String>,
    /// When it was published, as written.
    pub(super) published: Option<String>,
    /// When it was changed, as written.
    pub(super) modified: Option<String>,
    /// In what language.
    pub(super) language: Option<String>,
    /// Under what address.
    pub(super) url: Option<String>,
    /// Who is named as its source: credit text, source organization, holder of the rights.
    pub(super) credits: Vec<String>,
}

/// Reads the scripts of a page.
pub(super) fn read<'a>(scripts: impl Iterator<Item = &'a str>) -> JsonLd {
    let mut out = JsonLd::default();
    let mut left = MOST_BYTES;
    for script in scripts {
        if script.len() > left {
            break;
        }
        left -= script.len();
        if let Some(value) = parse(script) {
            visit(&value, 0, &mut out);
        }
    }
    out
}

/// JSON as pages have it: in comment or CDATA marks, with line breaks in strings.
fn parse(script: &str) -> Option<Value> {
    let to = script.rfind(['}', ']'])?;
    let starts = script.match_indices(['{', '[']).map(|(i, _)| i);
    // `[CDATA[` begins like a list
    let from = starts.take(4).find(|i| script.get(i + 1..).is_some_and(|r| r.trim_start().starts_with(['{', '[', '"', '}', ']'])))?;
    let json = script.get(from..=to)?;
    serde_json::from_str(json).ok().or_else(|| {
        let plain: String = json.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let plain = plain.trim_end_matches([']', ' ']);
        // the end marks of CDATA look like those of a list
        (0..=2).find_map(|n| serde_json::from_str(&format!("{plain}{}", "]".repeat(n))).ok())
    })
}

fn visit(value: &Value, depth: usize, out: &mut JsonLd) {
    if depth > 6 {
        return;
    }
    match value {
        Value::Array(all) => all.iter().take(200).for_each(|v| visit(v, depth + 1, out)),
        Value::Object(fields) => {
            if is_article(fields.get("@type")) {
                article(value, out);
            }
            for name in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(inner @ (Value::Array(_) | Value::Object(_))) = fields.get(name) {
                    visit(inner, depth + 1, out);
                }
            }
        }
        _ => {}
    }
}

fn is_article(kind: Option<&Value>) -> bool {
    let one = |v: &Value| {
        v.as_str().is_some_and(|t| t.ends_with("Article") || t.ends_with("Posting") && t != "JobPosting" || t == "Report" || t == "Review")
    };
    kind.is_some_and(|k| one(k) || k.as_array().is_some_and(|all| all.iter().any(one)))
}

fn article(value: &Value, out: &mut JsonLd) {
    let text = |name: &str| value.get(name).and_then(Value::as_str).map(prose::line).filter(|t| !t.is_empty());
    let set = |slot: &mut Option<String>, found: Option<String>| {
        if slot.is_none() {
            *slot = found;
        }
    };
    set(&mut out.headline, text("headline").or_else(|| text("name")));
    set(&mut out.published, text("datePublished").or_else(|| text("dateCreated")));
    set(&mut out.modified, text("dateModified"));
    set(&mut out.language, text("inLanguage").or_else(|| value.get("inLanguage").and_then(name)));
    set(&mut out.url, text("url"));
    set(&mut out.publisher, value.get("publisher").and_then(name));
    let body = value.get("articleBody").and_then(Value::as_str).filter(|b| !b.trim().is_empty());
    if body.is_some_and(|b| out.body.as_ref().is_none_or(|o| o.len() < b.len())) {
        out.body = body.map(ToOwned::to_owned);
    }
    if out.authors.is_empty() {
        out.authors = names(value.get("author"));
    }
    for field in ["creditText", "sourceOrganization", "copyrightHolder", "provider"] {
        for credit in names(value.get(field)) {
            if !out.credits.contains(&credit) {
                out.credits.push(credit);
            }
        }
    }
}

/// The name of a person or organization, given as an object, a list or plain text.
fn name(value: &Value) -> Option<String> {
    let own = match value {
        Value::String(text) => Some(text.as_str()),
        Value::Object(fields) => fields.get("name").and_then(Value::as_str),
        Value::Array(all) => return all.first().filter(|v| !v.is_array()).and_then(name),
        _ => None,
    };
    own.map(prose::line).filter(|n| !n.is_empty() && n.len() <= 300 && !n.contains("://"))
}

fn names(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::Array(all)) => all.iter().take(20).filter_map(name).collect(),
        Some(other) => name(other).into_iter().collect(),
        None => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_found_in_every_wrapping() {
        let graph = r#"{"@graph":[{"@type":"WebSite","name":"no"},{"@type":["NewsArticle"],"headline":"A &amp; B","author":[{"name":"Jo"},{"name":"Al"}],
            "publisher":{"name":"Post"},"datePublished":"2026-05-04","articleBody":"Text.","sourceOrganization":{"name":"AFP"}}]}"#;
        let got = read([graph].into_iter());
        assert_eq!(got.headline.as_deref(), Some("A & B"));
        assert_eq!(got.authors, ["Jo", "Al"]);
        assert_eq!(got.publisher.as_deref(), Some("Post"));
        assert_eq!(got.credits, ["AFP"]);
        let dirty = "<!-- //[CDATA[ \n[{\"@type\":\"BlogPosting\",\"headline\":\"A\nB\",\"author\":\"https://x.example\"}] //-->";
        let got = read([dirty].into_iter());
        assert_eq!(got.headline.as_deref(), Some("A B"));
        assert!(got.authors.is_empty());
    }

    #[test]
    fn what_is_no_article_says_nothing() {
        for script in ["", "{", "[]", "{\"@type\":\"Organization\",\"name\":\"x\"}", "{\"@type\":3}", &"[".repeat(100_000)] {
            assert_eq!(read([script].into_iter()), JsonLd::default());
        }
    }
}
