//! The phrases and words that furniture is told by: general, folded (see `lines::fold`), of no one publisher.

/// Labels of the readers' part.
#[rustfmt::skip]
pub(super) const COMMENTS: &[&str] = &[
    "comments", "comment", "post a comment", "leave a comment", "leave a reply", "add a comment", "reader comments",
    "join the conversation", "be the first to comment", "view comments", "show comments", "comments are closed", "have your say",
    "commentaires", "reagir", "comentarios", "deja un comentario", "deja una respuesta", "kommentare", "kommentar schreiben",
    "deixe um comentario", "commenti", "комментарии", "reacties", "sort by newest", "log in to comment", "sign in to comment",
    "what do you think", "conversation",
];

/// Labels of what follows an article.
#[rustfmt::skip]
pub(super) const AFTER: &[&str] = &[
    "related posts", "related post", "related articles", "related stories", "related news", "related topics", "related content",
    "related:", "you may also like", "you might also like", "you may like", "more in ", "more from ", "more on this", "more stories",
    "more news", "most read", "most popular", "most viewed", "popular posts", "popular now", "trending now", "trending:", "trending",
    "recommended", "recommended for you", "latest news", "latest stories", "latest posts", "older post", "newer post",
    "previous post", "next post", "previous article", "next article", "tags:", "tags", "tagged", "topics:", "filed under",
    "share this", "share article", "share on", "share:", "share story", "about the author", "about author", "sponsored", "promoted",
    "from around the web", "as featured on", "as seen on", "top stories", "dont miss", "editors picks", "must read", "see also:",
    "related reading", "further reading", "in this section", "a lire aussi", "lire aussi :", "sur le meme sujet", "articles lies",
    "articles similaires", "partager", "noticias relacionadas", "te puede interesar", "mas noticias", "mas leidas", "etiquetas",
    "compartir", "mehr zum thema", "das konnte sie", "auch interessant", "meistgelesen", "schlagworte", "teilen", "leia tambem",
    "mais lidas", "noticias relacionadas", "compartilhar", "compartilhe", "leggi anche", "articoli correlati", "condividi",
    "читайте также", "по теме", "теги", "поделиться", "lees ook", "unsubscribe",
];

/// At the beginning of a line.
#[rustfmt::skip]
pub(super) const PROMOTIONS: &[&str] = &[
    "read more", "read also", "also read", "read the full", "read next", "read:", "read |", "see more", "see also", "watch:",
    "watch |", "watch now", "watch live", "listen:", "listen to", "click here", "tap here", "continue reading", "keep reading",
    "story continues", "article continues", "advertisement", "advertising", "sign up", "subscribe", "get the latest", "get our",
    "get breaking", "download the app", "download our", "download app", "follow us", "follow our", "like us", "join us", "join our",
    "join the", "catch all the", "catch the latest", "stay up to date", "stay updated", "stay informed", "for more",
    "for all the latest", "find out more", "learn more", "have you been", "do you have", "got a story", "got a tip", "send us",
    "contact us", "email us", "email our", "support our", "support us", "donate", "become a member", "already a", "create a free",
    "create an account", "register", "this article is for", "this content is", "to continue reading", "youve reached", "unlock",
    "log in", "login", "lire la suite", "lire aussi", "a lire", "lire plus", "abonnez", "inscrivez", "leer mas", "lea tambien",
    "lee tambien", "le puede interesar", "suscrib", "registrate", "lesen sie", "mehr lesen", "weiterlesen", "jetzt lesen",
    "abonnieren", "newsletter", "anzeige", "leia mais", "leia tambem", "saiba mais", "assine", "leggi anche", "iscriviti",
    "читать далее", "подробнее", "подпис", "lees meer", "publicidad", "publicite", "publicidade", "play video", "video:", "video |",
    "live updates:", "explainer:", "in pictures:", "in photos:", "opinion:", "exclusive:", "good morning. here", "good evening. here",
    "editors note", "note to readers", "view in browser", "open in app", "use our app", "add us", "turn on notifications", "related:",
    "more:", "more »",
];

/// Anywhere in a line.
#[rustfmt::skip]
pub(super) const PLAIN: &[&str] = &[
    "send us your", "let us know", "email our", "tell us what", "tell us about", "get in touch", "share your story", "share your views",
    "reach the reporter", "newsroom at", "story tip", "on our website", "visit our", "join our",
    "cookie policy", "use cookies", "uses cookies", "accept cookies", "accept all", "privacy policy", "terms and conditions",
    "terms of use", "terms of service", "all rights reserved", "enable javascript", "your browser", "forward to a friend", "min read",
    "minute read", "mins read", "minutes read", "print this", "text size", "font size", "skip to content", "skip to main",
    "back to top", "toggle navigation", "add to favorites", "add to favourites", "sign in", "notre politique de",
    "nous utilisons des cookies", "utilizamos cookies", "wir verwenden cookies", "our newsletter", "weekly newsletter",
    "daily newsletter", "free account", "our app", "push notifications", "follow us on", "find us on", "follow @", "on google news",
    "on whatsapp", "on telegram channel", "our partner site", "in your inbox", "to your inbox", "need to know before",
    "your ad blocker", "adblock", "editor in chief", "editor-in-chief", "last update:", "last updated", "updated:", "published:",
    "posted:",
];

/// Words of share bars, counters and page controls.
#[rustfmt::skip]
pub(super) const CONTROLS: &[&str] = &[
    "share", "tweet", "like", "pin", "print", "email", "e-mail", "mail", "save", "facebook", "twitter", "whatsapp", "telegram",
    "linkedin", "reddit", "pinterest", "messenger", "instagram", "youtube", "tiktok", "bluesky", "threads", "copy", "link", "x", "a",
    "aa", "on", "this", "via", "sms", "follow", "view", "views", "view:", "reads", "likes", "shares", "min", "minus", "plus", "arrow",
    "up", "down", "home", "icon", "menu", "search", "close", "open", "more", "comments", "comment", "loading", "weather", "reply",
    "rss", "flipboard", "viber", "vk", "ok", "листать", "bookmark", "listen", "subscribe", "us", "zoom", "play", "pause", "next",
    "previous", "image", "of", "gift", "article", "login", "logout", "register", "expand", "resize", "font", "text", "size",
    "imprimer", "partager", "drucken", "teilen", "imprimir", "compartir", "enviar",
];

/// Names of sections as menus print them.
#[rustfmt::skip]
pub(super) const SECTIONS: &[&str] = &[
    "home", "news", "world", "nation", "national", "international", "local", "asia", "africa", "europe", "americas", "us", "uk",
    "politics", "business", "markets", "economy", "money", "finance", "energy", "tech", "technology", "science", "health",
    "environment", "climate", "sport", "sports", "football", "cricket", "opinion", "editorial", "comment", "culture", "arts",
    "entertainment", "lifestyle", "life", "style", "travel", "food", "video", "videos", "photos", "pictures", "podcasts", "jobs",
    "property", "motoring", "obituaries", "whats", "on", "e-edition", "epaper", "e-paper", "education", "crime", "society",
    "religion", "weather", "games", "puzzles", "magazine", "events", "classifieds", "subscribe", "login", "more", "latest", "live",
    "islands", "region", "regional", "community", "menu", "search", "about", "contact", "accueil", "monde", "economie", "politique",
    "societe", "inicio", "mundo", "politica", "economia", "deportes", "cultura", "startseite", "politik", "wirtschaft", "kultur",
    "panorama", "wissen", "brasil", "esportes", "главная", "политика", "экономика", "общество", "спорт", "мир", "culture",
];
