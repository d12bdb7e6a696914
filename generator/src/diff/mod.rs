//! What a change of the documents means for those who use the client: findings in five classes, and the release that they
//! demand.
//!
//! `outline` notes what users see of an API and what each thing stands for on the wire; `compare` sets two outlines
//! side by side. So a finding knows whether the wire demands a break, whether only a name changed, and, worst of all,
//! whether a name has come to mean something else. `change` lists everything that can be found.
//!
//! May import: the model, and the plan with its names.

mod change;
mod compare;
mod finding;
mod outline;
mod spelling;

pub use change::{Change, Class, Release};
pub use compare::compare;
pub use finding::{Finding, Side, release};
pub use outline::Outline;
pub(crate) use outline::outline;
