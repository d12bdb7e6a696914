//! What a call needs of its client.

use std::sync::Arc;

use crate::auth::scheme::Schemes;
use crate::exchange::channel::Channel;

/// What all clones of a client share, and what each of their requests holds.
pub(crate) struct Core {
    pub(crate) channel: Arc<Channel>,
    pub(crate) schemes: Schemes,
}
