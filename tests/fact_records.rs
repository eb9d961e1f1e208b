//! Which numbers are read from a text, and which are left to the dates.

use wirecopy::document::Document;
use wirecopy::extract::extract;
use wirecopy::facts::{Number, Qualifier, facts};

fn numbers(text: &str) -> Vec<(String, Number)> {
    let article = extract(&Document { text: text.to_string(), ..Document::default() });
    facts(text, &article).numbers.into_iter().map(|n| (n.span.of(text).to_string(), n)).collect()
}

/// The only number of `text` with its value and unit.
#[track_caller]
fn one(text: &str) -> (String, f64, Option<String>) {
    let got = numbers(text);
    assert_eq!(got.len(), 1, "{got:?}");
    (got[0].0.clone(), got[0].1.value, got[0].1.unit.clone())
}

#[test]
fn units_money_and_shares() {
    for (text, span, value, unit) in [
        ("The repair of the old bridge will cost the town $10.6 million in the end.", "$10.6 million", 10.6e6, "USD"),
        ("The repair of the old bridge will cost the town 9 million euros in the end.", "9 million euros", 9e6, "EUR"),
        ("The repair of the old bridge will cost the town £4.1m in the end.", "£4.1m", 4.1e6, "pound"),
        ("The turnout in the whole valley was 68.4 per cent when the polls closed.", "68.4 per cent", 68.4, "percent"),
        ("The lorry rolled back for 11km before the driver could stop it there.", "11km", 11.0, "km"),
        ("The crews at the old port began a 48-hour strike over pay and shifts.", "48-hour", 48.0, "hour"),
        ("The crews at the old port began a two-day strike over pay and shifts.", "two-day", 48.0, "hour"),
        ("The bridge was first seen by a 41-year-old farmer from the next village.", "41-year-old", 41.0, "year_old"),
        ("The new law was backed by two-thirds of the members of the council.", "two-thirds", 2.0 / 3.0, "share"),
        ("Only one in eight ferries was running when the wind rose in the bay.", "one in eight", 0.125, "share"),
    ] {
        let got = one(text);
        assert_eq!(got.0, span);
        assert!((got.1 - value).abs() < 1e-6 * value, "{text}: {got:?}");
        assert_eq!(got.2.as_deref(), Some(unit), "{text}");
    }
}

#[test]
fn words_heads_and_modifiers() {
    let got = numbers("At least twenty-one injured miners and about three hundred and five residents were brought out, the company said.");
    assert_eq!((got[0].1.value, got[0].1.head.as_deref(), got[0].1.qualifier), (21.0, Some("miner"), Qualifier::AtLeast));
    assert_eq!(got[0].1.modifiers, ["injured"]);
    assert_eq!((got[1].1.value, got[1].1.head.as_deref(), got[1].1.qualifier), (305.0, Some("resident"), Qualifier::About));
    let seats = numbers("The party of the mayor won 19 of the 33 seats in the new council of the town.");
    assert_eq!(seats[0].1.head.as_deref(), Some("seat"));
    assert_eq!(seats[1].1.value, 33.0);
}

#[test]
fn ranges_and_orders_of_magnitude() {
    let got = numbers("The trial took in volunteers aged 4 to 60 from the valley and dozens of nurses from the coast.");
    assert_eq!((got[0].1.value, got[0].1.upper), (4.0, Some(60.0)));
    assert!(got[1].1.vague);
    let change = numbers("The number of boats in the harbour fell to 12 from 20 after the long winter storms.");
    assert_eq!(change.iter().map(|n| (n.1.value, n.1.upper)).collect::<Vec<_>>(), [(12.0, None), (20.0, None)]);
}

#[test]
fn dates_times_and_pronouns_are_no_numbers() {
    for text in [
        "The mill was built in 1987 and closed on March 12 at 4:52 am, the owner recalled.",
        "One of them had left the hall by 6pm on 3 August 2024, and no one saw him.",
        "The vote of June 14, 2025 was the talk of the town for the rest of the summer.",
    ] {
        assert!(numbers(text).is_empty(), "{:?}", numbers(text));
    }
}
