//! Where things lie in the checkout.

use std::path::{Path, PathBuf};

/// The checkout that a command works in.
pub struct Project {
    /// The folder of the workspace's Cargo.toml.
    pub root: PathBuf,
}

impl Project {
    /// The checkout whose `cargo xtask` runs: cargo names it at run time, so a moved one is found.
    pub fn find() -> Self {
        let manifest = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let manifest = manifest.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")));
        let root = manifest.parent().expect("xtask/ lies inside the checkout").to_owned();
        Self { root }
    }

    /// A path inside the checkout.
    pub fn path(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.root.join(relative)
    }

    /// Tools that belong to this checkout alone, and notes of the set-up.
    pub fn tools(&self) -> PathBuf {
        self.path(".tools")
    }

    /// What builds leave behind.
    pub fn target(&self) -> PathBuf {
        self.path("target")
    }
}
