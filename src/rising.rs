//! The longest rising run of some numbers: what stayed in its order where things were moved.

/// Marks, of some different numbers, those of a longest rising run.
pub(crate) fn longest_rising(numbers: &[usize]) -> Vec<bool> {
    // For each length the place of the least number that a run of that length ends with.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; numbers.len()];
    for (at, &number) in numbers.iter().enumerate() {
        let len = ends.partition_point(|&end| numbers[end] < number);
        before[at] = len.checked_sub(1).map(|last| ends[last]);
        if len == ends.len() { ends.push(at) } else { ends[len] = at }
    }
    let mut rising = vec![false; numbers.len()];
    let mut at = ends.last().copied();
    while let Some(place) = at {
        rising[place] = true;
        at = before[place];
    }
    rising
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rising_run_is_what_stayed_in_place() {
        assert_eq!(longest_rising(&[2, 0, 1, 3]), [false, true, true, true]);
        assert_eq!(longest_rising(&[]), [false; 0]);
    }
}
