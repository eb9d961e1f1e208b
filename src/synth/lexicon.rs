//! Ordinary English words, chosen for this program: the head of the vocabulary. The rest is made by rule.

/// Nouns with a regular plural, the more usual ones first.
pub(super) const NOUNS: &str = "year government company market report plan minister price week month group country state city bank \
    official leader court law vote party deal meeting agreement attack budget rate tax worker union police office school hospital \
    river road bridge port harbour airport train ship plane crew factory plant field farm farmer village town district border army \
    soldier officer judge lawyer trial charge prison protest crowd march strike talk summit treaty sanction export import tariff \
    trade investor share bond fund loan debt profit loss quarter forecast survey index growth figure record team player coach game \
    match season league goal race title cup final stadium fan song film actor writer book museum theatre festival award artist \
    scientist study researcher vaccine patient doctor nurse drug disease virus test clinic storm flood fire earthquake drought \
    winter summer forest animal bird fish coast island mountain valley water pipeline reactor mine miner engine battery satellite \
    rocket network computer phone service customer user website password leak hacker student teacher pupil university college exam \
    parent child mother father brother sister neighbour resident tenant landlord house flat tower building roof wall street square \
    park garden shop store restaurant hotel tourist visitor passenger driver bus truck lorry car bicycle tunnel station line \
    ticket fare rule ban permit licence inquiry review hearing appeal ruling verdict fine sentence arrest suspect witness victim \
    weapon missile drone tank convoy ceasefire refugee camp shelter aid donor charity campaign poll candidate election ballot \
    constituency opponent ally rival critic supporter reform bill amendment committee chamber senator mayor governor president \
    ambassador envoy spokesman chairman director manager partner supplier contract order delivery shortage surplus harvest crop";

/// Verbs: base form and past form, `base past` (the past form also serves as participle).
pub(super) const VERBS: &str = "announce announced approve approved reject rejected close closed open opened cut cut raise raised \
    reduce reduced support supported oppose opposed visit visited leave left reach reached sign signed publish published review \
    reviewed delay delayed suspend suspended cancel cancelled buy bought sell sold build built repair repaired destroy destroyed \
    damage damaged attack attacked defend defended protect protected follow followed lead led join joined meet met help helped warn \
    warned blame blamed accuse accused charge charged arrest arrested release released free freed replace replaced remove removed \
    move moved send sent receive received deliver delivered test tested measure measured study studied find found lose lost win won \
    beat beat face faced fear feared expect expected plan planned launch launched start started finish finished extend extended \
    renew renewed repeat repeated confirm confirmed deny denied reveal revealed describe described discuss discussed debate debated \
    consider considered examine examined inspect inspected block blocked stop stopped halt halted resume resumed expand expanded \
    improve improved strengthen strengthened weaken weakened threaten threatened criticise criticised praise praised welcome \
    welcomed question questioned challenge challenged finance financed fund funded pay paid owe owed collect collected share shared \
    train trained hire hired dismiss dismissed employ employed appoint appointed elect elected represent represented organise \
    organised cross crossed enter entered search searched seize seized store stored carry carried bring brought hold held keep kept \
    change changed adopt adopted introduce introduced propose proposed abandon abandoned complete completed record recorded";

/// Adjectives.
pub(super) const ADJECTIVES: &str = "new old public private local national foreign international political economic military social \
    legal medical financial commercial industrial rural urban central northern southern eastern western coastal early late former \
    current next recent annual monthly weekly daily high low large small big major minor heavy light strong weak rich poor young \
    long short deep wide narrow clear open final joint secret senior junior independent regional federal official temporary \
    permanent emergency nuclear electric digital modern ancient popular rare common serious severe mild deadly fresh dry wet cold \
    warm bitter quiet sudden steady slow rapid sharp fair strict possible likely costly cheap expensive damaged wounded";

/// Adverbs.
pub(super) const ADVERBS: &str = "sharply slowly quickly again quietly openly briefly slightly widely largely recently finally \
    formally repeatedly immediately later twice together abroad overnight earlier separately badly fully partly nearly unexpectedly";

/// What persons are.
pub(super) const ROLES: &str = "minister mayor governor spokesman spokeswoman chairman director analyst economist lawyer judge \
    professor doctor captain general colonel senator ambassador president secretary treasurer manager coach inspector scientist \
    engineer farmer teacher commander adviser";

/// Given names.
pub(super) const GIVEN: &str = "Anna Maria John Peter Paul David Thomas Laura Sarah Emma Daniel Martin Robert Michael James Helen \
    Alice Mark Simon Julia Elena Ivan Olga Ahmed Fatima Omar Leila Yusuf Amina José André Zoë Renée Carlos Lucia Miguel Sofia Marco \
    Giulia Hans Greta Karl Ingrid Lars Astrid Kenji Yuki Wei Mei Raj Priya Arjun Kofi Ama Kwame Nia Tariq Hana Samuel Ruth";

/// What follows the name of an organisation.
pub(super) const FIRMS: &str = "Group Bank Holdings Airlines Energy Motors Steel Telecom Foods Industries Institute University \
    Hospital Council Federation Foundation Agency Commission Authority Association";

/// What comes before the name of an organisation.
pub(super) const BODIES: &str = "Ministry Department Bureau Office Port Bank University Court Chamber Board";

/// Beginnings of made words.
pub(super) const ONSETS: &str = "b c d f g h l m n p r s t v w br cl cr dr fl gr pl pr qu sc sh sl sp st str th tr ch bl gl";

/// Middles of made words.
pub(super) const NUCLEI: &str = "a e i o u a e i o ai ea ou ie oo au";

/// Ends of the syllables of made words; `_` is none.
pub(super) const CODAS: &str = "_ _ _ _ n r l s t m d nd st ck nt rd ll x p g rn mp";

/// Endings of made nouns; `_` is none.
pub(super) const NOUN_ENDINGS: &str = "_ _ _ er tion ment ism ance or ist age let";

/// Endings of made adjectives.
pub(super) const ADJECTIVE_ENDINGS: &str = "al ous ive ic ary less able ish ful ent";

/// Endings of made names; `_` is none.
pub(super) const NAME_ENDINGS: &str = "_ _ son man ton ez ov ini sen ley er berg ic ski";

/// Endings of made places; `_` is none.
pub(super) const PLACE_ENDINGS: &str = "_ ville ton burg ia ford land port stan mouth field dale grad";
