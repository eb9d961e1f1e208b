//! The whole corpus run in memory at three sizes, one thread and all: `cargo bench --bench corpus_run`.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;

mod memory;

fn whole(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("dedup in memory");
    group.sample_size(10);
    for documents in [1_000, 10_000, 100_000] {
        let inputs = memory::corpus(documents);
        group.throughput(Throughput::Bytes(inputs.length()));
        for threads in [1, std::thread::available_parallelism().map_or(1, usize::from)] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
            group.bench_function(BenchmarkId::new(format!("{threads} threads"), documents), |b| {
                b.iter(|| pool.install(|| black_box(memory::run(&inputs))));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, whole);
criterion_main!(benches);
