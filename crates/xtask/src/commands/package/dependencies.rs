//! Whether the deb asks for every library that its program is linked to. On a machine where the program was
//! built they are all there, so that starting it proves nothing about a machine where it was not.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::field;
use crate::process;

/// # Errors
/// The program needs a library of a package that installing the deb does not bring.
pub fn are_declared(deb: &Path, program: &Path) -> Result<()> {
    let brought = brought_by(&field(deb, "Depends")?)?;
    let listing = process::output(process::command("ldd").arg(program))?;
    let needed = process::output(process::command("objdump").arg("-p").arg(program))?;
    for library in needed_in(&needed) {
        let file = file_of(&listing, library).with_context(|| format!("{library} is not installed"))?;
        let packages = owners(file)?;
        if !packages.iter().any(|package| brought.contains(package)) {
            bail!(
                "the program needs {library} of {}, which the deb does not depend on",
                packages.join(" or ")
            );
        }
    }
    Ok(())
}

/// All packages that a `Depends` line brings, whichever way.
fn brought_by(depends: &str) -> Result<BTreeSet<String>> {
    let mut query = process::command("apt-cache");
    query.args(["depends", "--recurse", "--installed", "--no-recommends", "--no-suggests", "--no-enhances"]);
    query.args(["--no-conflicts", "--no-breaks", "--no-replaces"]).args(names_in(depends));
    Ok(names_at_line_starts(&process::output(&mut query)?))
}

/// `libgtk-3-0 (>= 3.24), libssl3 | libssl3t64`: the names alone.
fn names_in(depends: &str) -> Vec<&str> {
    let parts = depends.split([',', '|']).filter_map(|part| part.split_whitespace().next());
    parts.map(without_architecture).collect()
}

/// `apt-cache` puts each package at the start of a line and its relations below, indented.
fn names_at_line_starts(answer: &str) -> BTreeSet<String> {
    let names = answer.lines().filter(|line| line.starts_with(|first: char| first.is_ascii_alphanumeric()));
    names.map(|line| without_architecture(line.trim()).to_owned()).collect()
}

/// `  NEEDED               libcrypto.so.3`
fn needed_in(dump: &str) -> Vec<&str> {
    dump.lines().filter_map(|line| Some(line.trim().strip_prefix("NEEDED")?.trim())).collect()
}

/// `libcrypto.so.3 => /lib/x86_64-linux-gnu/libcrypto.so.3 (0x00007f…)`, and the loader alone without an arrow.
fn file_of<'a>(listing: &'a str, library: &str) -> Option<&'a str> {
    let words = listing.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    let mut found = words.filter_map(|words| match words.as_slice() {
        [name, "=>", path, ..] if *name == library => Some(*path),
        [path, ..] if path.rsplit_once('/').is_some_and(|(_, name)| name == library) => Some(*path),
        _ => None,
    });
    found.find(|path| path.starts_with('/'))
}

/// The packages that a library file belongs to. Since `/lib` became a link, either path may be the registered one.
fn owners(file: &str) -> Result<Vec<String>> {
    let other = file.strip_prefix("/usr").map_or_else(|| format!("/usr{file}"), str::to_owned);
    let answer = process::command("dpkg")
        .arg("-S")
        .args([file, &other])
        .output()
        .context("`dpkg` cannot be started")?;
    let answer = String::from_utf8_lossy(&answer.stdout);
    let packages: BTreeSet<&str> =
        answer.lines().filter_map(|line| Some(without_architecture(line.split_once(": ")?.0))).collect();
    if packages.is_empty() {
        bail!("{file} belongs to no package");
    }
    Ok(packages.into_iter().map(str::to_owned).collect())
}

fn without_architecture(name: &str) -> &str {
    name.split_once(':').map_or(name, |(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_from_a_depends_line() {
        assert_eq!(
            names_in("libgtk-3-0 (>= 3.24), libssl3 | libssl3t64, a:any"),
            ["libgtk-3-0", "libssl3", "libssl3t64", "a"]
        );
    }

    #[test]
    fn packages_are_told_from_their_relations() {
        let answer = "libssl3\n  Depends: libc6\n |Depends: debconf\n    cdebconf\nlibc6:i386\n<virtual>\n";
        assert_eq!(names_at_line_starts(answer), BTreeSet::from(["libssl3".to_owned(), "libc6".to_owned()]));
    }

    #[test]
    fn needed_libraries_and_their_files_are_found() {
        let dump = "Dynamic Section:\n  NEEDED               libcrypto.so.3\n  NEEDED               libc.so.6\n  INIT 0x1\n";
        assert_eq!(needed_in(dump), ["libcrypto.so.3", "libc.so.6"]);
        let listing = "\tlinux-vdso.so.1 (0x1)\n\tlibcrypto.so.3 => /lib/libcrypto.so.3 (0x2)\n\tlibx.so => not found\n\
            \t/lib64/ld-linux.so.2 (0x3)\n";
        assert_eq!(file_of(listing, "libcrypto.so.3"), Some("/lib/libcrypto.so.3"));
        assert_eq!(file_of(listing, "ld-linux.so.2"), Some("/lib64/ld-linux.so.2"));
        assert_eq!(file_of(listing, "libx.so"), None);
    }
}
