//! How the causes of an error are shown.
//!
//! The text of an error (`{}`) does not repeat its causes, which [`source`](std::error::Error::source) gives, so that
//! whoever prints the chain prints everything once. The alternate form (`{:#}`) adds all causes, for whoever prints one line.

use std::error::Error;
use std::fmt;

/// Adds the causes to a line, if the alternate form is asked for.
pub(crate) fn write(f: &mut fmt::Formatter<'_>, source: Option<&(dyn Error + 'static)>) -> fmt::Result {
    match f.alternate() {
        true => each(source).try_for_each(|cause| write!(f, ": {cause}")),
        false => Ok(()),
    }
}

/// All causes, for `Debug`: a list of their texts.
pub(crate) struct Causes<'a>(pub(crate) Option<&'a (dyn Error + 'static)>);

impl fmt::Debug for Causes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(each(self.0).map(ToString::to_string)).finish()
    }
}

fn each<'a>(source: Option<&'a (dyn Error + 'static)>) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(source, |cause| (*cause).source())
}
