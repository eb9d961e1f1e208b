//! The parts of the per-document path, each alone, in bytes of text a second: `cargo bench --bench stages`.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use wirecopy::config::Config;
use wirecopy::corpus::{FieldNames, read_record};
use wirecopy::diff::{Text, diff};
use wirecopy::document::Document;
use wirecopy::extract::extract;
use wirecopy::facts::facts;
use wirecopy::keys::{Bulk, Kernel, Permutations, ShingleSet, estimate_jaccard, signature};
use wirecopy::synth::{Corpus, Kind};
use wirecopy::verify::Overlap;

/// Texts of a small labelled corpus, and their JSON lines.
fn documents(count: usize) -> Vec<(String, String)> {
    let corpus = Corpus::new(Kind::Copies, 1);
    let labelled = (0..).flat_map(|number| corpus.cluster(number)).take(count);
    labelled.map(|d| (d.text.clone(), serde_json::to_string(&d).unwrap_or_default())).collect()
}

fn bytes(documents: &[(String, String)]) -> u64 {
    documents.iter().map(|(text, _)| text.len() as u64).sum()
}

fn record(criterion: &mut Criterion) {
    let documents = documents(500);
    let mut group = criterion.benchmark_group("record");
    group.throughput(Throughput::Bytes(documents.iter().map(|(_, line)| line.len() as u64).sum()));
    let names = FieldNames::new(&Config::default());
    let mut text = String::new();
    group.bench_function("json", |b| {
        b.iter(|| {
            for (_, line) in &documents {
                text.clear();
                black_box(read_record(line.as_bytes(), &names, &mut text).is_ok());
            }
        });
    });
    group.finish();
}

fn fused(criterion: &mut Criterion) {
    let documents = documents(500);
    let config = Config::default();
    let mut group = criterion.benchmark_group("words, shingles, signature");
    group.throughput(Throughput::Bytes(bytes(&documents)));
    for kernel in Kernel::all() {
        let name = format!("{kernel:?}").split('(').next().unwrap_or_default().to_owned();
        let mut bulk = Bulk::with_kernel(&config, kernel);
        group.bench_function(BenchmarkId::new("words and shingles", &name), |b| {
            b.iter(|| {
                for (text, _) in &documents {
                    bulk.text().push_str(text);
                    black_box(bulk.read());
                }
            });
        });
        group.bench_function(BenchmarkId::new("with signature", &name), |b| {
            b.iter(|| {
                for (text, _) in &documents {
                    bulk.text().push_str(text);
                    black_box(bulk.read_and_sign());
                }
            });
        });
    }
    group.finish();
}

/// One-permutation hashing with optimal densification (Shrivastava 2017), to weigh the sketch that the program uses against:
/// one pass, then empty places borrow from others.
fn one_permutation(shingles: &[u64], signature: &mut [u32]) {
    signature.fill(u32::MAX);
    let places = signature.len() as u64;
    for &shingle in shingles {
        let place = ((shingle >> 32) * places) >> 32;
        let at = &mut signature[place as usize];
        *at = (shingle as u32 >> 1).min(*at);
    }
    for place in 0..signature.len() {
        let (mut from, mut attempt) = (place, 0_u64);
        while signature[from] > u32::MAX >> 1 && attempt < 4 * places {
            attempt += 1;
            let mixed = (place as u64 ^ attempt << 32).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            from = (((mixed >> 32) * places) >> 32) as usize;
        }
        // A borrowed value is marked by its highest bit, so that it is not borrowed on.
        if from != place {
            signature[place] = signature[from] | 1 << 31;
        }
    }
}

/// The choice of sketch over ready shingles. What the program does (Fast Similarity Sketching) is the difference of the two
/// rows of each kernel above.
fn sketches(criterion: &mut Criterion) {
    let documents = documents(200);
    let config = Config::default();
    let mut bulk = Bulk::new(&config);
    let shingles: Vec<Vec<u64>> = documents
        .iter()
        .map(|(text, _)| {
            bulk.text().push_str(text);
            bulk.read();
            bulk.shingles().to_vec()
        })
        .collect();
    let mut group = criterion.benchmark_group("signature of ready shingles");
    group.throughput(Throughput::Elements(shingles.len() as u64));
    let permutations = Permutations::new(config.num_perm, config.seed);
    group.bench_function("classic MinHash, 128 values", |b| {
        b.iter(|| {
            for set in &shingles {
                black_box(signature(set, &permutations));
            }
        });
    });
    let mut places = vec![0_u32; config.num_perm];
    group.bench_function("one permutation with densification, 128 values", |b| {
        b.iter(|| {
            for set in &shingles {
                one_permutation(set, &mut places);
                black_box(&places);
            }
        });
    });
    group.finish();
    let signatures: Vec<_> = shingles.iter().map(|set| signature(set, &permutations)).collect();
    criterion.bench_function("estimate of a pair", |b| {
        b.iter(|| black_box(estimate_jaccard(&signatures[0], &signatures[1])));
    });
}

fn verify(criterion: &mut Criterion) {
    let documents = documents(2);
    let mut bulk = Bulk::new(&Config::default());
    let mut shingles = |text: &str| {
        bulk.text().push_str(text);
        bulk.read();
        bulk.shingles().to_vec()
    };
    let (own, other) = (shingles(&documents[0].0), shingles(&documents[1].0));
    let (mut set, mut distinct, mut others) = (ShingleSet::default(), Vec::new(), Vec::new());
    ShingleSet::default().fill(&other, &mut others);
    let mut group = criterion.benchmark_group("verify");
    group.throughput(Throughput::Elements(1));
    group.bench_function("set of a document", |b| {
        b.iter(|| {
            distinct.clear();
            set.fill(black_box(&own), &mut distinct);
        });
    });
    group.bench_function("exact overlap of a pair", |b| {
        b.iter(|| black_box(Overlap::reaching(0.0001, &set, distinct.len(), &others)));
    });
    group.finish();
}

/// What a pair of news reports costs: reading each page, reading its facts, comparing the facts.
fn facts_of_a_pair(criterion: &mut Criterion) {
    // A wire report of 451 words and a rewrite of it in other words.
    let texts = [include_str!("../tests/newsrooms/plantfire/d6.txt"), include_str!("../tests/newsrooms/plantfire/d4.txt")];
    let pages = texts.map(|text| Document { text: text.to_owned(), ..Document::default() });
    let words: usize = pages.iter().map(|p| p.text.split_whitespace().count()).sum();
    let articles = pages.each_ref().map(extract);
    let records = [facts(&pages[0].text, &articles[0]), facts(&pages[1].text, &articles[1])];
    let side = |i: usize| Text { id: "", text: &pages[i].text, article: &articles[i], facts: &records[i] };
    let mut group = criterion.benchmark_group("facts of two reports");
    group.throughput(Throughput::Elements(words as u64));
    group.bench_function("extract", |b| b.iter(|| black_box(pages.each_ref().map(extract))));
    group.bench_function("facts", |b| b.iter(|| black_box([0, 1].map(|i| facts(&pages[i].text, &articles[i])))));
    group.bench_function("diff", |b| b.iter(|| black_box(diff(side(0), side(1)))));
    group.finish();
}

criterion_group!(benches, record, fused, sketches, verify, facts_of_a_pair);
criterion_main!(benches);
