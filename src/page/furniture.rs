//! Parts of a page that are no article, by what the elements are called: comments, related links, newsletter boxes, consent
//! texts, share bars, bars at the side and at the foot.
//!
//! Names lie now and then: a part that holds much of the page's prose stays, whatever it is called.

use super::attribute::Name;
use super::names::{PairList, WordList, Words};
use super::tag::Tag;
use super::tree::{NodeId, Tree};

/// What the name of an element says about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    /// Nothing.
    Silent,
    /// It is furniture where it holds little of the prose.
    Likely,
    /// It is what readers wrote, or is meant for machines: furniture even where it holds much of the prose.
    Sure,
}

/// Words of a class or identifier that stand for furniture.
#[rustfmt::skip]
const LIKELY: WordList = WordList::new(&[
    "addthis", "addtoany", "adsbygoogle", "advert", "advertisement", "advertising", "adwrap", "anzeige", "banner", "beitragsnavigation",
    "breadcrumb", "breadcrumbs", "consent", "cookie", "cookies", "datenschutz", "disclaimer", "donate", "donation", "flattr", "footer",
    "gdpr", "instapaper", "jumpnav", "kommentar", "kommentare", "login", "masthead", "menu", "modal", "mostread", "nav", "navbar",
    "navi", "navigation", "newsletter", "outbrain", "overlay", "pager", "pagination", "paging", "popular", "popup",
    "promo", "promos", "promotion", "readmore", "recirc", "recirculation", "recommend", "recommended", "recommendation",
    "recommendations", "related", "relatedposts", "relateds", "scroller", "share", "sharebar", "sharedaddy", "shareaholic", "sharethis", "sharing",
    "shariff", "sidebar", "signup", "skip", "skiplink", "sociable", "social", "socials", "sponsor", "sponsored", "sponsors",
    "subscribe", "subscription", "suggested", "suggestions", "taboola", "tagcloud", "taglist", "tags", "teasers", "toolbar", 
    "trending", "vote", "voting", "widget", "widgets", "yarpp", "zergnet", "crosslinks", "seealso", "topnav", "subnav", "breadcrump", 
    "authorbox", "bio", "byline", "bylines", "breaking", "contributor", "contributors", "pushlayer", "callout", "inlink", "readalso", "nextprev", "previousnext", "contentinfo", "complementary", "dialog", "search", "searchform",
]);

/// Words that stand for furniture whatever the part holds.
#[rustfmt::skip]
const SURE: WordList = WordList::new(&[
    "comment", "comments", "commentlist", "commentarea", "commentform", "disqus", "respond", "livefyre", "fbcomments", "trackback", "trackbacks", "pingback", "pingbacks",
    "visuallyhidden", "screenreader", "sronly", "noprint", "displaynone",
]);

/// Two words in a row that stand for furniture.
#[rustfmt::skip]
const PAIRS: PairList = PairList::new(&[
    ("author", "bio"), ("author", "content"), ("author", "details"), ("post", "author"), ("article", "author"), ("entry", "author"), ("author", "profile"), ("author", "box"), ("author", "info"), ("author", "card"), ("about", "author"), ("author", "description"), ("bottom", "bar"), ("see", "also"), ("third", "party"), ("read", "more"), ("read", "also"), ("read", "next"), ("more", "stories"), ("more", "from"),
    ("more", "news"), ("most", "read"), ("most", "popular"), ("most", "viewed"), ("top", "stories"), ("latest", "news"), ("site", "header"), ("page", "header"),
    ("entry", "meta"), ("post", "meta"), ("article", "meta"), ("entry", "footer"), ("post", "footer"), ("article", "footer"), ("entry", "utility"), ("post", "info"), ("post", "nav"), ("sr", "only"),
    ("visually", "hidden"), ("screen", "reader"), ("sign", "up"), ("mailing", "list"), ("email", "form"), ("ad", "container"), ("ad", "wrapper"),
    ("ad", "slot"), ("ad", "unit"), ("side", "bar"), ("tag", "list"), ("tag", "links"), ("cat", "links"), ("post", "tags"), ("article", "tags"),
    ("next", "prev"), ("prev", "next"), ("up", "next"), ("you", "may"), ("read", "on"), ("inline", "related"), ("story", "links"), ("image", "credit"), ("photo", "credit"),
    ("wp", "caption"), ("edit", "link"), ("entry", "tags"), ("posted", "on"), ("posted", "in"), ("below", "post"),
]);

/// First words of names that describe a part and do not name it.
const DESCRIBING: WordList = WordList::new(&[
    "has", "no", "with", "without", "not", "is", "hide", "hidden", "show", "js", "u", "uses", "status", "category", "type",
]);

/// Share of the prose that a part may hold and still be furniture by a name that lies now and then.
const MUCH: f64 = 0.3;

/// What the names of the elements say, handed down to all that they hold.
#[derive(Debug)]
pub(super) struct Marks {
    furniture: Vec<bool>,
    caption: Vec<bool>,
}

impl Marks {
    /// Reads the names. What is around `anchor`, which holds most of the prose, stays; and so does what holds much of it by `amounts`.
    pub(super) fn read(tree: &Tree<'_>, anchor: Option<NodeId>, amounts: &[f64]) -> Self {
        let mut furniture = vec![false; tree.nodes.len()];
        let mut caption = furniture.clone();
        let mut around = anchor.unwrap_or(0);
        let mut safe = vec![0];
        while around != 0 {
            safe.push(around);
            around = tree.node(around).parent;
        }
        safe.sort_unstable();
        let amount = |id: NodeId| amounts.get(index(id)).copied().unwrap_or(0.0);
        let is_away = |id: NodeId, tag: Tag| match verdict(tree, id, tag) {
            _ if safe.binary_search(&id).is_ok() => false,
            Verdict::Silent => false,
            Verdict::Likely => amount(id) <= amount(0) * MUCH,
            Verdict::Sure => true,
        };
        for id in tree.ids().skip(1) {
            let at = index(id);
            let up = index(tree.node(id).parent);
            let Some(tag) = tree.tag(id) else { continue };
            let away = furniture.get(up).copied().unwrap_or(false) || is_away(id, tag);
            if let Some(slot) = furniture.get_mut(at) {
                *slot = away;
            }
            let below = caption.get(up).copied().unwrap_or(false) || safe.binary_search(&id).is_err() && is_caption(tree, id, tag);
            if let Some(slot) = caption.get_mut(at) {
                *slot = below;
            }
        }
        Self { furniture, caption }
    }

    /// Whether the node stands in furniture.
    pub(super) fn is_furniture(&self, id: NodeId) -> bool {
        self.furniture.get(index(id)).copied().unwrap_or(false)
    }

    /// Whether the node stands in the caption or credit of a picture.
    pub(super) fn is_caption(&self, id: NodeId) -> bool {
        self.caption.get(index(id)).copied().unwrap_or(false)
    }
}

fn index(id: NodeId) -> usize {
    usize::try_from(id).unwrap_or(0)
}

fn is_caption(tree: &Tree<'_>, id: NodeId, tag: Tag) -> bool {
    if matches!(tag, Tag::Figcaption | Tag::Figure) {
        return true;
    }
    let named = |value: &str| value.split_ascii_whitespace().take(20).any(|name| Words::of(name).iter().any(|w| CAPTIONS.holds(w)));
    !tag.is_heading()
        && !matches!(tag, Tag::Caption | Tag::Table)
        && tree.attributes(id).iter().any(|a| a.name == Name::Class && named(a.value))
}

/// Words of the class of a caption or credit.
const CAPTIONS: WordList = WordList::new(&[
    "caption",
    "captions",
    "figcaption",
    "imagecaption",
    "bildunterschrift",
    "bildtext",
    "credit",
    "credits",
    "copyright",
    "legende",
    "photocredit",
    "imagedescription",
]);

fn verdict(tree: &Tree<'_>, id: NodeId, tag: Tag) -> Verdict {
    if tag.is_heading() {
        return Verdict::Silent;
    }
    let by_tag = if matches!(tag, Tag::Aside | Tag::Footer) { Verdict::Likely } else { Verdict::Silent };
    tree.attributes(id)
        .iter()
        .filter(|a| matches!(a.name, Name::Class | Name::Id | Name::Role | Name::Testid | Name::Itemprop))
        .map(|a| by_name(a.value))
        .fold(by_tag, Verdict::max)
}

fn by_name(value: &str) -> Verdict {
    let mut found = Verdict::Silent;
    for name in value.split_ascii_whitespace().take(40) {
        if matches!(name, "hidden" | "hide" | "invisible" | "print" | "print-only" | "d-none") {
            found = found.max(Verdict::Likely);
        }
        let words = Words::of(name);
        if words.iter().any(|w| matches!(w, b"embed" | b"embedded")) {
            continue;
        }
        // `has-sidebar`, `no-comments`, `hide-for-print` describe the part, they do not name it
        if words.len() > 1 && words.get(0).is_some_and(|first| DESCRIBING.holds(first)) {
            continue;
        }
        for (i, word) in words.iter().enumerate() {
            if SURE.holds(word) {
                found = found.max(Verdict::Sure);
            } else if LIKELY.holds(word) {
                found = found.max(Verdict::Likely);
            } else if let Some(next) = words.get(i + 1)
                && PAIRS.holds(word, next)
            {
                found = found.max(Verdict::Likely);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_furniture() {
        assert_eq!(by_name("article-body"), Verdict::Silent);
        assert_eq!(by_name("box author-bio"), Verdict::Likely);
        assert_eq!(by_name("single has-sidebar"), Verdict::Silent);
        assert_eq!(by_name("CommentList"), Verdict::Sure);
        assert_eq!(by_name("shadow"), Verdict::Silent);
    }
}
