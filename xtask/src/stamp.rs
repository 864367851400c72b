//! Skipping work whose inputs did not change: a fingerprint of contents, kept beside the result.

use std::collections::BTreeSet;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::command::Outcome;

/// A fingerprint of files and settings. Contents count, not dates: a checkout changes dates.
pub struct Fingerprint(DefaultHasher);

impl Fingerprint {
    pub fn new() -> Self {
        Self(DefaultHasher::new())
    }

    pub fn setting(mut self, value: impl Hash) -> Self {
        value.hash(&mut self.0);
        self
    }

    /// A file, or every file below a folder; a path that does not exist counts as such.
    pub fn path(mut self, path: &Path) -> Outcome<Self> {
        for file in files_below(path)? {
            file.hash(&mut self.0);
            read(&file)?.hash(&mut self.0);
        }
        Ok(self)
    }

    pub fn finish(self) -> String {
        format!("{:016x}", self.0.finish())
    }
}

/// Whether `stamp` says that the result of this fingerprint exists.
pub fn is_fresh(stamp: &Path, fingerprint: &str) -> bool {
    fs::read_to_string(stamp).is_ok_and(|found| found == fingerprint)
}

/// Notes that the result of this fingerprint exists.
pub fn write(stamp: &Path, fingerprint: &str) -> Outcome<()> {
    if let Some(folder) = stamp.parent() {
        make_folder(folder)?;
    }
    fs::write(stamp, fingerprint).map_err(|error| format!("cannot write {}: {error}", stamp.display()))
}

/// Forgets the result, so that an interrupted step is done again.
pub fn clear(stamp: &Path) {
    // It need not exist.
    let _ = fs::remove_file(stamp);
}

pub fn make_folder(folder: &Path) -> Outcome<()> {
    fs::create_dir_all(folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))
}

pub fn read(file: &Path) -> Outcome<Vec<u8>> {
    fs::read(file).map_err(|error| format!("cannot read {}: {error}", file.display()))
}

/// Every file below a folder in a fixed order; the path itself where it is a file.
pub fn files_below(path: &Path) -> Outcome<BTreeSet<PathBuf>> {
    let mut files = BTreeSet::new();
    let mut open = vec![path.to_owned()];
    while let Some(path) = open.pop() {
        if path.is_file() {
            files.insert(path);
        } else if path.is_dir() {
            let entries = fs::read_dir(&path);
            let entries = entries.map_err(|error| format!("cannot read {}: {error}", path.display()))?;
            open.extend(entries.filter_map(Result::ok).map(|entry| entry.path()));
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(folder: &Path) -> String {
        Fingerprint::new().setting("flag").path(folder).expect("it can be read").finish()
    }

    #[test]
    fn contents_and_names_count_and_dates_do_not() {
        let folder = std::env::temp_dir().join(format!("cajal-stamp-{}", std::process::id()));
        let file = folder.join("deep/a.txt");
        let missing = of(&folder);
        make_folder(&folder.join("deep")).expect("writable");
        write(&file, "one").expect("writable");
        let first = of(&folder);
        write(&file, "one").expect("writable");
        assert_eq!(of(&folder), first, "written again with the same contents");
        write(&file, "two").expect("writable");
        let changed = of(&folder);
        fs::rename(&file, folder.join("deep/b.txt")).expect("writable");
        let renamed = of(&folder);
        fs::remove_dir_all(&folder).expect("it was made above");
        let all = BTreeSet::from([missing, first, changed, renamed]);
        assert_eq!(all.len(), 4, "each differs from the others");
    }
}
