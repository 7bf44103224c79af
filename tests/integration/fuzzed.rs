//! What fuzzing runs, on what is stored in `fuzz/seeds/` and on variations of it: each crash of the past is one of these files.
//!
//! The variations are the same in every run. `COMITY_FUZZ=N` says how many there are for each file; `fuzz/` looks on for itself.

#[allow(unreachable_pub, reason = "it is a crate of its own as well")]
#[path = "../../fuzz/src/targets.rs"]
mod targets;

use std::collections::BTreeSet;
use std::fs;
use std::panic::catch_unwind;

use crate::common::root;

/// How many variations of each file are tried without being told.
const VARIATIONS: u64 = 6;

/// The longest input, in bytes: variations grow.
const LONGEST: usize = 4096;

/// Numbers that look random and are the same in every run (SplitMix64, Steele, Lea and Flood 2014).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }
}

/// The tokens of the dictionary, as libFuzzer reads it.
fn tokens() -> Vec<Vec<u8>> {
    let dictionary = fs::read_to_string(root().join("fuzz/comity.dict")).unwrap();
    let quoted = dictionary.lines().filter_map(|line| line.strip_prefix('"')?.strip_suffix('"'));
    quoted.map(token).collect()
}

fn token(quoted: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = quoted.as_bytes();
    while let [first, behind @ ..] = rest {
        let (byte, left) = match behind {
            [b'x', high, low, behind @ ..] if *first == b'\\' => {
                let digits = [*high, *low];
                bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
                rest = behind;
                continue;
            }
            [escaped, behind @ ..] if *first == b'\\' => (escaped, behind),
            _ => (first, behind),
        };
        bytes.push(*byte);
        rest = left;
    }
    bytes
}

/// An input with a few things done to it.
fn varied(seed: &[u8], tokens: &[Vec<u8>], numbers: &mut Numbers) -> Vec<u8> {
    let mut input = seed.to_vec();
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(input.len() + 1);
        let end = (at + numbers.below(24)).min(input.len());
        match numbers.below(5) {
            0 => drop(input.drain(at..end)),
            1 => {
                let token = &tokens[numbers.below(tokens.len())];
                input.splice(at..at, token.iter().copied());
            }
            2 => {
                let copy = input[at..end].repeat(numbers.below(4));
                input.splice(at..at, copy);
            }
            3 => input[at..end].reverse(),
            _ => {
                if let Some(byte) = input.get_mut(at) {
                    *byte ^= 1 << numbers.below(8);
                }
            }
        }
    }
    input.truncate(LONGEST);
    input
}

#[test]
fn what_fuzzing_has_found_and_what_is_like_it_keeps_every_promise() {
    let variations = std::env::var("COMITY_FUZZ").ok().and_then(|number| number.parse().ok()).unwrap_or(VARIATIONS);
    let tokens = tokens();
    let mut tried = 0;
    for (name, target) in targets::TARGETS {
        let mut seeds: Vec<_> =
            fs::read_dir(root().join("fuzz/seeds").join(name)).unwrap().map(|entry| entry.unwrap().path()).collect();
        seeds.sort();
        assert!(!seeds.is_empty(), "{name} has no seeds");
        for (file, path) in seeds.iter().enumerate() {
            let seed = fs::read(path).unwrap();
            let mut numbers = Numbers(file as u64);
            for variation in 0..=variations {
                let input = if variation == 0 { seed.clone() } else { varied(&seed, &tokens, &mut numbers) };
                tried += 1;
                if catch_unwind(|| target(&input)).is_err() {
                    panic!(
                        "{name} breaks a promise on variation {variation} of {}: {:?}",
                        path.display(),
                        input.escape_ascii().to_string()
                    );
                }
            }
        }
    }
    assert!(tried > targets::TARGETS.len());
}

/// A target that has no program is never run at night, and one without a name here not by this test.
#[test]
fn every_target_has_a_program_and_seeds() {
    let names = |folder: &str| -> BTreeSet<String> {
        let entries = fs::read_dir(root().join("fuzz").join(folder)).unwrap();
        entries.map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned()).collect()
    };
    let targets: BTreeSet<String> = targets::TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(names("targets"), targets);
    assert_eq!(names("seeds"), targets);
    let manifest = fs::read_to_string(root().join("fuzz/Cargo.toml")).unwrap();
    assert!(targets.iter().all(|name| manifest.contains(&format!("name = \"{name}\""))));
}
