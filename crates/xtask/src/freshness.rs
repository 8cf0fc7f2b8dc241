//! Whether something has to be made again: by what it was made from, not by asking the person.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use anyhow::{Context, Result};

/// True when anything in `folder` changed after `made`, or `made` does not exist. Folders named in `except`
/// are passed over at every depth. A removed file shows in the time of its folder.
///
/// # Errors
/// The folder cannot be read.
pub fn is_older_than(made: &Path, folder: &Path, except: &[&str]) -> Result<bool> {
    let Ok(made_at) = fs::metadata(made).and_then(|found| found.modified()) else { return Ok(true) };
    any_newer(folder, made_at, except)
}

fn any_newer(folder: &Path, than: SystemTime, except: &[&str]) -> Result<bool> {
    let entries = fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
    for entry in entries {
        let entry = entry.with_context(|| format!("reading {}", folder.display()))?;
        if entry.file_name().to_str().is_some_and(|name| except.contains(&name)) {
            continue;
        }
        // An entry that vanishes while we look is as good as changed.
        let Ok(found) = entry.metadata() else { return Ok(true) };
        if found.modified()? > than || (found.is_dir() && any_newer(&entry.path(), than, except)?) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// True when `stamp` says that `source` was last taken over with exactly its present content.
pub fn is_taken_over(stamp: &Path, source: &Path) -> bool {
    matches!((fs::read(stamp), fs::read(source)), (Ok(stamp), Ok(source)) if stamp == source)
}

/// Notes that the present content of `source` was taken over.
///
/// # Errors
/// One of the two files cannot be read or written.
pub fn note_taken_over(stamp: &Path, source: &Path) -> Result<()> {
    fs::copy(source, stamp).with_context(|| format!("noting {} in {}", source.display(), stamp.display()))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::path::PathBuf;
    use std::time::Duration;

    use super::*;

    /// A built file, and sources written before it.
    fn built() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        for (file, age) in [("src/a/page.ts", 20), ("config.js", 20), ("dist/index.html", 10)] {
            write(&folder.path().join(file), age);
        }
        for (sub, age) in [("src/a", 20), ("src", 20), ("dist", 10)] {
            touch(&folder.path().join(sub), age);
        }
        let made = folder.path().join("dist/index.html");
        (folder, made)
    }

    fn write(file: &Path, age: u64) {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, "").unwrap();
        touch(file, age);
    }

    fn touch(path: &Path, age: u64) {
        let now = fs::metadata(path).unwrap().modified().unwrap();
        File::open(path).unwrap().set_modified(now - Duration::from_secs(age)).unwrap();
    }

    #[test]
    fn what_is_newer_than_all_its_sources_is_fresh() {
        let (folder, made) = built();
        assert!(!is_older_than(&made, folder.path(), &["dist"]).unwrap());
    }

    #[test]
    fn a_changed_file_deep_inside_makes_it_old() {
        let (folder, made) = built();
        write(&folder.path().join("src/a/page.ts"), 0);
        assert!(is_older_than(&made, folder.path(), &["dist"]).unwrap());
    }

    #[test]
    fn a_removed_file_makes_it_old() {
        let (folder, made) = built();
        fs::remove_file(folder.path().join("src/a/page.ts")).unwrap();
        assert!(is_older_than(&made, folder.path(), &["dist"]).unwrap());
    }

    #[test]
    fn a_change_in_a_folder_passed_over_changes_nothing() {
        let (folder, made) = built();
        write(&folder.path().join("node_modules/x/y.js"), 0);
        assert!(!is_older_than(&made, folder.path(), &["dist", "node_modules"]).unwrap());
    }

    #[test]
    fn what_was_never_made_is_old() {
        let (folder, _) = built();
        assert!(is_older_than(&folder.path().join("nowhere"), folder.path(), &[]).unwrap());
    }

    #[test]
    fn a_stamp_holds_until_the_source_changes() {
        let folder = tempfile::tempdir().unwrap();
        let (stamp, lock) = (folder.path().join("stamp"), folder.path().join("lock"));
        fs::write(&lock, "1").unwrap();
        assert!(!is_taken_over(&stamp, &lock));
        note_taken_over(&stamp, &lock).unwrap();
        assert!(is_taken_over(&stamp, &lock));
        fs::write(&lock, "2").unwrap();
        assert!(!is_taken_over(&stamp, &lock));
    }
}
