//! What people write, and contacts hold, as the digits a PBX accepts.

/// The most digits a target may have, the prefix included (pbx-profiles.md).
pub const MAX_DIGITS: usize = 20;
