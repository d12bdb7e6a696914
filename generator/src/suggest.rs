//! "Did you mean …?": the nearest of the words that would have been right.

/// No name that a person mistypes is longer, and the time to compare two grows with the product of their lengths.
const MAX_LENGTH: usize = 80;

/// How many candidates are looked at, so that many wrong names among many right ones take no time without bound.
const MAX_CANDIDATES: usize = 2_000;

/// The candidate that `word` was probably meant to be.
pub(crate) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > MAX_LENGTH {
        return None;
    }
    let lower = word.to_lowercase();
    let limit = (word.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .take(MAX_CANDIDATES)
        // Each character that one has more is a difference; one has at most four bytes.
        .filter(|candidate| candidate.len() <= MAX_LENGTH && candidate.len().abs_diff(word.len()) <= 4 * limit)
        .map(|candidate| (strsim::damerau_levenshtein(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, candidate)| (*distance, *candidate))
        .map(|(_, candidate)| candidate)
}

/// "did you mean `x`?", or what to say if nothing is near.
pub(crate) fn did_you_mean<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
    otherwise: impl Into<String>,
) -> String {
    match nearest(word, candidates) {
        Some(candidate) => format!("did you mean `{candidate}`?"),
        None => otherwise.into(),
    }
}

/// Some words for a sentence: `a`, `b` or `c`.
pub(crate) fn one_of(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        Some((last, _)) => last.clone(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_suggested_and_far_ones_are_not() {
        let words = ["required", "requestBody", "responses"];
        assert_eq!(nearest("requried", words), Some("required"));
        assert_eq!(nearest("Required", words), Some("required"));
        assert_eq!(nearest("response", words), Some("responses"));
        assert_eq!(nearest("banana", words), None);
        assert_eq!(one_of(&["a", "b", "c"]), "`a`, `b` or `c`");
    }
}
