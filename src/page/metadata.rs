//! What a page says about itself: JSON-LD, OpenGraph, Dublin Core, microdata, `<time>`, and the elements of its head.

use super::attribute::Name;
use super::blocks::Block;
use super::json_ld::{self, JsonLd};
use super::prose;
use super::stamp::{day, day_of_address};
use super::tag::Tag;
use super::tree::{Kind, NodeId, Tree};
use crate::document::{DateOrigin, Stamp, Stamped};

/// Characters of a title, name or credit line; longer ones are something else.
const LONGEST: usize = 500;

/// What was found, before anything is chosen.
#[derive(Debug, Default)]
pub(super) struct Metadata {
    /// From JSON-LD.
    pub(super) linked: JsonLd,
    metas: Vec<(String, String)>,
    canonical: Option<String>,
    base: Option<String>,
    language: Option<String>,
    document_title: Option<String>,
    authors: Vec<String>,
    /// The days, in the order of [`DateOrigin`].
    pub(super) stamps: Vec<Stamp>,
}

impl Metadata {
    /// Reads a page.
    pub(super) fn read(tree: &Tree<'_>, url: Option<&str>) -> Self {
        let mut out = Self::default();
        let mut scripts = Vec::new();
        let (mut microdata, mut times) = (Vec::new(), Vec::new());
        for id in tree.ids() {
            let Some(tag) = tree.tag(id) else { continue };
            match tag {
                Tag::Script | Tag::Title => {
                    let Some(Kind::Text(text)) = tree.node(id).first.map(|c| tree.node(c).kind) else { continue };
                    if tag == Tag::Script {
                        scripts.push(text);
                    } else if out.document_title.is_none() {
                        out.document_title = some(&prose::line(text));
                    }
                }
                Tag::Html if out.language.is_none() => out.language = tree.attribute(id, Name::Lang).map(prose::line),
                Tag::Base if out.base.is_none() => out.base = tree.attribute(id, Name::Href).map(prose::line),
                Tag::Link
                    if out.canonical.is_none() && tree.attribute(id, Name::Rel).is_some_and(|r| r.eq_ignore_ascii_case("canonical")) =>
                {
                    out.canonical = tree.attribute(id, Name::Href).map(prose::line);
                }
                Tag::Meta => out.meta(tree, id),
                Tag::Time if times.len() < 20 => times.push(id),
                _ => {}
            }
            if let Some(property) = tree.attribute(id, Name::Itemprop) {
                let what = match property.to_ascii_lowercase().as_str() {
                    "datepublished" | "datecreated" => Stamped::Published,
                    "datemodified" => Stamped::Modified,
                    "author" if out.authors.len() < 20 => {
                        out.authors.extend(some(&prose::line(tree.attribute(id, Name::Content).unwrap_or(&text_of(tree, id)))));
                        continue;
                    }
                    _ => continue,
                };
                let value = [Name::Content, Name::Datetime]
                    .iter()
                    .find_map(|n| tree.attribute(id, *n))
                    .map_or_else(|| text_of(tree, id), prose::line);
                microdata.extend(day(&value).map(|date| Stamp { date, origin: DateOrigin::Microdata, what }));
            }
        }
        out.linked = json_ld::read(scripts.into_iter());
        out.dates(tree, &times, microdata, url);
        out
    }

    fn meta(&mut self, tree: &Tree<'_>, id: NodeId) {
        let Some(value) = tree.attribute(id, Name::Content).map(prose::line).filter(|v| !v.is_empty()) else { return };
        for key in [Name::Property, Name::Named] {
            if let Some(name) = tree.attribute(id, key).filter(|n| n.len() <= 60)
                && self.metas.len() < 400
            {
                self.metas.push((name.trim().to_ascii_lowercase(), value.clone()));
            }
        }
    }

    /// The first of the `<meta>` elements with one of these names, in the order of the names.
    fn named(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|n| self.metas.iter().find(|(name, _)| name == n)).map(|(_, value)| value.as_str())
    }

    fn dates(&mut self, tree: &Tree<'_>, times: &[NodeId], microdata: Vec<Stamp>, url: Option<&str>) {
        let mut stamps: Vec<Stamp> = Vec::new();
        let mut add = |text: Option<&str>, origin: DateOrigin, what: Stamped| {
            if let Some(date) = text.and_then(day) {
                let stamp = Stamp { date, origin, what };
                if !stamps.contains(&stamp) {
                    stamps.push(stamp);
                }
            }
        };
        add(self.linked.published.as_deref(), DateOrigin::JsonLd, Stamped::Published);
        add(self.linked.modified.as_deref(), DateOrigin::JsonLd, Stamped::Modified);
        add(
            self.named(&["article:published_time", "og:published_time", "og:article:published_time", "og:pubdate"]),
            DateOrigin::OpenGraph,
            Stamped::Published,
        );
        add(
            self.named(&["article:modified_time", "og:updated_time", "og:article:modified_time"]),
            DateOrigin::OpenGraph,
            Stamped::Modified,
        );
        let dublin = ["dc.date", "dc.date.issued", "dc.date.created", "dcterms.date", "dcterms.created", "dcterms.issued", "dc.created"];
        add(self.named(&dublin), DateOrigin::DublinCore, Stamped::Published);
        add(self.named(&["dcterms.modified", "dc.date.modified", "dc.modified"]), DateOrigin::DublinCore, Stamped::Modified);
        let plain = [
            "date",
            "pubdate",
            "publishdate",
            "publish-date",
            "published",
            "parsely-pub-date",
            "sailthru.date",
            "cxenseparse:recs:publishtime",
            "article_date_original",
            "date.created",
        ];
        add(self.named(&plain), DateOrigin::Meta, Stamped::Published);
        add(self.named(&["last-modified", "lastmod", "date.modified"]), DateOrigin::Meta, Stamped::Modified);
        for stamp in microdata {
            if !stamps.contains(&stamp) {
                stamps.push(stamp);
            }
        }
        for (at, id) in times.iter().enumerate() {
            let marked = tree.attribute(*id, Name::Pubdate).is_some();
            let class = tree.attribute(*id, Name::Class).unwrap_or("").to_ascii_lowercase();
            let changed = ["updated", "modif"].iter().any(|w| class.contains(w)) && !class.contains("published");
            // the first is the article's; others may be those of its neighbours
            if at > 0 && !marked && !changed && !class.contains("publish") {
                continue;
            }
            let value = tree.attribute(*id, Name::Datetime).map_or_else(|| text_of(tree, *id), prose::line);
            let what = if changed { Stamped::Modified } else { Stamped::Published };
            if let Some(date) = day(&value) {
                let stamp = Stamp { date, origin: DateOrigin::TimeElement, what };
                if !stamps.contains(&stamp) {
                    stamps.push(stamp);
                }
            }
        }
        let address = self.canonical_url(url).as_deref().and_then(day_of_address).or_else(|| url.and_then(day_of_address));
        stamps.extend(address.map(|date| Stamp { date, origin: DateOrigin::Url, what: Stamped::Published }));
        stamps.sort_by_key(|s| (s.origin, s.what));
        self.stamps = stamps;
    }

    /// The address that the page gives itself: only http and https.
    pub(super) fn canonical_url(&self, url: Option<&str>) -> Option<String> {
        let base = self.base.as_deref().and_then(|b| absolute(b, url)).or_else(|| url.map(ToOwned::to_owned));
        [self.canonical.as_deref(), self.named(&["og:url"]), self.linked.url.as_deref()]
            .into_iter()
            .flatten()
            .find_map(|u| absolute(u, base.as_deref()))
    }

    /// Who publishes the page.
    pub(super) fn publisher(&self) -> Option<String> {
        let found = self
            .linked
            .publisher
            .as_deref()
            .or_else(|| self.named(&["og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher", "application-name"]));
        found.map(ToOwned::to_owned).and_then(|t| some(&t))
    }

    /// The language's ISO 639 code, as the page states it.
    pub(super) fn language(&self) -> Option<String> {
        let stated = [
            self.language.as_deref(),
            self.linked.language.as_deref(),
            self.named(&["og:locale", "dc.language", "dcterms.language", "language"]),
        ];
        stated.into_iter().flatten().find_map(|l| {
            let code: String = l.split(['-', '_']).next()?.trim().to_ascii_lowercase();
            ((2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_lowercase())).then_some(code)
        })
    }

    /// Who wrote the article.
    pub(super) fn byline(&self) -> Option<String> {
        let named =
            ["author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "citation_author", "byl"];
        let is_name = |n: &&str| !n.contains("://") && !n.contains('@') && n.chars().count() <= 200;
        let joined = |all: &[String]| some(&all.iter().map(String::as_str).filter(is_name).collect::<Vec<_>>().join(", "));
        joined(&self.linked.authors)
            .or_else(|| named.iter().find_map(|n| self.named(&[n]).filter(is_name)).map(ToOwned::to_owned))
            .or_else(|| self.authors.iter().find(|a| is_name(&a.as_str())).cloned())
            .map(|name| name.strip_prefix("By ").map_or_else(|| name.clone(), ToOwned::to_owned))
            .and_then(|t| some(&t))
    }

    /// Who the head of the page names as the source of its text.
    pub(super) fn credits(&self) -> Vec<String> {
        let mut out = self.linked.credits.clone();
        for name in [
            "syndication-source",
            "original-source",
            "dc.source",
            "dcterms.source",
            "source",
            "agency",
            "news_agency",
            "copyright",
            "dc.rights",
            "dcterms.rights",
        ] {
            for (_, value) in self.metas.iter().filter(|(n, v)| n == name && !v.contains("://") && v.len() <= LONGEST) {
                if !out.contains(value) {
                    out.push(value.clone());
                }
            }
        }
        out
    }

    /// The headline: the printed one that agrees with what the head says, or the latter.
    pub(super) fn title(&self, blocks: &[Block]) -> Option<String> {
        let site = self.publisher();
        let stated: Vec<String> = [
            self.linked.headline.as_deref(),
            self.named(&["og:title", "twitter:title", "dc.title", "dcterms.title"]),
            self.document_title.as_deref(),
        ]
        .into_iter()
        .flatten()
        .map(|t| without_site(t, site.as_deref()))
        .filter(|t| !t.is_empty() && t.chars().count() <= LONGEST)
        .collect();
        let folded: Vec<String> = stated.iter().map(|t| prose::folded(t)).collect();
        let agrees = |b: &&Block| {
            let own = prose::folded(&b.text);
            own.chars().count() >= 8 && folded.iter().any(|f| f.starts_with(&own) || own.starts_with(f.as_str()) && f.len() * 2 > own.len())
        };
        let headings = || blocks.iter().filter(|b| b.tag.is_heading() && b.text.chars().count() <= LONGEST);
        let first = |tag: Tag| headings().filter(move |b| b.tag == tag);
        first(Tag::H1)
            .find(agrees)
            .or_else(|| first(Tag::H2).find(agrees))
            .map(|b| b.text.clone())
            .or_else(|| stated.first().cloned())
            .or_else(|| first(Tag::H1).next().map(|b| b.text.clone()))
            .map(|t| prose::line(&t))
            .and_then(|t| some(&t))
    }
}

fn some(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty() && text.chars().count() <= LONGEST).then(|| text.to_owned())
}

/// The text in an element, the first few hundred characters.
fn text_of(tree: &Tree<'_>, id: NodeId) -> String {
    let mut out = String::new();
    let mut at = tree.node(id).first;
    for _ in 0..100 {
        let Some(node) = at else { break };
        if let Kind::Text(text) = tree.node(node).kind {
            prose::push(text, false, &mut out);
        }
        if out.len() > LONGEST {
            break;
        }
        at = tree.node(node).first.or_else(|| tree.after(node, id));
    }
    out.truncate(out.trim_end().len());
    out
}

/// A title without the name of the site after it.
fn without_site(title: &str, site: Option<&str>) -> String {
    let mut title = title.trim();
    for sign in [" | ", " - ", " – ", " — ", " :: ", " » ", " · "].into_iter().cycle().take(14) {
        let Some((head, tail)) = title.rsplit_once(sign) else { continue };
        let is_site = site.is_some_and(|s| {
            let (a, b) = (prose::folded(s), prose::folded(tail));
            !b.is_empty() && (a.starts_with(&b) || b.starts_with(&a))
        });
        if is_site || head.split_whitespace().count() >= 4 && tail.split_whitespace().count() <= 3 {
            title = head.trim();
        }
    }
    title.to_owned()
}

/// An address with its scheme and host; none but http and https.
fn absolute(url: &str, base: Option<&str>) -> Option<String> {
    let url = url.trim();
    if url.is_empty() || url.len() > 4_000 || url.chars().any(|c| c.is_control() || c.is_whitespace() || matches!(c, '"' | '<' | '>')) {
        return None;
    }
    let scheme =
        |u: &str| ["http://", "https://"].iter().any(|s| u.get(..s.len()).is_some_and(|h| h.eq_ignore_ascii_case(s)) && u.len() > s.len());
    if scheme(url) {
        return Some(url.to_owned());
    }
    let (protocol, rest) = base.filter(|b| scheme(b))?.split_once("://")?;
    if let Some(host) = url.strip_prefix("//") {
        return (!host.is_empty()).then(|| format!("{protocol}://{host}"));
    }
    let host = rest.split(['/', '?', '#']).next()?;
    url.starts_with('/').then(|| format!("{protocol}://{host}{url}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_are_canonical() {
        let base = Some("https://a.example/x/y?q");
        assert_eq!(absolute("/z", base).as_deref(), Some("https://a.example/z"));
        assert_eq!(absolute("//b.example/z", base).as_deref(), Some("https://b.example/z"));
        assert_eq!(absolute("HTTPS://b.example", None).as_deref(), Some("HTTPS://b.example"));
        for bad in ["javascript:alert(1)", "data:text/html,x", "ftp://x", "https://", "", "/z", "https://a b"] {
            assert_eq!(absolute(bad, None), None, "{bad}");
        }
        assert_eq!(absolute("javascript:alert(1)", base), None);
    }

    #[test]
    fn titles_lose_the_name_of_the_site() {
        assert_eq!(without_site("Storm sinks three boats - The Post", Some("The Post")), "Storm sinks three boats");
        assert_eq!(without_site("Storm sinks three boats off Elba | News | The Post", None), "Storm sinks three boats off Elba");
        assert_eq!(without_site("Storm - what now", None), "Storm - what now");
    }
}
