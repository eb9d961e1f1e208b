//! Allocations and peak bytes of the corpus run on one thread, without the corpus itself: `cargo bench --bench allocations`.
//! One line a size; the difference of two sizes is what one more document takes.

mod memory;

#[expect(clippy::print_stdout, reason = "a bench tells its figures")]
fn main() {
    // The counter sees the thread that it is called on: one that is its own pool does all the work.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build().expect("threads");
    let mut before: Option<(u64, u64)> = None;
    for documents in [1_000_u64, 2_000, 10_000, 20_000] {
        let inputs = memory::corpus(documents);
        let measured = allocation_counter::measure(|| {
            pool.install(|| memory::run(&inputs));
        });
        let more = before.map_or(String::new(), |(n, count)| {
            format!("; {:.2} for one more document", (measured.count_total - count) as f64 / (documents - n) as f64)
        });
        println!("{documents} documents: {} allocations, at most {} bytes at once{more}", measured.count_total, measured.bytes_max);
        before = Some((documents, measured.count_total));
    }
}
