//! How usual words are in news at large, roughly: what a small collection cannot tell.

/// Words that no stop list holds and that stand in many news stories whatever they are about, with the share of stories, by rule of
/// thumb: only the order of size matters. Folded forms; one form stands for the others of its stem.
pub fn frequent_words() -> impl Iterator<Item = (&'static str, f64)> {
    let tier = |words: &'static str, share: f64| words.split_whitespace().map(move |w| (w, share));
    tier(EVERYWHERE, 0.3).chain(tier(OFTEN, 0.12)).chain(tier(NOW_AND_THEN, 0.05))
}

const EVERYWHERE: &str = "year time new people last first day week month country state government number part work way report official add \
    statement news world national former early late long high big good old next end use call include according tell ask want need help \
    know think see look give find keep show start begin continue expect accord remain leave return set move turn bring hold run lead \
    follow several today yesterday tomorrow morning evening night area place home right public group member million percent cent \
    monday tuesday wednesday thursday friday saturday sunday";

const OFTEN: &str = "president minister prime police leader party city capital company business market price money percentage billion \
    thousand hundred dollar euro pound case court law legal judge charge claim deny decision decide plan agreement deal talk meet meeting \
    office service security force military army attack kill die death dead injure injury wound hospital fire war peace foreign interior \
    defence defense authority department agency spokesman spokeswoman spokesperson press conference journalist reporter media photo \
    video image website online post social local region regional international north south east west northern southern eastern western \
    central street town village house building school student child family man woman men women father mother son daughter friend life \
    live born age young water road car train air sea land point issue problem question answer reason result effect change increase rise \
    fall drop grow growth cut cost pay rate level average total figure record half third quarter second minute hour near recent recently \
    current currently previous earlier later ahead already far close open large small major main great best better bad worse low full \
    free able possible likely important different special certain hard strong clear common general local own whole january february \
    march april june july august september october november december us american british european un united nation nations union";

const NOW_AND_THEN: &str = "election vote voter candidate campaign opposition parliament senate congress lawmaker bill policy political \
    politics democracy republic king chief head director manager executive chairman secretary ambassador envoy diplomat embassy \
    relation crisis emergency situation threat risk danger warning warn alert safety protect protection support supporter protest \
    demonstration strike union worker job labor labour wage employee economy economic finance financial bank trade export import \
    product production industry sector investment investor share stock fund budget tax debt loan interest inflation oil gas energy power \
    electricity fuel plant factory project build construction develop development program programme system technology scientist \
    research study researcher university professor expert analyst data information evidence investigation investigate investigator \
    suspect arrest detain prison jail sentence trial prosecutor lawyer crime criminal victim murder accuse allege guilty officer \
    soldier troop commander weapon missile rocket bomb explosion shell drone strike border territory conflict fight fighter ceasefire \
    team game match player coach season win winner victory lose loss beat goal score final cup league title champion championship \
    tournament film music star show artist book writer health doctor patient disease virus vaccine medical treatment drug test weather \
    storm rain flood earthquake damage destroy rescue survivor resident community population citizen refugee migrant visit visitor \
    tourist travel airport flight plane aircraft ship boat port vehicle driver crash accident condition measure step action effort \
    response role view position message letter word speech interview comment announce announcement release publish sign reach join \
    offer accept reject agree refuse discuss consider believe hope fear worry concern feel appear seem become cause allow force stop \
    prevent avoid reduce improve increase create produce provide receive carry send sell buy pay spend save raise launch plan prepare \
    serve confirm reveal note insist stress urge demand seek try fail succeed manage happen occur hit face hear speak write read watch \
    wait stay stand sit walk drive break close";
