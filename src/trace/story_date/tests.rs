use super::*;
use crate::document::Document;
use crate::extract::extract;

fn read(text: &str, hints: &[Date]) -> Option<StoryDate> {
    let article = extract(&Document { text: text.to_owned(), ..Document::default() });
    let mentioned = crate::facts::dates(text, &article);
    story_date(text, &article, &mentioned, hints)
}

fn ends(text: &str, hints: &[Date]) -> (String, String, bool) {
    let d = read(text, hints).unwrap();
    (d.earliest.to_string(), d.latest.to_string(), d.conflicts_with_page_date)
}

#[test]
fn a_dateline_gives_the_day() {
    let text = "Storm sinks three boats in the harbour\n\nTROMSO, Norway, April 7, 2026 (AFP) - A storm sank three boats in the old harbour on Tuesday, police said.";
    assert_eq!(ends(text, &[]), ("2026-04-07".into(), "2026-04-07".into(), false));
}

#[test]
fn years_told_of_do_not_date_a_dateline() {
    let text = "Storm sinks three boats in the harbour\n\nTROMSO, April 7 (AFP) - A storm sank three boats in the old harbour on Tuesday, police said. The last one like it was in March 2024.";
    let document = Document { text: text.into(), ..Document::default() };
    let article = extract(&document);
    let dates = crate::facts::dates(text, &article);
    assert_eq!(story_date(text, &article, &dates, &[]), None);
    let hint = jiff::civil::date(2026, 4, 8);
    assert_eq!(story_date(text, &article, &dates, &[hint]).map(|s| s.earliest), Some(jiff::civil::date(2026, 4, 7)));
}

#[test]
fn a_weekday_meets_the_page_date() {
    let text = "BAY POST\nWednesday, April 8, 2026\nStorm sinks three boats in the harbour\n\nA storm sank three boats in the old harbour early on Tuesday, and the port will stay closed until Friday.";
    assert_eq!(ends(text, &[]), ("2026-04-07".into(), "2026-04-08".into(), false));
}

#[test]
fn a_page_stamped_before_its_weekday_is_told() {
    let text = "BAY POST\nTuesday, April 7, 2026\nStorm sinks three boats in the harbour\n\nA storm sank three boats in the old harbour on Friday, and nobody was hurt, police said.";
    let (first, last, conflict) = ends(text, &[]);
    assert!(conflict);
    assert_eq!((first.as_str(), last.as_str()), ("2026-04-03", "2026-04-10"));
    let hints = [Date::constant(2026, 4, 10), Date::constant(2026, 4, 11)];
    assert_eq!(ends(text, &hints), ("2026-04-10".into(), "2026-04-11".into(), true));
}

#[test]
fn the_text_excludes_a_late_stamp() {
    let text = "Saturday, November 14, 2026\n\nTalks on the harbour begin again\n\nOSLO: The two towns spoke about the harbour on Sunday, the mayor said. They had met on the island last month.\n\nThe April meeting was the first since the fire, which broke out in July 2025. The harbour burned for days last summer.\n\n\"Since May 2nd we have moved 31 boats,\" the mayor said.";
    assert_eq!(ends(text, &[]), ("2026-05-03".into(), "2026-05-04".into(), true));
}

#[test]
fn weekdays_of_every_week_tell_nothing() {
    let text = "BAY POST\nTuesday, April 7, 2026\nDrivers stop over working hours\n\nDrivers stopped work over Sunday shifts today, and the dispute depended on Saturday becoming a working day.";
    let (_, last, conflict) = ends(text, &[]);
    assert_eq!((last.as_str(), conflict), ("2026-04-07", false));
}

#[test]
fn nothing_known_is_none() {
    assert_eq!(read("A storm sank three boats in the old harbour on Tuesday, police said at the port.", &[]), None);
    assert_eq!(read("", &[]), None);
}

#[test]
fn hints_name_the_week() {
    let text = "A storm sank three boats in the old harbour on Tuesday, police said at the port.";
    assert_eq!(ends(text, &[Date::constant(2026, 4, 8)]), ("2026-04-07".into(), "2026-04-08".into(), false));
}
