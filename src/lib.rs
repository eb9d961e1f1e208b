//! wirecopy finds exact, near-duplicate, excerpted and rewritten news articles, traces them to the wire copy that
//! they came from, and shows what happened to each fact on the way.
//!
//! # How it works
//!
//! Index every document under keys, propose the pairs that share keys, verify each pair, cluster only what was
//! verified, trace who took from whom, and show what happened to every fact.
//!
//! ```text
//!  io          extract      text, facts      keys                                      one document
//!  read ----->  blocks ----> words ---------> exact, band, gram, quote, lead
//!               credits      quotes, numbers         |
//!               page date    dates, names, roles     v
//!                                |            candidates ----> verify                  one pair
//!                                |            (sorted join)    passages, relation
//!                                |                                |
//!                                |                                v
//!                                |                             cluster ----> trace     one cluster
//!                                v                                            |
//!                              diff <-----------------------------------------+
//!                                |
//!                                v
//!                              report
//! ```
//!
//! Text flows from left to right and never back: a module names only modules that stand before it in this list.
//!
//! | module | question it answers |
//! |---|---|
//! | [`error`], [`config`], [`document`] | what can go wrong, what can be set, what is a document, a span, a problem |
//! | [`monitor`] | what the caller sees of a long run, and how it stops it |
//! | [`text`] | which words, sentences and dates stand where; in what language |
//! | `page` | what does the markup of a web page say: the text of its article, its days, names and addresses (feature `html`) |
//! | [`extract`] | what on this page is the article, who is credited, when was the page stamped; what do pages of a publisher have in common |
//! | [`facts`] | what does this text state: quotes, numbers, dates, names, roles, attributions, claims |
//! | [`keys`] | under which 64-bit values is this document indexed |
//! | [`candidates`] | which pairs share enough keys |
//! | [`verify`] | what do two texts share, and what does that make them |
//! | [`cluster`] | which documents belong together |
//! | [`diff`] | which facts were kept, reworded, altered, added, dropped |
//! | [`trace`] | from which day does a text speak, and who took from whom |
//! | [`report`] | the result as plain rows: the JSON contract |
//! | [`pipeline`] | in what order all this happens; the place to begin reading |
//! | [`corpus`] | the same questions for near-duplicates only, over corpora larger than memory, or stage by stage for other engines |
//! | [`synth`] | labelled corpora made from a seed: texts, copies of them, and the truth in every line |
//! | [`eval`] | how good are clusters, verdicts and probabilities, against the truth |
//! | [`io`] | how files become documents; the only module that touches the disk, but for the next two |
//! | `index` (feature `index`) | every document that was seen, in one file that lasts, and what a new one is to them |
//! | `fetch` (feature `watch`) | feeds and pages from the web |
//!
//! # Example
//!
//! ```
//! use wirecopy::{config::Config, document::Document, pipeline, verify::Relation};
//!
//! let page = |id: &str, text: &str| Document { id: id.into(), text: text.into(), ..Document::default() };
//! let wire = "PORT ELLERY (AP) — The harbour authority closed both piers on Monday after a crane fell \
//!     onto a ferry, injuring 14 passengers and two members of the crew. \"We heard it before we saw it,\" \
//!     captain Mara Dunn told reporters. The authority said that 3,200 people use the ferry each day and \
//!     that the north pier would stay closed until Friday.";
//! let copy = wire.replace("PORT ELLERY (AP) — ", "").replace("injuring 14 passengers", "injuring 41 passengers");
//!
//! let documents = vec![page("wire", wire), page("copy", &copy)];
//! let report = pipeline::trace(documents, Vec::new(), false, &Config::default())?;
//!
//! assert_eq!(report.pairs[0].relation, Relation::NearDuplicate);
//! let altered: Vec<_> = report.fact_diffs[0].facts.iter().filter(|f| f.subtype == "number").collect();
//! assert_eq!(altered[0].detail, "14 -> 41");
//! # Ok::<(), wirecopy::error::Error>(())
//! ```
//!
//! # Glossary
//!
//! | word | meaning |
//! |---|---|
//! | span | byte range of [`Document::text`](document::Document::text); every finding carries one |
//! | block | piece of a page with a kind: headline, heading, dateline, byline, paragraph, caption, credit, furniture |
//! | body | the paragraphs; keys, relations and facts are made from it alone |
//! | key | 64-bit value under which a document is indexed |
//! | candidate | a pair that shares enough keys to be looked at |
//! | match | a candidate after verification, with its [relation](verify::Relation) |
//! | passage | a copied stretch, as a span in both texts |
//! | credit | the agency that a page names as the source of its *text*; a photo credit is another thing |
//! | page date, story date | what the page is stamped with, and where it says so; the day that the text itself speaks from |
//! | derivation, lineage | one edge source -> copy with its evidence; all edges of a cluster with its origin |
//! | mark | what happened to a fact: kept, reworded, altered, added, dropped |
//! | base, variant | the two sides of a fact diff; the base is the source where it is known |
//! | check | a row that the rules could not decide: for a reader to look at |
//!
//! # Limits
//!
//! Rules for quotes, numbers, names and claims are written for English; other languages get structure, credits,
//! copied passages and relations from these. Probabilities are for collections where half of the compared pairs
//! are derived. All documents of a run are held in memory.
//!
//! # Features
//!
//! `cli` (on by default) builds the program. Without it the library needs no argument parser.
//! `html` (on by default) reads web pages: the module `page`.
//! `serve` (on by default) builds the command of that name: an HTTP interface and a web page over a stored index.
//! `parquet` (on by default) reads and writes Parquet, and doubles the time of a build; nothing outside of [`io`] knows of it.

pub mod candidates;
pub mod cluster;
pub mod config;
pub mod corpus;
pub mod diff;
pub mod document;
pub mod error;
pub mod eval;
pub mod extract;
pub mod facts;
#[cfg(feature = "watch")]
pub mod fetch;
#[cfg(feature = "index")]
pub mod index;
pub mod io;
pub mod keys;
pub mod monitor;
#[cfg(feature = "html")]
pub mod page;
pub mod pipeline;
pub mod report;
pub mod synth;
pub mod text;
pub mod trace;
pub mod verify;

/// The examples of the README, run as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
