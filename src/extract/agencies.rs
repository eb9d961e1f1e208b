//! News and picture agencies by their names.

use crate::document::Span;
use std::sync::LazyLock;

/// One agency.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Agency {
    /// Canonical name.
    pub(super) name: &'static str,
    /// Whether it sells pictures only: never a text credit.
    pub(super) pictures: bool,
    /// Whether its short name alone is none: a common word or a given name.
    long_only: bool,
    /// Other ways to write it; written as they stand, or all in capitals when longer than four letters.
    also: &'static [&'static str],
}

const fn news(name: &'static str, also: &'static [&'static str]) -> Agency {
    Agency { name, pictures: false, long_only: false, also }
}

/// An agency whose short name is a common word or a given name.
const fn named(name: &'static str, also: &'static [&'static str]) -> Agency {
    Agency { name, pictures: false, long_only: true, also }
}

/// Short names that also stand alone on pages for something else: a feed, a map, the size of letters, a given name.
const SHY: &[&str] = &[
    "RSS", "MAP", "APP", "TAP", "SPA", "UNI", "CP", "AA", "STA", "TT", "PAP", "CNA", "SID", "PETRA", "ANA", "INA", "MIA", "ATA", "ENA",
    "TNS", "CNS", "Lusa", "LUSA", "Ansa", "Tass", "Andina", "Antara", "HINA",
];

const fn pictures(name: &'static str, also: &'static [&'static str]) -> Agency {
    Agency { name, pictures: true, long_only: false, also }
}

/// Short names are matched with their case: `AP` is an agency, `ap` is not.
const AGENCIES: &[Agency] = &[
    news(
        "AFP",
        &[
            "Agence France-Presse",
            "Agence France Presse",
            "France-Presse",
            "АФП",
            "Франс Пресс",
            "Агентство Франс Пресс",
            "法新社",
            "أ ف ب",
            "ا ف ب",
            "أ.ف.ب",
            "فرانس برس",
            "وكالة فرانس برس",
        ],
    ),
    news("AP", &["Associated Press", "The Associated Press", "A.P.", "Ассошиэйтед Пресс", "美联社", "أسوشيتد برس", "أسوشييتد برس"]),
    news("Reuters", &["Thomson Reuters", "Reuters News Agency", "Рейтер", "Рейтерс", "路透社", "ロイター", "رويترز"]),
    news("PA", &["PA Media", "PA news agency", "PA News Agency", "Press Association", "Press Association Ireland"]),
    news(
        "dpa",
        &[
            "DPA",
            "Deutsche Presse-Agentur",
            "dpa-AFX",
            "dpa-infocom",
            "German Press Agency",
            "ДПА",
            "د ب أ",
            "د.ب.أ",
            "وكالة الأنباء الألمانية",
        ],
    ),
    news("EFE", &["Agencia EFE", "EFE News", "EFE Agro", "ЭФЭ", "إفي"]),
    news("ANSA", &["Ansa", "Agenzia ANSA"]),
    news("Xinhua", &["Xinhua News Agency", "Синьхуа", "新华社", "新華社", "شينخوا"]),
    news("TASS", &["ITAR-TASS", "Itar-Tass", "Tass", "ТАСС", "ИТАР-ТАСС", "تاس"]),
    news("Interfax", &["Interfax-Ukraine", "Интерфакс", "Интерфакс-Украина"]),
    news("RIA Novosti", &["RIA", "RIA News", "РИА Новости", "РИА"]),
    news("Kyodo", &["Kyodo News", "KYODO", "共同", "共同通信"]),
    news("Jiji", &["Jiji Press", "JIJI", "時事"]),
    news("Yonhap", &["Yonhap News", "Yonhap News Agency", "연합뉴스"]),
    news("PTI", &["Press Trust of India"]),
    news("ANI", &["Asian News International"]),
    news("IANS", &["Indo-Asian News Service"]),
    news("UNI", &["United News of India"]),
    news("UPI", &["United Press International"]),
    news("Bloomberg", &["Bloomberg News"]),
    news("ANP", &["Algemeen Nederlands Persbureau"]),
    news("Belga", &["Agence Belga"]),
    news("TT", &["Tidningarnas Telegrambyrå", "TT Nyhetsbyrån"]),
    news("NTB", &["Norsk Telegrambyrå"]),
    news("Ritzau", &["Ritzaus Bureau", "ritzau"]),
    news("STT", &["Suomen Tietotoimisto"]),
    news("APA", &["Austria Presse Agentur"]),
    news("Keystone-SDA", &["Keystone-ATS", "SDA", "sda", "ATS", "ats", "Schweizerische Depeschenagentur"]),
    news("Lusa", &["LUSA", "Agência Lusa"]),
    news("Agência Brasil", &["Agencia Brasil", "ABr"]),
    news("Estadão Conteúdo", &["Agência Estado", "Estadao Conteudo"]),
    news("Folhapress", &[]),
    news("Europa Press", &[]),
    news("Notimex", &["NOTIMEX"]),
    news("Télam", &["Telam"]),
    news("Prensa Latina", &["PL Noticias"]),
    news("Andina", &["Agencia Andina"]),
    news("Anadolu", &["Anadolu Agency", "Anadolu Ajansı", "Anadolu Ajansi", "AA", "الأناضول"]),
    news("DHA", &["Demirören News Agency", "Demirören Haber Ajansı"]),
    news("IHA", &["İHA", "İhlas Haber Ajansı"]),
    news("WAM", &["Emirates News Agency", "وام"]),
    news("SPA", &["Saudi Press Agency", "واس"]),
    news("QNA", &["Qatar News Agency", "قنا"]),
    news("KUNA", &["Kuwait News Agency", "كونا"]),
    news("BNA", &["Bahrain News Agency"]),
    news("ONA", &["Oman News Agency"]),
    news("Jordan News Agency", &["PETRA", "Petra News Agency", "بترا"]),
    news("SANA", &["Syrian Arab News Agency", "سانا"]),
    news("IRNA", &["Islamic Republic News Agency", "إرنا"]),
    named("Fars", &["Fars News Agency"]),
    news("Tasnim", &["Tasnim News Agency"]),
    named("Mehr", &["Mehr News Agency"]),
    news("WAFA", &["Palestine News Agency", "وفا"]),
    news("INA", &["Iraqi News Agency", "واع"]),
    news("NNA", &["National News Agency of Lebanon", "الوكالة الوطنية للإعلام"]),
    named("Saba", &["Saba News Agency"]),
    news("SUNA", &["Sudan News Agency"]),
    news("ISNA", &["Iranian Students News Agency"]),
    news("MENA", &["Middle East News Agency", "أ ش أ", "أ.ش.أ", "وكالة أنباء الشرق الأوسط"]),
    news("APS", &["Algérie Presse Service", "Algerie Presse Service", "واج"]),
    news("MAP", &["Maghreb Arabe Presse", "و م ع"]),
    news("TAP", &["Tunis Afrique Presse"]),
    news("NAN", &["News Agency of Nigeria"]),
    news("GNA", &["Ghana News Agency"]),
    news("Angop", &["ANGOP"]),
    news("Panapress", &["PANA Press"]),
    news("ENA", &["Ethiopian News Agency"]),
    news("SAnews", &["South African Government News Agency"]),
    news("APP", &["Associated Press of Pakistan"]),
    news("BSS", &["Bangladesh Sangbad Sangstha"]),
    news("UNB", &["United News of Bangladesh"]),
    news("RSS", &["Rastriya Samachar Samiti"]),
    news("Bernama", &["BERNAMA"]),
    news("Antara", &["ANTARA", "Antara News"]),
    news("VNA", &["Vietnam News Agency", "TTXVN"]),
    news("TNA", &["Thai News Agency"]),
    news("PNA", &["Philippine News Agency"]),
    news("CNA", &["Central News Agency"]),
    news("KCNA", &["Korean Central News Agency"]),
    news("Canadian Press", &["The Canadian Press", "CP", "La Presse Canadienne", "Presse Canadienne"]),
    news("AAP", &["Australian Associated Press", "Australian Associated Press (AAP)"]),
    news("NZPA", &["New Zealand Press Association"]),
    news("NZME", &["NZ Newswire"]),
    news("Ukrinform", &["Укринформ", "Укрінформ"]),
    news("UNIAN", &["Unian", "УНИАН", "УНІАН"]),
    news("BelTA", &["BELTA", "БелТА", "БЕЛТА"]),
    news("Azertac", &["AZERTAC", "AZERTAJ"]),
    named("Trend", &["Trend News Agency"]),
    news("APA Azerbaijan", &["Azeri Press Agency"]),
    news("AKIpress", &[]),
    news("Montsame", &[]),
    news("Sputnik", &["Sputnik News", "РИА Новости Спутник"]),
    news("Armenpress", &["ARMENPRESS"]),
    news("Kazinform", &["KAZINFORM"]),
    news("PAP", &["Polska Agencja Prasowa", "Polish Press Agency"]),
    news("ČTK", &["CTK", "ČTK", "Czech News Agency"]),
    news("TASR", &[]),
    news("MTI", &["Magyar Távirati Iroda"]),
    news("Agerpres", &["AGERPRES"]),
    news("Mediafax", &["MEDIAFAX"]),
    news("BTA", &["Bulgarian News Agency", "БТА"]),
    news("HINA", &["Hina news agency", "Croatian News Agency"]),
    news("SRNA", &[]),
    news("FENA", &[]),
    news("MIA", &["Media Information Agency"]),
    news("ATA", &["Albanian Telegraphic Agency"]),
    news("Moldpres", &["MOLDPRES"]),
    news("ELTA", &[]),
    news("LETA", &[]),
    news("BNS", &["Baltic News Service"]),
    news("Tanjug", &["TANJUG", "Танјуг"]),
    news("STA", &["Slovenian Press Agency"]),
    news("ANA-MPA", &["AMNA", "ANA"]),
    news("CNS", &["Catholic News Service"]),
    news("RNS", &["Religion News Service"]),
    news("Tribune News Service", &["TNS"]),
    news("Dow Jones", &["Dow Jones Newswires"]),
    news("SID", &["Sport-Informations-Dienst"]),
    news("epd", &["Evangelischer Pressedienst"]),
    news("KNA", &["Katholische Nachrichten-Agentur"]),
    news("Adnkronos", &["ADNKRONOS"]),
    news("AGI", &["Agenzia Italia"]),
    news("LaPresse", &[]),
    pictures("Getty Images", &["Getty", "Getty Creative"]),
    pictures("EPA", &["European Pressphoto Agency", "EPA-EFE"]),
    pictures("Shutterstock", &[]),
    pictures("Alamy", &["Alamy Stock Photo"]),
    pictures("iStock", &["iStockphoto"]),
    pictures("Adobe Stock", &[]),
    pictures("Depositphotos", &[]),
    pictures("Unsplash", &[]),
    pictures("Pexels", &[]),
    pictures("Pixabay", &[]),
    pictures("Wikimedia Commons", &["Wikimedia", "Wikipedia"]),
    pictures("imago", &["IMAGO", "Imago Images", "imago images"]),
    pictures("picture alliance", &["picture-alliance", "Picture Alliance"]),
    pictures("NurPhoto", &[]),
    pictures("Zuma Press", &["ZUMA", "ZUMAPRESS"]),
    pictures("Sipa", &["SIPA", "Sipa USA"]),
    pictures("Hans Lucas", &[]),
    pictures("SWNS", &[]),
    pictures("Scanpix", &["NTB Scanpix", "TT Scanpix"]),
];

/// All spellings, longest first among those with the same first byte.
static SPELLINGS: LazyLock<Vec<(String, usize)>> = LazyLock::new(|| {
    let mut all: Vec<(String, usize)> = Vec::new();
    for (i, agency) in AGENCIES.iter().enumerate() {
        for name in std::iter::once(&agency.name).filter(|_| !agency.long_only).chain(agency.also) {
            all.push(((*name).to_owned(), i));
            if name.chars().count() > 4 {
                all.push((name.to_uppercase(), i));
            }
        }
    }
    all.sort_by(|a, b| first_byte(&a.0).cmp(&first_byte(&b.0)).then(b.0.len().cmp(&a.0.len())).then(a.0.cmp(&b.0)));
    all.dedup();
    all
});

fn first_byte(s: &str) -> u8 {
    s.as_bytes().first().copied().unwrap_or(0)
}

/// The agencies named in the part `within` of `text`, in order, longest spelling first. Meant for short parts.
pub(super) fn find(text: &str, within: Span) -> Vec<(&'static Agency, Span)> {
    let part = within.of(text);
    let mut out = Vec::new();
    let mut free = 0;
    let mut before = ' ';
    for (at, c) in part.char_indices() {
        let starts = !before.is_alphanumeric() && c.is_alphanumeric();
        before = c;
        if at < free || !starts {
            continue;
        }
        if let Some((agency, len)) = at_start(&part[at..]) {
            free = at + len;
            out.push((agency, Span::new(within.start + at, within.start + free)));
        }
    }
    out
}

/// Whether `spelling` alone may be anything: it needs a dash, a bracket or a word beside it.
pub(super) fn is_shy(spelling: &str) -> bool {
    SHY.contains(&spelling)
}

/// The agency whose name `text` begins with, and the length of that name.
pub(super) fn at_start(text: &str) -> Option<(&'static Agency, usize)> {
    let first = first_byte(text);
    let from = SPELLINGS.partition_point(|(s, _)| first_byte(s) < first);
    let (spelling, index) = SPELLINGS[from..]
        .iter()
        .take_while(|(s, _)| first_byte(s) == first)
        .find(|(s, _)| text.strip_prefix(s.as_str()).is_some_and(|rest| rest.chars().next().is_none_or(|c| !c.is_alphanumeric())))?;
    Some((AGENCIES.get(*index)?, spelling.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<&'static str> {
        find(text, Span::new(0, text.len())).iter().map(|(a, _)| a.name).collect()
    }

    #[test]
    fn long_names_come_before_short_ones() {
        assert_eq!(names("The Associated Press"), ["AP"]);
        assert_eq!(names("Associated Press of Pakistan"), ["APP"]);
        assert_eq!(names("AGENCE FRANCE-PRESSE and dpa"), ["AFP", "dpa"]);
    }

    #[test]
    fn short_names_keep_their_case_and_borders() {
        assert!(names("apa tap ap Apple PAP-free map").iter().all(|n| *n == "PAP"));
        assert_eq!(names("AFP/Getty Images"), ["AFP", "Getty Images"]);
    }

    #[test]
    fn common_words_are_no_agencies() {
        for text in [
            "The trend of the pa and the sta in the uni of the state",
            "Trend of the week",
            "Saba and Mehr went to Fars",
            "UNITED states APPS STAR UNIT MAPS PATH",
            "Papa Tapa Ana Map App Uni Sta",
            "вассал тассовый рейтеров",
        ] {
            assert_eq!(names(text), [""; 0], "{text}");
        }
        assert_eq!(names("Trend News Agency"), ["Trend"]);
        assert_eq!(names("وكالة فرانس برس ورويترز"), ["AFP"]);
        assert_eq!(names("رويترز، د ب أ"), ["Reuters", "dpa"]);
    }

    #[test]
    fn there_are_enough() {
        assert!(AGENCIES.iter().filter(|a| !a.pictures).count() >= 100);
    }
}
