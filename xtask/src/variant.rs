//! What the engine is compiled into: its two parts, each in two variants of the same source.

use std::path::PathBuf;

use crate::project::Project;
use crate::setup::Toolchain;
use crate::wasm_std::Compiler;

/// Shared memory must declare its end; browsers only reserve addresses for it.
const THREADS_MAX_MEMORY_BYTES: u64 = 2 << 30;

/// Keeps LLVM from undoing what loops are written for: V8 takes instructions as they come. LLVM would
/// rearrange them within a block until the operands of a product's tile no longer fit the registers, and
/// rewrite addresses so that their constant parts no longer fit into the loads. Products gain 1 to 3 %
/// by it (12 % with a transposed `lhs`, half with a transposed `rhs` of few rows), networks 2 to 5 %.
const KEEP_ORDER: [&str; 2] = ["-pre-RA-sched=source", "-disable-lsr"];

/// One of the two builds of the same source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variant {
    /// SIMD, one thread: works everywhere.
    Single,
    /// SIMD and threads over shared memory: only in isolated pages.
    Threads,
}

impl Variant {
    pub const ALL: [Self; 2] = [Self::Single, Self::Threads];

    pub fn name(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::Threads => "threads",
        }
    }

    pub fn compiler(self, toolchain: &Toolchain) -> Compiler {
        match self {
            Self::Single => toolchain.compilers.single,
            Self::Threads => toolchain.compilers.threads,
        }
    }

    pub fn features(self) -> &'static [&'static str] {
        match self {
            Self::Single => &[],
            Self::Threads => &["--features", "threads"],
        }
    }

    /// The compiler's flags; set as a whole, so that a user's own RUSTFLAGS cannot drop SIMD.
    pub fn rustflags(self) -> String {
        let mut flags = vec!["-Ctarget-feature=+simd128".to_owned()];
        flags.extend(KEEP_ORDER.map(|argument| format!("-Cllvm-args={argument}")));
        if self == Self::Threads {
            flags.push("-Ctarget-feature=+atomics,+bulk-memory,+mutable-globals".to_owned());
            let max_memory = format!("--max-memory={THREADS_MAX_MEMORY_BYTES}");
            let exports = ["__wasm_init_tls", "__tls_size", "__tls_align", "__tls_base", "__heap_base"];
            let link = ["--shared-memory".to_owned(), "--import-memory".to_owned(), max_memory];
            let link = link.into_iter().chain(exports.map(|symbol| format!("--export={symbol}")));
            flags.extend(link.map(|argument| format!("-Clink-arg={argument}")));
        }
        flags.join(" ")
    }

    /// Folders of their own, so that neither variant undoes the other's build.
    pub fn target_dir(self, project: &Project) -> PathBuf {
        project.target().join(format!("wasm-{}", self.name()))
    }
}

/// What of the engine a room loads. The feature of the same name lets JavaScript see it, and the linker
/// leaves out what nothing in it asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Networks that learn by gradients, the twins among them.
    Layered,
    /// Single neurons, circuits, and the network that learns digits by its own rule.
    Biological,
}

impl Part {
    pub const ALL: [Self; 2] = [Self::Layered, Self::Biological];

    pub fn name(self) -> &'static str {
        match self {
            Self::Layered => "layered",
            Self::Biological => "biological",
        }
    }

    /// What it may weigh on the wire with one thread, compressed with brotli.
    pub fn limit_bytes(self) -> u64 {
        match self {
            Self::Layered => 350_000,
            Self::Biological => 260_000,
        }
    }
}

/// A part in a variant: a package in pkg/ of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Package {
    pub variant: Variant,
    pub part: Part,
}

impl Package {
    pub fn all() -> impl Iterator<Item = Self> {
        Variant::ALL.into_iter().flat_map(|variant| Part::ALL.map(|part| Self { variant, part }))
    }

    /// As its folder in the project.
    pub fn name(self) -> String {
        format!("pkg/{}/{}", self.variant.name(), self.part.name())
    }

    pub fn folder(self, project: &Project) -> PathBuf {
        project.path("pkg").join(self.variant.name()).join(self.part.name())
    }

    /// Cargo's features.
    pub fn features(self) -> Vec<&'static str> {
        [&["--no-default-features", "--features", self.part.name()], self.variant.features()].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_variant_with_threads_shares_its_memory() {
        assert!(!Variant::Single.rustflags().contains("shared-memory"));
        let threads = Variant::Threads.rustflags();
        for part in ["+simd128", "+atomics", "--shared-memory", "--max-memory=2147483648"] {
            assert!(threads.contains(part), "{part} is not in {threads}");
        }
    }
}
