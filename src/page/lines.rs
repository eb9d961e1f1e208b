//! Blocks inside of an article that are none of it, by their own words and links.

use super::blocks::Block;
use super::phrases::Phrases;
use super::tag::Tag;

/// What a block is by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// Text.
    Text,
    /// It leads elsewhere, and so may what comes after it.
    Promotion,
    /// Nothing but a link.
    Linked,
    /// An invitation to follow, subscribe, register.
    Invitation,
    /// Who owns or made a picture.
    Picture,
    /// Little but a day or a time.
    Stamp,
}

/// Openings of a block that leads elsewhere, in small letters.
#[rustfmt::skip]
const PROMOTIONS: Phrases = Phrases::new(&[
    "related", "read more", "read also", "read next", "also read", "see also", "more from", "more on", "more great", "more stories", "you may also", "you might also",
    "recommended", "don't miss", "don’t miss", "auch interessant", "auch auf", "lesen sie auch", "lesen sie mehr", "lesen sie hier", "lies auch", "lies mehr",
    "mehr zum thema", "mehr dazu", "mehr lesen", "mehr über", "das könnte sie", "das könnte dich", "das könnte euch", "siehe auch", "weiterlesen", "weitere artikel", "weitere beiträge",
    "passend dazu", "passend zum thema", "schon gelesen", "über den autor", "über die autorin", "about the author", "ähnliche artikel", "ähnliche beiträge",
    "verwandte artikel", "czytaj też", "czytaj także", "czytaj więcej", "zobacz też", "zobacz także", "przeczytaj", "lire aussi", "à lire", "a lire", "lire la suite", "voir aussi",
    "lea también", "lea además", "lee también", "leer más", "te puede interesar", "le puede interesar", "ver también", "leia também", "leia mais", "veja também", "leggi anche",
    "lees ook", "lees meer", "læs også", "läs också", "läs mer", "les også", "lue myös", "читайте также", "читать также", "читайте ещё", "смотрите также", "vorschau auf",
    "noch keine bewertung", "wie bewerten", "kommentare", "keine kommentare", "leave a comment", "leave a reply", "schreibe einen kommentar", "teilen", "share this",
    "diesen artikel", "diesen beitrag", "tags:", "schlagwörter", "schlagworte", "filed under", "posted in", "category:", "categories:", "kategorie:", "kategorien:", "etiquetas", "foto-serie", "zurück zu", "zurück zur", "nach oben",
]);

/// Words of an invitation, in small letters.
#[rustfmt::skip]
const INVITATIONS: Phrases = Phrases::new(&[
    "newsletter", "subscribe", "sign up", "follow us", "like us on", "join our", "download our app", "breaking news updates", "abonnieren", "folgen sie uns", "folgt uns", "folge uns",
    "suscríbete", "suscribirse", "síguenos", "canal de telegram", "canal de whatsapp", "hazte miembro", "abonnez-vous", "inscrivez-vous", "suivez-nous", "iscriviti", "inscreva-se",
    "assine", "siga-nos", "abonneer", "подпишитесь", "подписывайтесь", "zapisz się",
]);

/// Places to follow somebody.
const PLACES: Phrases = Phrases::new(&["twitter", "facebook", "instagram", "telegram", "whatsapp", "youtube", "linkedin"]);

/// Signs of a picture's owner, in small letters.
#[rustfmt::skip]
const PICTURES: Phrases = Phrases::new(&[
    "©", "(c) ", "getty images", "shutterstock", "unsplash", "pixabay", "istock", "adobe stock", "picture alliance", "imago images", "image credit", "photo credit", "photo by", "photograph by",
    "foto:", "fotos:", "photo:", "photos:", "bild:", "bilder:", "image:", "beitragsbild", "titelbild", "bildquelle", "crédit photo", "crédits photo", "credit:", "credits:", "(ap photo", "(afp photo", "quelle:", "grafik:",
    "fot.", "foto ©", "imagen:", "crédito:",
]);

impl Line {
    /// What `block` is.
    pub(super) fn of(block: &Block) -> Self {
        let words = block.words();
        if words > 60 {
            return Self::Text;
        }
        let density = block.link_density();
        let small = block.text.to_lowercase();
        let opening = small.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '©' && c != '(');
        if PROMOTIONS.begin(opening) {
            let label = block.tag.is_heading() || words <= 6 || opening.split_whitespace().take(5).any(|w| w.ends_with(':'));
            if density > 0.3
                || label && (block.tag.is_heading() || words <= 6 || !ends_sentence(&block.text))
                || small.ends_with(':') && words <= 8
            {
                return Self::Promotion;
            }
        }
        if density >= 0.9 && (matches!(block.tag, Tag::Li | Tag::Td | Tag::Th | Tag::Div | Tag::Other) || words >= 4) {
            return Self::Linked;
        }
        let invited = || INVITATIONS.stand_in(&small) || opening.starts_with("follow ") && PLACES.stand_in(&small);
        if words <= 45 && (block.links > 0 || words <= 12) && invited() {
            return Self::Invitation;
        }
        // a word before a colon is a label: it opens the line, or stands after a bracket
        let labels = |p: &str, at: usize| {
            !p.ends_with(':') || small.get(..at).is_some_and(|before| before.ends_with(" (") || at + opening.len() == small.len())
        };
        if words <= 40 && PICTURES.find(&small, labels) {
            return Self::Picture;
        }
        if is_stamp(&block.text, words) { Self::Stamp } else { Self::Text }
    }
}

/// Whether the text ends with a final point, closing marks apart.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '”' | '“' | '’' | '»' | '«' | ')' | ']' | '*'))
        .ends_with(['.', '!', '?', '…', '。', '！', '？'])
}

/// Whether the text is a few words with the number of a year or the time of day.
fn is_stamp(text: &str, words: usize) -> bool {
    if words > 12 || ends_sentence(text) && words > 3 {
        return false;
    }
    let numbers = || text.split(|c: char| !c.is_ascii_digit());
    let year = numbers().any(|n| n.len() == 4 && (n.starts_with("19") || n.starts_with("20")));
    let clock = text.split_whitespace().any(|w| {
        let w = w.trim_matches(|c: char| !c.is_ascii_digit());
        w.split_once([':', 'h'])
            .is_some_and(|(h, m)| (1..=2).contains(&h.len()) && m.len() == 2 && h.bytes().chain(m.bytes()).all(|b| b.is_ascii_digit()))
    });
    let day = numbers().any(|n| (1..=2).contains(&n.len()));
    clock || year && day
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(text: &str, tag: Tag, linked: usize) -> Block {
        let chars = text.chars().filter(|c| !c.is_whitespace()).count();
        Block { text: text.to_owned(), node: 0, tag, chars, linked: linked * chars / 100, links: usize::from(linked > 0), bold: 0 }
    }

    #[test]
    fn lines_inside_of_articles() {
        for (text, tag, linked, want) in [
            ("Read more: Harbour closed after storm", Tag::P, 90, Line::Promotion),
            ("Lesen Sie auch", Tag::H4, 0, Line::Promotion),
            ("Related studies were read by many, she said.", Tag::P, 0, Line::Text),
            ("Read more than one book a week and you will know.", Tag::P, 0, Line::Text),
            ("Harbour closed after storm", Tag::P, 100, Line::Linked),
            ("Harbour", Tag::Li, 100, Line::Linked),
            ("Follow Jo on Twitter.", Tag::P, 40, Line::Invitation),
            ("Sign up to our newsletter today!", Tag::P, 0, Line::Invitation),
            ("The storm over Elba. © AFP / Jo Doe", Tag::P, 0, Line::Picture),
            ("Foto: dpa", Tag::P, 0, Line::Picture),
            ("Updated 3:27 am PST, Wednesday, November 20, 2019", Tag::Div, 0, Line::Stamp),
            ("The storm of 2019 was the worst.", Tag::P, 0, Line::Text),
        ] {
            assert_eq!(Line::of(&block(text, tag, linked)), want, "{text}");
        }
    }
}
