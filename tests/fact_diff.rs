//! What a fact diff says of small invented texts: one test a rule.

use wirecopy::diff::{FactDiff, FactKind, FactRow, Mark, QuoteOutcome, Text, diff};
use wirecopy::document::Document;
use wirecopy::extract::extract;
use wirecopy::facts::facts;

fn compare(base: &str, variant: &str) -> FactDiff {
    let load = |text: &str| {
        let article = extract(&Document { text: text.to_string(), ..Document::default() });
        let facts = facts(text, &article);
        (article, facts)
    };
    let (a, fa) = load(base);
    let (b, fb) = load(variant);
    diff(Text { id: "base", text: base, article: &a, facts: &fa }, Text { id: "variant", text: variant, article: &b, facts: &fb })
}

fn outcomes(base: &str, variant: &str) -> Vec<QuoteOutcome> {
    compare(base, variant).quotes.iter().map(|q| q.outcome).collect()
}

/// `mark subtype base -> variant` of the firm rows of one kind.
fn rows(base: &str, variant: &str, kind: FactKind) -> Vec<String> {
    let side = |s: &Option<wirecopy::diff::Side>| s.as_ref().map_or("-".to_string(), |s| s.text.clone());
    let line = |r: &FactRow| format!("{:?} {} -> {}", r.mark, side(&r.base), side(&r.variant));
    compare(base, variant).facts.iter().filter(|r| r.kind == kind && !r.check).map(line).collect()
}

const HARBOUR: &str = "The harbour board of Port Velm closed the old pier on Monday after a crane fell into the water and hurt nine workers. \
\"The crane was checked in spring and nobody saw a crack, so we do not know why it fell,\" board chief Lena Brandt told reporters. \
She called the accident \"a heavy blow for the town\" and asked people \"not to walk near the fence\".";

#[test]
fn equal_words_in_other_marks_are_kept() {
    let variant = HARBOUR.replace("\"a heavy blow for the town\"", "“a heavy blow for the town”");
    assert_eq!(outcomes(HARBOUR, &variant), [QuoteOutcome::Exact; 3]);
}

#[test]
fn quotes_are_cut_changed_widened_or_lose_their_marks() {
    let variant = "The harbour board of Port Velm closed the old pier on Monday after a crane fell into the water and hurt nine workers. \
“Nobody saw a crack,” said Lena Brandt, who heads the board. She spoke of “a hard blow for the town” and asked people to keep away from the fence.";
    assert_eq!(outcomes(HARBOUR, variant), [QuoteOutcome::Truncated, QuoteOutcome::WordsChanged, QuoteOutcome::Dequoted]);
    let wide =
        HARBOUR.replace("She called the accident \"a heavy blow for the town\"", "\"The accident is a heavy blow for the town,\" she said");
    assert_eq!(outcomes(HARBOUR, &wide)[1], QuoteOutcome::BoundaryExtended);
}

#[test]
fn lost_and_new_quotes() {
    let variant = "The harbour board of Port Velm closed the old pier on Monday after a crane fell into the water and hurt nine workers. \
“My brother still cannot speak about that morning,” said Otto Weiss, a welder.";
    let got = outcomes(HARBOUR, variant);
    assert_eq!(got[0], QuoteOutcome::Dropped);
    assert_eq!(got.last(), Some(&QuoteOutcome::Invented));
    let rows = rows(HARBOUR, variant, FactKind::Quote);
    assert!(rows.iter().any(|r| r.starts_with("Added")), "{rows:?}");
}

#[test]
fn repeats_of_a_quote_share_one_counterpart() {
    let base = "The minister had \"grave doubts\" about the bridge plan, she said on Friday. The plan left her with \"grave doubts\", she repeated.";
    let variant = "The minister had “grave worries” about the bridge plan, she said on Friday.";
    assert_eq!(outcomes(base, variant), [QuoteOutcome::WordsChanged; 2]);
}

#[test]
fn numbers_however_written_are_kept() {
    let base = "The flood destroyed twelve homes and about 30 kilometres of road, and cost 4.5 million euros, 68.2% of the budget.";
    let variant = "The flood destroyed 12 houses and 30 km of road, and cost €4.5 million, 68.2 per cent of the budget.";
    let got = rows(base, variant, FactKind::Number);
    assert_eq!(got.len(), 4, "{got:?}");
    assert!(got.iter().all(|r| r.starts_with("Kept")), "{got:?}");
}

#[test]
fn changed_numbers_are_altered() {
    let base = "The party won 31 of the 60 seats in the council, and the mayor lost his seat by 318 votes on Sunday.";
    let variant = "The party won 31 of the 60 seats in the council, and the mayor lost his seat by 381 votes on Sunday.";
    let got = rows(base, variant, FactKind::Number);
    assert!(got.contains(&"Altered 318 votes -> 381 votes".to_string()), "{got:?}");
    assert_eq!(got.iter().filter(|r| r.starts_with("Altered")).count(), 1, "{got:?}");
}

#[test]
fn moved_numbers_are_not_altered() {
    let base = "The storm killed four people in Velm and injured 30 residents. It cut power to 900 homes in the valley.";
    let variant = "Power failed in 900 homes of the valley. The storm left 30 residents injured, and four people in Velm were killed.";
    let got = rows(base, variant, FactKind::Number);
    assert!(got.iter().all(|r| r.starts_with("Kept")), "{got:?}");
}

#[test]
fn a_new_modifier_is_a_detail_of_its_own() {
    let base = "The army said it had sent 40 tanks to the border town of Velm on Monday morning.";
    let variant = "The army said it had sent 40 Bolonian-made Tiger tanks to the border town of Velm on Monday morning.";
    assert!(rows(base, variant, FactKind::Number).contains(&"Kept 40 -> 40".to_string()));
    let added = rows(base, variant, FactKind::Claim);
    assert!(added.contains(&"Added - -> Bolonian-made Tiger".to_string()), "{added:?}");
}

#[test]
fn lost_numbers_are_listed() {
    let base = "The mill employs 240 people and made a loss of $3.2 million, the owner said.";
    let got = rows(base, "The mill employs 240 people and made a loss, the owner said.", FactKind::Number);
    assert!(got.iter().any(|r| r.starts_with("Dropped $3.2 million")), "{got:?}");
}

#[test]
fn vaguer_and_exchanged_qualifiers() {
    let base = "Turnout in the vote reached 71.4% on Sunday, and more than 6,000 people queued outside.";
    let got = rows(base, "Turnout in the vote reached about 70 percent on Sunday, and some 6,000 people queued outside.", FactKind::Number);
    assert_eq!(got.iter().filter(|r| r.starts_with("Altered")).count(), 2, "{got:?}");
}

#[test]
fn roles_are_reworded_changed_and_added() {
    let base = "The dam is safe, said local water board chief Otto Weiss. Ana Ruiz disagreed and called for a new study of the dam.";
    let same = "The dam is safe, said Otto Weiss, head of the local water board. Ana Ruiz disagreed and called for a new study of the dam.";
    assert!(rows(base, same, FactKind::Role).iter().all(|r| r.starts_with("Reworded") || r.starts_with("Kept")));
    let other = "The dam is safe, said Otto Weiss, head of the national water board. Opposition leader Ana Ruiz disagreed and called for a new study of the dam.";
    let got = rows(base, other, FactKind::Role);
    assert!(got.iter().any(|r| r.starts_with("Altered")), "{got:?}");
    assert!(got.contains(&"Added - -> Opposition leader Ana Ruiz".to_string()), "{got:?}");
}

#[test]
fn an_exchanged_place_is_altered() {
    let base = "The fire started in a warehouse ten kilometres southeast of Velm and reached a church before noon.";
    let variant = "The fire started in a warehouse ten kilometres north-west of Velm and reached a temple before noon.";
    let got = rows(base, variant, FactKind::Place);
    assert_eq!(got.iter().filter(|r| r.starts_with("Altered")).count(), 2, "{got:?}");
}

#[test]
fn clauses_keep_lose_and_gain() {
    let base = "The ferry left the port at dawn with tents and food for the island. No storm warning was given to the crew.";
    let variant = "The ferry left the port at dawn with tents and food for the island. Critics expect a long argument over who should pay for future crossings.";
    let got = rows(base, variant, FactKind::Claim);
    assert!(got.iter().any(|r| r.starts_with("Kept The ferry left")), "{got:?}");
    assert!(got.iter().any(|r| r.starts_with("Dropped No storm warning")), "{got:?}");
    assert!(got.iter().any(|r| r.starts_with("Added - -> Critics expect")), "{got:?}");
}

#[test]
fn a_lost_negation_changes_the_claim() {
    let base = "The engineer said that the valve was not tested before the launch of the rocket.";
    let variant = "The engineer said that the valve was tested before the launch of the rocket.";
    let got = rows(base, variant, FactKind::Claim);
    assert!(got.iter().any(|r| r.starts_with("Altered")), "{got:?}");
}

#[test]
fn titles_in_marks_are_no_quotes() {
    let base = "The museum bought \"The Miller's Last Evening\" by the painter Jo Park for its new hall on Friday.";
    assert!(outcomes(base, base).is_empty());
}

#[test]
fn what_changed_comes_first() {
    let variant = HARBOUR.replace("a heavy blow for the town", "a heavy blow for the region").replace("nine workers", "seven workers");
    let rows = compare(HARBOUR, &variant).facts;
    assert_eq!((rows[0].kind, rows[0].mark), (FactKind::Quote, Mark::Altered));
    assert_eq!((rows[1].kind, rows[1].mark), (FactKind::Number, Mark::Altered));
    let last_change = rows.iter().rposition(|r| r.mark == Mark::Altered && !r.check).unwrap();
    let first_kept = rows.iter().position(|r| r.mark == Mark::Kept).unwrap();
    assert!(last_change < first_kept);
}

#[test]
fn one_text_that_contradicts_itself() {
    let base = "Officials said 14 miners were rescued from the shaft near Velm. Hours later the company said 17 miners were rescued from the shaft near Velm.";
    let found = compare(base, base).contradictions;
    assert_eq!(found.len(), 2, "once in each text: {found:?}");
    assert!(compare(HARBOUR, HARBOUR).contradictions.is_empty());
}

#[test]
fn hostile_texts_stay_bounded() {
    for text in ["\"".repeat(200_000), "\"a b\" said ".repeat(20_000), "7 men 8 men ".repeat(20_000), "«„“".repeat(50_000)] {
        let text = format!("{text} end of the line here now for all of us.");
        let _ = compare(&text, &text);
    }
}
