//! One safe body, compiled for each kind of processor, and the choice between them at run time.
#![cfg_attr(target_arch = "x86_64", expect(unsafe_code, reason = "calling code that is compiled for what the processor was found to have"))]

use super::sketch::similarity_sketch;
use super::words::{Runs, word_hashes};
use super::{exact_hash, shingle};

/// What hashes depend on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    pub(super) shingle_size: usize,
    pub(super) seed: u64,
}

/// What the body writes.
#[derive(Clone, Debug, Default)]
pub(super) struct Buffers {
    pub(super) runs: Runs,
    pub(super) words: Vec<u64>,
    pub(super) shingles: Vec<u64>,
    pub(super) signature: Vec<u32>,
}

/// A way to run the fused path. All ways give the same values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kernel {
    /// For every processor.
    Portable,
    /// For x86-64 with AVX2 and BMI.
    #[cfg(target_arch = "x86_64")]
    Avx2(Found),
    /// For x86-64 with AVX-512 (F, BW, DQ, VL) and BMI.
    #[cfg(target_arch = "x86_64")]
    Avx512(Found),
}

/// Proof that [`Kernel::detect`] or [`Kernel::all`] found the processor to have what a kernel needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg(target_arch = "x86_64")]
pub struct Found(());

impl Kernel {
    /// The fastest one that this processor can run.
    #[must_use]
    pub fn detect() -> Self {
        Self::all().last().copied().unwrap_or(Self::Portable)
    }

    /// All that this processor can run, the slowest first.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let mut all = vec![Self::Portable];
        #[cfg(target_arch = "x86_64")]
        {
            let has_avx2 = is_x86_feature_detected!("avx2")
                && is_x86_feature_detected!("bmi1")
                && is_x86_feature_detected!("bmi2")
                && is_x86_feature_detected!("lzcnt")
                && is_x86_feature_detected!("popcnt");
            if has_avx2 {
                all.push(Self::Avx2(Found(())));
            }
            if has_avx2
                && is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vl")
            {
                all.push(Self::Avx512(Found(())));
            }
        }
        all
    }

    /// Words, shingles and, if `sign`, the signature of `padded[..len]`; returns the hash of all words.
    pub(super) fn run(self, padded: &str, len: usize, shape: Shape, sign: bool, buffers: &mut Buffers) -> [u64; 2] {
        match self {
            Self::Portable => body(padded, len, shape, sign, buffers),
            #[cfg(target_arch = "x86_64")]
            Self::Avx2(_) => {
                // SAFETY: a `Found` is made only where the processor was found to have these features.
                unsafe { avx2(padded, len, shape, sign, buffers) }
            }
            #[cfg(target_arch = "x86_64")]
            Self::Avx512(_) => {
                // SAFETY: as above.
                unsafe { avx512(padded, len, shape, sign, buffers) }
            }
        }
    }
}

#[inline(always)]
fn body(padded: &str, len: usize, shape: Shape, sign: bool, buffers: &mut Buffers) -> [u64; 2] {
    let Buffers { runs, words, shingles, signature } = buffers;
    word_hashes(padded, len, shape.seed, runs, words);
    shingle(words, shape.shingle_size, shingles);
    if sign {
        similarity_sketch(shingles, signature);
    }
    exact_hash(words)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
fn avx2(padded: &str, len: usize, shape: Shape, sign: bool, buffers: &mut Buffers) -> [u64; 2] {
    body(padded, len, shape, sign, buffers)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx2,bmi1,bmi2,lzcnt,popcnt")]
fn avx512(padded: &str, len: usize, shape: Shape, sign: bool, buffers: &mut Buffers) -> [u64; 2] {
    body(padded, len, shape, sign, buffers)
}
