//! Licence expressions of manifests (SPDX, and the older form with `/`): may the package be used?

/// Whether `expression` can be satisfied with the licences in `allowed`. An expression that cannot be read is not allowed.
pub(crate) fn is_allowed(expression: &str, allowed: &[&str]) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let mut words = Words { words: spaced.split_whitespace().collect(), at: 0, allowed };
    words.alternatives() == Some(true) && words.at == words.words.len()
}

/// The words of an expression, read from the left.
struct Words<'a> {
    words: Vec<&'a str>,
    at: usize,
    allowed: &'a [&'a str],
}

impl<'a> Words<'a> {
    /// `A OR B …`: one of them must be allowed.
    fn alternatives(&mut self) -> Option<bool> {
        let mut any = self.parts()?;
        while self.take("OR") {
            any |= self.parts()?;
        }
        Some(any)
    }

    /// `A AND B …`: all of them must be allowed.
    fn parts(&mut self) -> Option<bool> {
        let mut all = self.part()?;
        while self.take("AND") {
            all &= self.part()?;
        }
        Some(all)
    }

    /// A licence, perhaps with an exception, which only permits more; or an expression in parentheses.
    fn part(&mut self) -> Option<bool> {
        if self.take("(") {
            let inner = self.alternatives()?;
            return self.take(")").then_some(inner);
        }
        let name = self.next().filter(|word| !matches!(*word, ")" | "OR" | "AND" | "WITH"))?;
        let allowed = self.allowed.contains(&name);
        if self.take("WITH") {
            self.next()?;
        }
        Some(allowed)
    }

    fn take(&mut self, word: &str) -> bool {
        let found = self.words.get(self.at) == Some(&word);
        self.at += usize::from(found);
        found
    }

    fn next(&mut self) -> Option<&'a str> {
        let word = self.words.get(self.at).copied();
        self.at += 1;
        word
    }
}

#[cfg(test)]
mod tests {
    use super::is_allowed;

    #[test]
    fn expressions_are_read_as_spdx_defines_them() {
        let allowed = |expression| is_allowed(expression, &["MIT", "Apache-2.0", "Unicode-3.0"]);
        for yes in [
            "MIT",
            "MIT OR GPL-3.0-only",
            "GPL-3.0-only/MIT",
            "Apache-2.0 WITH LLVM-exception",
            "(MIT OR GPL-3.0-only) AND Unicode-3.0",
        ] {
            assert!(allowed(yes), "{yes}");
        }
        // `AND` binds closer than `OR`.
        assert!(allowed("MIT OR GPL-3.0-only AND ISC"));
        for no in ["", "GPL-3.0-only", "MIT AND ISC", "(MIT OR ISC) AND ISC", "MIT MIT", "(MIT", "MIT OR", "MIT WITH"] {
            assert!(!allowed(no), "{no}");
        }
    }
}
