//! Furniture that can be told from one line: menus, share bars, stamps, promotions, ends of the article.
//!
//! The phrases are general and folded (see `lines::fold`); none belongs to one publisher.

use super::lines::{Line, is_final};

/// What kind of furniture a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Furniture {
    /// Navigation, share buttons, consent lines, counters: may stand anywhere.
    Plain,
    /// A line between or after paragraphs that leads elsewhere: `Read more: ...`.
    Promotion,
    /// Opens what follows the article: related posts, tags, share bars.
    After,
    /// Opens the readers' part: nothing after it is the article.
    Comments,
}

const COMMENTS: &[&str] = &[
    "comments",
    "comment",
    "post a comment",
    "leave a comment",
    "leave a reply",
    "add a comment",
    "reader comments",
    "join the conversation",
    "be the first to comment",
    "view comments",
    "show comments",
    "comments are closed",
    "have your say",
    "commentaires",
    "reagir",
    "comentarios",
    "deja un comentario",
    "deja una respuesta",
    "kommentare",
    "kommentar schreiben",
    "deixe um comentario",
    "commenti",
    "комментарии",
    "reacties",
    "sort by newest",
    "log in to comment",
    "sign in to comment",
    "what do you think",
    "conversation",
];

const AFTER: &[&str] = &[
    "related posts",
    "related post",
    "related articles",
    "related stories",
    "related news",
    "related topics",
    "related content",
    "related:",
    "you may also like",
    "you might also like",
    "you may like",
    "more in ",
    "more from ",
    "more on this",
    "more stories",
    "more news",
    "most read",
    "most popular",
    "most viewed",
    "popular posts",
    "popular now",
    "trending now",
    "trending:",
    "trending",
    "recommended",
    "recommended for you",
    "latest news",
    "latest stories",
    "latest posts",
    "older post",
    "newer post",
    "previous post",
    "next post",
    "previous article",
    "next article",
    "tags:",
    "tags",
    "tagged",
    "topics:",
    "filed under",
    "share this",
    "share article",
    "share on",
    "share:",
    "share story",
    "about the author",
    "about author",
    "sponsored",
    "promoted",
    "from around the web",
    "as featured on",
    "as seen on",
    "top stories",
    "dont miss",
    "editors picks",
    "must read",
    "see also:",
    "related reading",
    "further reading",
    "in this section",
    "a lire aussi",
    "lire aussi :",
    "sur le meme sujet",
    "articles lies",
    "articles similaires",
    "partager",
    "noticias relacionadas",
    "te puede interesar",
    "mas noticias",
    "mas leidas",
    "etiquetas",
    "compartir",
    "mehr zum thema",
    "das konnte sie",
    "auch interessant",
    "meistgelesen",
    "schlagworte",
    "teilen",
    "leia tambem",
    "mais lidas",
    "noticias relacionadas",
    "compartilhar",
    "compartilhe",
    "leggi anche",
    "articoli correlati",
    "condividi",
    "читайте также",
    "по теме",
    "теги",
    "поделиться",
    "lees ook",
    "unsubscribe",
];

/// At the beginning of a line.
const PROMOTIONS: &[&str] = &[
    "read more",
    "read also",
    "also read",
    "read the full",
    "read next",
    "read:",
    "read |",
    "see more",
    "see also",
    "watch:",
    "watch |",
    "watch now",
    "watch live",
    "listen:",
    "listen to",
    "click here",
    "tap here",
    "continue reading",
    "keep reading",
    "story continues",
    "article continues",
    "advertisement",
    "advertising",
    "sign up",
    "subscribe",
    "get the latest",
    "get our",
    "get breaking",
    "download the app",
    "download our",
    "download app",
    "follow us",
    "follow our",
    "like us",
    "join us",
    "join our",
    "join the",
    "catch all the",
    "catch the latest",
    "stay up to date",
    "stay updated",
    "stay informed",
    "for more",
    "for all the latest",
    "find out more",
    "learn more",
    "have you been",
    "do you have",
    "got a story",
    "got a tip",
    "send us",
    "contact us",
    "email us",
    "email our",
    "support our",
    "support us",
    "donate",
    "become a member",
    "already a",
    "create a free",
    "create an account",
    "register",
    "this article is for",
    "this content is",
    "to continue reading",
    "youve reached",
    "unlock",
    "log in",
    "login",
    "lire la suite",
    "lire aussi",
    "a lire",
    "lire plus",
    "abonnez",
    "inscrivez",
    "leer mas",
    "lea tambien",
    "lee tambien",
    "le puede interesar",
    "suscrib",
    "registrate",
    "lesen sie",
    "mehr lesen",
    "weiterlesen",
    "jetzt lesen",
    "abonnieren",
    "newsletter",
    "anzeige",
    "leia mais",
    "leia tambem",
    "saiba mais",
    "assine",
    "leggi anche",
    "iscriviti",
    "читать далее",
    "подробнее",
    "подпис",
    "lees meer",
    "publicidad",
    "publicite",
    "publicidade",
    "play video",
    "video:",
    "video |",
    "live updates:",
    "explainer:",
    "in pictures:",
    "in photos:",
    "opinion:",
    "exclusive:",
    "good morning. here",
    "good evening. here",
    "editors note",
    "note to readers",
    "view in browser",
    "open in app",
    "use our app",
    "add us",
    "turn on notifications",
    "related:",
    "more:",
    "more »",
];

/// Anywhere in a line.
const PLAIN: &[&str] = &[
    "cookie policy",
    "use cookies",
    "uses cookies",
    "accept cookies",
    "accept all",
    "privacy policy",
    "terms and conditions",
    "terms of use",
    "terms of service",
    "all rights reserved",
    "enable javascript",
    "your browser",
    "forward to a friend",
    "min read",
    "minute read",
    "mins read",
    "minutes read",
    "print this",
    "text size",
    "font size",
    "skip to content",
    "skip to main",
    "back to top",
    "toggle navigation",
    "add to favorites",
    "add to favourites",
    "sign in",
    "notre politique de",
    "nous utilisons des cookies",
    "utilizamos cookies",
    "wir verwenden cookies",
    "our newsletter",
    "weekly newsletter",
    "daily newsletter",
    "free account",
    "our app",
    "push notifications",
    "follow us on",
    "find us on",
    "follow @",
    "on google news",
    "on whatsapp",
    "on telegram channel",
    "our partner site",
    "in your inbox",
    "to your inbox",
    "need to know before",
    "your ad blocker",
    "adblock",
    "editor in chief",
    "editor-in-chief",
    "last update:",
    "last updated",
    "updated:",
    "published:",
    "posted:",
];

/// Words of share bars, counters and page controls.
const CONTROLS: &[&str] = &[
    "share",
    "tweet",
    "like",
    "pin",
    "print",
    "email",
    "e-mail",
    "mail",
    "save",
    "facebook",
    "twitter",
    "whatsapp",
    "telegram",
    "linkedin",
    "reddit",
    "pinterest",
    "messenger",
    "instagram",
    "youtube",
    "tiktok",
    "bluesky",
    "threads",
    "copy",
    "link",
    "x",
    "a",
    "aa",
    "on",
    "this",
    "via",
    "sms",
    "follow",
    "view",
    "views",
    "view:",
    "reads",
    "likes",
    "shares",
    "min",
    "minus",
    "plus",
    "arrow",
    "up",
    "down",
    "home",
    "icon",
    "menu",
    "search",
    "close",
    "open",
    "more",
    "comments",
    "comment",
    "loading",
    "weather",
    "reply",
    "rss",
    "flipboard",
    "viber",
    "vk",
    "ok",
    "листать",
    "bookmark",
    "listen",
    "subscribe",
    "us",
    "zoom",
    "play",
    "pause",
    "next",
    "previous",
    "image",
    "of",
    "gift",
    "article",
    "login",
    "logout",
    "register",
    "expand",
    "resize",
    "font",
    "text",
    "size",
    "imprimer",
    "partager",
    "drucken",
    "teilen",
    "imprimir",
    "compartir",
    "enviar",
];

/// Names of sections as menus print them.
const SECTIONS: &[&str] = &[
    "home",
    "news",
    "world",
    "nation",
    "national",
    "international",
    "local",
    "asia",
    "africa",
    "europe",
    "americas",
    "us",
    "uk",
    "politics",
    "business",
    "markets",
    "economy",
    "money",
    "finance",
    "energy",
    "tech",
    "technology",
    "science",
    "health",
    "environment",
    "climate",
    "sport",
    "sports",
    "football",
    "cricket",
    "opinion",
    "editorial",
    "comment",
    "culture",
    "arts",
    "entertainment",
    "lifestyle",
    "life",
    "style",
    "travel",
    "food",
    "video",
    "videos",
    "photos",
    "pictures",
    "podcasts",
    "jobs",
    "property",
    "motoring",
    "obituaries",
    "whats",
    "on",
    "e-edition",
    "epaper",
    "e-paper",
    "education",
    "crime",
    "society",
    "religion",
    "weather",
    "games",
    "puzzles",
    "magazine",
    "events",
    "classifieds",
    "subscribe",
    "login",
    "more",
    "latest",
    "live",
    "islands",
    "region",
    "regional",
    "community",
    "menu",
    "search",
    "about",
    "contact",
    "accueil",
    "monde",
    "economie",
    "politique",
    "societe",
    "inicio",
    "mundo",
    "politica",
    "economia",
    "deportes",
    "cultura",
    "startseite",
    "politik",
    "wirtschaft",
    "kultur",
    "panorama",
    "wissen",
    "brasil",
    "esportes",
    "главная",
    "политика",
    "экономика",
    "общество",
    "спорт",
    "мир",
    "culture",
];

/// The kind of furniture that `line` is by itself, if it is.
pub(super) fn furniture(line: &Line<'_>) -> Option<Furniture> {
    let folded = line.folded.as_str();
    if line.garbled {
        return Some(Furniture::Plain);
    }
    if line.words > 60 {
        return None;
    }
    if is_comments(line) {
        return Some(Furniture::Comments);
    }
    if is_after(line) {
        return Some(Furniture::After);
    }
    if line.words <= 40 && PROMOTIONS.iter().any(|p| opens(line, p)) {
        return Some(Furniture::Promotion);
    }
    let sentence = is_final(line.text) && line.words > 25;
    let plain = !sentence && PLAIN.iter().any(|p| folded.contains(p))
        || is_controls(folded)
        || is_menu(line)
        || is_address(line)
        || line.words == 0
        || line.text.ends_with(['»', '›', '→']) && !line.text.contains('«') && line.words <= 15;
    plain.then_some(Furniture::Plain)
}

/// Whether the line opens with `phrase` as a control would: a bare label, or the phrase and a colon, bar or capital.
/// `Read more about ...` in prose is long and small.
fn opens(line: &Line<'_>, phrase: &str) -> bool {
    let Some(rest) = line.folded.strip_prefix(phrase) else { return false };
    let whole = phrase.ends_with([':', '|', ' ', '»'])
        || rest.chars().next().is_none_or(|c| !c.is_alphanumeric())
        || phrase.starts_with("abonn")
        || phrase == "suscrib"
        || phrase == "подпис";
    let tail = rest.trim_start();
    let labelled = tail.starts_with([':', '|', '»', '-', '–', '—', '>', '(', '…', '.', '?']) || phrase.ends_with([':', '|', '»']);
    whole && (tail.is_empty() || labelled || line.words <= 15 || !is_final(line.text))
}

/// Labels count only when they stand nearly alone: an article may begin with `Comments by the minister ...`.
fn is_label(line: &Line<'_>, phrase: &str, limit: usize) -> bool {
    let Some(rest) = line.folded.strip_prefix(phrase) else { return false };
    let border = phrase.ends_with([' ', ':']) || rest.chars().next().is_none_or(|c| !c.is_alphanumeric());
    border && (line.words <= limit || phrase.ends_with(':')) && !(is_final(line.text) && line.words > 3)
}

fn is_comments(line: &Line<'_>) -> bool {
    if line.words > 8 {
        return false;
    }
    let folded = line.folded.as_str();
    let counted = folded.contains("comments (") || folded.contains("comment (");
    let bare = folded.trim_start_matches(|c: char| c.is_ascii_digit() || c.is_whitespace()).trim_end_matches([':', ' ']);
    let numbered = bare.len() < folded.trim_end_matches([':', ' ']).len() || line.words == 1;
    let label = COMMENTS.iter().any(|p| bare == *p && (numbered || p.contains(' ')) || p.contains(' ') && is_label(line, p, 8));
    let piped =
        folded.split(['|', '•', '·']).any(|s| COMMENTS.contains(&s.trim().trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ')));
    counted || label || piped && folded.contains(['|', '•', '·']) && folded.contains("comment")
}

fn is_after(line: &Line<'_>) -> bool {
    let limit = |p: &str| {
        if p.ends_with(':') {
            40
        } else if p == "more in " || p == "more from " {
            5
        } else {
            6
        }
    };
    let first = line.folded.split('|').next().unwrap_or("");
    AFTER.iter().any(|p| is_label(line, p, limit(p)) && (p.contains([' ', ':']) || line.words <= 2))
        || first.len() < line.folded.len() && AFTER.iter().any(|p| first.trim() == *p)
        || line.folded.split_once(':').is_some_and(|(label, _)| label.len() > 3 && line.words <= 40 && AFTER.contains(&label))
}

fn is_controls(folded: &str) -> bool {
    let mut any = false;
    for word in folded.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| !w.is_empty()) {
        any = true;
        if !CONTROLS.contains(&word) && !word.bytes().all(|b| b.is_ascii_digit()) {
            return false;
        }
    }
    any
}

/// Short pieces between separators, or a row of section names.
fn is_menu(line: &Line<'_>) -> bool {
    if is_final(line.text) && line.words > 12 {
        return false;
    }
    let pieces = line
        .text
        .split(['|', '›', '»', '•', '·', '→', '\t', '☰', '/', '>'])
        .flat_map(|p| p.split("  "))
        .filter(|p| !p.trim().is_empty())
        .count();
    let spaced_slash = line.text.contains('/') && !line.text.contains(" / ");
    let trail = line.text.contains(['›', '»', '☰', '→']) || line.text.contains(" > ");
    if pieces >= 3 && line.words <= pieces * 4 && !spaced_slash || trail && pieces >= 2 && line.words <= 14 {
        return true;
    }
    let mut all = 0;
    let mut sections = 0;
    for word in line.folded.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| !w.is_empty()) {
        all += 1;
        sections += usize::from(SECTIONS.contains(&word));
    }
    line.small <= 1 && (sections >= 3 && sections * 2 > all || all <= 2 && sections == all) || sections == all && all > 1
}

/// A web or mail address, or an account name, alone.
fn is_address(line: &Line<'_>) -> bool {
    line.words <= 3 && (line.folded.contains("http") || line.folded.contains("www.") || line.text.contains('@'))
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::*;

    fn kind(text: &str) -> Option<Furniture> {
        furniture(&lines(text)[0])
    }

    #[test]
    fn menus_and_controls() {
        for text in [
            "Home | Town | Farms",
            "Start › Region › Harbour",
            "Facebook Twitter Email Print",
            "A A A",
            "News Sport Jobs Property",
            "Home > UK > Rail",
            "www.example.org",
        ] {
            assert_eq!(kind(text), Some(Furniture::Plain), "{text}");
        }
        for text in ["The mayor met the news and sport desks of the town.", "Harbour reopens after storm", "The A/B test ran in May."] {
            assert_eq!(kind(text), None, "{text}");
        }
    }

    #[test]
    fn promotions_are_labels() {
        assert_eq!(kind("READ MORE: Bridge to close in autumn"), Some(Furniture::Promotion));
        assert_eq!(kind("Also Read | Bridge to close"), Some(Furniture::Promotion));
        assert_eq!(kind("Sign up for our letters"), Some(Furniture::Promotion));
        assert_eq!(
            kind(
                "Read more than one of her early novels, the critics said on the day after the long awaited award was given, and you will agree."
            ),
            None
        );
    }

    #[test]
    fn ends_of_the_article() {
        assert_eq!(kind("Related Posts:"), Some(Furniture::After));
        assert_eq!(kind("SHARE THIS ARTICLE"), Some(Furniture::After));
        assert_eq!(kind("Tags: harbour, storms"), Some(Furniture::After));
        assert_eq!(kind("12 Comments"), Some(Furniture::Comments));
        assert_eq!(kind("Share  Comments (7)"), Some(Furniture::Comments));
        assert_eq!(kind("Comments by the minister drew anger."), None);
    }
}
