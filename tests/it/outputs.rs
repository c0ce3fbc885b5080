//! What commands do with the files, links and pipes that `-o` names, and with files of the same name.

use std::fs;
use std::path::Path;

use crate::cli::run;

const MAP: &str =
    "thesis: {claim: Coffee is healthy., reasons: [{evidence: Drinkers live longer.}]}\n";

/// A folder with maps of these names.
fn folder(maps: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for map in maps {
        let path = folder.path().join(map);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, MAP).unwrap();
    }
    folder
}

/// The names in a folder, in order.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_folder_that_is_not_there_is_named_and_no_temporary_file() {
    let scratch = folder(&["m.yaml"]);
    for (args, told) in [
        (
            ["render", "m.yaml", "-o", "no/m.svg"],
            "error: cannot write `no/m.svg`: the folder `no` does not exist\n",
        ),
        (
            ["scaffold", "m.yaml", "-o", "no/new.yaml"],
            "error: cannot write `no/new.yaml`: the folder `no` does not exist\n",
        ),
        (
            ["table", "m.yaml", "-o", "m.yaml/m.csv"],
            "error: cannot write `m.yaml/m.csv`: `m.yaml` is not a folder\n",
        ),
    ] {
        let run = run(scratch.path(), &args);
        assert_eq!((run.code, &*run.stderr), (2, told));
    }
}

#[test]
fn maps_of_the_same_name_are_all_written() {
    for args in [["a", "b"], ["a/m.yaml", "b/m.yaml"]] {
        let scratch = folder(&["a/m.yaml", "b/m.yaml"]);
        let args = [&["convert", "-f", "yaml", "-o", "out"], &args[..]].concat();
        let run = run(scratch.path(), &args);
        assert!(
            run.stdout.starts_with("2 files converted"),
            "{}",
            run.stderr
        );
        assert_eq!(names(&scratch.path().join("out")), ["a-m.yaml", "b-m.yaml"]);
    }
}

/// A map that includes another, with an article and files of its own.
const WITH_PARTS: [(&str, &str); 5] = [
    (".git", ""),
    (
        "main.yaml",
        "title: Pool\ninclude: parts/staff.yaml\nbibliography: works.bib\n\
         thesis: {id: t, claim: It should open., reasons: [staff/e, staff/st], source: doe}\n",
    ),
    (
        "parts/staff.yaml",
        "title: Staff\narticle: r\nthesis: {id: st, claim: Staff is there., reasons: [e]}\n\
         evidence:\n  e: {text: Staff is at hand., at: para 1, quote: at hand}\n\
         sources:\n  r: {title: Rota, file: rota.txt}\n\
         allow: {unused-source: It is known.}\nexpect: {accepted: [st, e]}\n",
    ),
    ("parts/rota.txt", "Staff is at hand.\n"),
    (
        "works.bib",
        "@book{doe, title = {A book}, author = {Doe, D.}, year = {2001}}\n",
    ),
];

#[test]
fn a_joined_map_keeps_the_article_and_the_files_of_what_it_includes() {
    let scratch = folder(&[]);
    for (name, text) in WITH_PARTS {
        fs::create_dir_all(scratch.path().join(name).parent().unwrap()).unwrap();
        fs::write(scratch.path().join(name), text).unwrap();
    }
    fs::create_dir(scratch.path().join("out")).unwrap();
    for (output, file, works) in [
        ("joined.yaml", "parts/rota.txt", "works.bib"),
        ("parts/joined.yaml", "rota.txt", "../works.bib"),
        ("out/joined.yaml", "../parts/rota.txt", "../works.bib"),
        ("-", "parts/rota.txt", "works.bib"),
    ] {
        let args = ["convert", "-f", "yaml", "main.yaml", "-o", output];
        let convert = run(scratch.path(), &args);
        let joined = match output {
            "-" => convert.stdout,
            output => fs::read_to_string(scratch.path().join(output)).unwrap(),
        };
        let file = format!("    file: {file}\n");
        let works = format!("bibliography: {works}\n");
        let citation = "    source:\n      id: staff.r\n      at: para 1\n      quote: at hand\n";
        for part in [&*file, &*works, citation] {
            assert!(joined.contains(part), "{part} in\n{joined}");
        }
        if output != "-" {
            let check = run(scratch.path(), &["check", "-f", "short", output]);
            let is_about_sources = |line: &&str| line.contains("source") || line.contains("bibl");
            let told: Vec<&str> = check.stdout.lines().filter(is_about_sources).collect();
            assert_eq!(told, [""; 0], "{output}");
        }
    }
}

#[test]
fn what_of_included_maps_has_no_place_in_one_map_is_counted() {
    let scratch = folder(&[]);
    for (name, text) in WITH_PARTS {
        fs::create_dir_all(scratch.path().join(name).parent().unwrap()).unwrap();
        fs::write(scratch.path().join(name), text).unwrap();
    }
    let run = run(
        scratch.path(),
        &["convert", "-f", "yaml", "--strict", "main.yaml"],
    );
    assert_eq!((run.code, &*run.stdout), (1, ""));
    assert_eq!(
        run.stderr,
        "warning: `yaml` has no place for these things in `main.yaml`:\n      \
         1  what included maps say of themselves  parts/staff.yaml:1:8\n      \
         1  findings that included maps allow     parts/staff.yaml:8:9\n      \
         2  verdicts that included maps expect    parts/staff.yaml:9:21\n\
         error: nothing is written, because of --strict\n"
    );
}

#[test]
fn places_without_an_article_are_not_given_to_another_maps_article() {
    let scratch = folder(&[]);
    let main = "include: staff.yaml\narticle: a\nthesis: {claim: It should open., at: para 2, reasons: [staff/e]}\n\
                sources: {a: {title: The article}}\n";
    fs::write(scratch.path().join("main.yaml"), main).unwrap();
    let staff = "thesis: e\nevidence:\n  e: {text: Staff is at hand., at: para 1}\n\
                 article: r\nsources: {r: {title: Rota}, s: {title: Other}}\n";
    fs::write(
        scratch.path().join("staff.yaml"),
        staff.replace("article: r\n", ""),
    )
    .unwrap();
    let lost = run(scratch.path(), &["convert", "-f", "yaml", "main.yaml"]);
    assert!(lost.stdout.contains("at: para 2") && !lost.stdout.contains("at: para 1"));
    let told = "1  places and quotes of included maps without an article  staff.yaml:3:36";
    assert!(lost.stderr.contains(told), "{}", lost.stderr);
    fs::write(scratch.path().join("staff.yaml"), staff).unwrap();
    let kept = run(scratch.path(), &["convert", "-f", "yaml", "main.yaml"]);
    assert!(
        kept.stdout.contains("id: staff.r\n      at: para 1"),
        "{}",
        kept.stdout
    );
    assert_eq!(kept.stderr, "");
    // An article that no statement speaks of is cited by none.
    fs::write(
        scratch.path().join("staff.yaml"),
        staff.replace(", at: para 1", ""),
    )
    .unwrap();
    let unsaid = run(scratch.path(), &["convert", "-f", "yaml", "main.yaml"]);
    let told = "1  articles of included maps  staff.yaml:4:10";
    assert!(unsaid.stderr.contains(told), "{}", unsaid.stderr);
}

#[test]
fn no_map_of_several_is_written_over_another() {
    let scratch = folder(&["a/m.yaml", "b/m.yaml", "a-m.yaml"]);
    let args = ["convert", "-f", "yaml", "-o", ".", "a", "b", "a-m.yaml"];
    let run = run(scratch.path(), &args);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("which is read here, too"),
        "{}",
        run.stderr
    );
    assert_eq!(
        fs::read_to_string(scratch.path().join("a-m.yaml")).unwrap(),
        MAP
    );
}

#[test]
fn a_map_that_cannot_be_read_is_named_once_and_the_others_are_converted() {
    let scratch = folder(&["m.yaml"]);
    fs::write(scratch.path().join("bad.yaml"), "thesis: [\n").unwrap();
    for (name, code) in [("no.yaml", 2), ("bad.yaml", 1)] {
        let args = ["convert", "-f", "yaml", "-o", "out", name, "m.yaml"];
        let run = run(scratch.path(), &args);
        assert_eq!(run.code, code, "{name}");
        assert!(run.stdout.starts_with("1 file converted"));
        assert_eq!(run.stderr.matches(name).count(), 1, "{}", run.stderr);
    }
}

#[test]
fn the_ending_of_the_output_names_the_format_of_what_is_listed() {
    let scratch = folder(&["m.yaml"]);
    for (command, name, start) in [
        ("table", "t.html", "<table "),
        ("table", "t.CSV", "id,kind,"),
        ("sources", "s.json", "{"),
        ("stats", "c.jsonl", "{\"map\":\"m.yaml\""),
        ("stats", "c.md", "| map |"),
        ("outline", "o.md", "# m.yaml\n\n- **Thesis:**"),
        ("outline", "o.txt", "m.yaml\n\n◆ "),
    ] {
        let run = run(scratch.path(), &[command, "m.yaml", "-o", name]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let written = fs::read_to_string(scratch.path().join(name)).unwrap();
        assert!(
            written.starts_with(start),
            "{command} -o {name}:\n{written}"
        );
    }
    // What is named wins.
    let args = ["table", "m.yaml", "-f", "tsv", "-o", "t.html"];
    assert_eq!(run(scratch.path(), &args).code, 0);
    let written = fs::read_to_string(scratch.path().join("t.html")).unwrap();
    assert!(written.starts_with("id\tkind\t"), "{written}");
}

#[test]
fn a_report_is_never_written_to_standard_output() {
    let scratch = folder(&["m.yaml"]);
    let run = run(scratch.path(), &["report", "m.yaml", "-o", "-"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("name one with -o"), "{}", run.stderr);
    assert_eq!(names(scratch.path()), ["m.yaml"]);
}

#[cfg(unix)]
mod unix {
    use std::fs::Permissions;
    use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _, symlink};
    use std::process::{Command, Stdio};

    use super::*;

    fn mode(file: &Path) -> u32 {
        fs::metadata(file).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn a_link_stays_and_what_it_leads_to_is_written() {
        let scratch = folder(&["m.yaml"]);
        let place = |name: &str| scratch.path().join(name);
        fs::create_dir(place("elsewhere")).unwrap();
        fs::write(place("elsewhere/old.csv"), "old").unwrap();
        symlink("elsewhere/old.csv", place("old.csv")).unwrap();
        symlink("elsewhere/new.csv", place("new.csv")).unwrap();
        for name in ["old.csv", "new.csv"] {
            let args = ["table", "-f", "csv", "m.yaml", "-o", name];
            assert_eq!(run(scratch.path(), &args).code, 0);
            assert!(place(name).is_symlink(), "{name}");
            let written = fs::read_to_string(place("elsewhere").join(name)).unwrap();
            assert!(written.starts_with("id,kind,"), "{written}");
        }
        assert_eq!(names(&place("elsewhere")), ["new.csv", "old.csv"]);
    }

    #[test]
    fn a_link_to_a_map_is_no_place_for_a_picture() {
        let scratch = folder(&["m.yaml", "other.yaml"]);
        for target in ["m.yaml", "other.yaml", "new.yaml"] {
            let link = scratch.path().join("m.svg");
            symlink(target, &link).unwrap();
            let run = run(scratch.path(), &["render", "m.yaml", "-o", "m.svg"]);
            assert_eq!(run.code, 2);
            assert!(run.stderr.contains("choose another name"), "{}", run.stderr);
            fs::remove_file(link).unwrap();
        }
        assert_eq!(names(scratch.path()), ["m.yaml", "other.yaml"]);
    }

    #[test]
    fn a_pipe_is_written_into() {
        let scratch = folder(&["m.yaml"]);
        let pipe = scratch.path().join("pipe");
        let made = Command::new("mkfifo").arg(&pipe).status().unwrap();
        assert!(made.success());
        let reader = Command::new("cat")
            .arg(&pipe)
            .stdout(Stdio::piped())
            .spawn();
        let reader = reader.unwrap();
        let run = run(
            scratch.path(),
            &["table", "-f", "csv", "m.yaml", "-o", "pipe"],
        );
        assert_eq!((run.code, &*run.stderr), (0, ""));
        assert!(fs::metadata(&pipe).unwrap().file_type().is_fifo());
        let read = reader.wait_with_output().unwrap().stdout;
        assert!(read.starts_with(b"id,kind,"));
    }

    #[test]
    fn a_file_keeps_its_permissions_and_one_that_may_only_be_read_its_content() {
        let scratch = folder(&["m.yaml"]);
        for (name, permissions) in [("own.csv", 0o600), ("read.csv", 0o444)] {
            let file = scratch.path().join(name);
            fs::write(&file, "old").unwrap();
            fs::set_permissions(&file, Permissions::from_mode(permissions)).unwrap();
            let run = run(scratch.path(), &["table", "m.yaml", "-o", name]);
            assert_eq!(mode(&file), permissions, "{name}");
            if permissions == 0o600 {
                assert_eq!(run.code, 0);
                assert_ne!(fs::read_to_string(&file).unwrap(), "old");
            } else {
                let told = "error: cannot write `read.csv`: it may only be read\n";
                assert_eq!((run.code, &*run.stderr), (2, told));
                assert_eq!(fs::read_to_string(&file).unwrap(), "old");
            }
        }
    }

    #[test]
    fn a_new_file_is_for_whom_the_umask_lets() {
        let scratch = folder(&["m.yaml"]);
        for (umask, expected) in [("077", 0o600), ("022", 0o644), ("002", 0o664)] {
            let name = format!("{umask}.csv");
            let script = format!("umask {umask} && exec \"$0\" table m.yaml -o {name}");
            let status = Command::new("sh")
                .args(["-c", &script, env!("CARGO_BIN_EXE_grounds")])
                .current_dir(scratch.path())
                .status();
            assert!(status.unwrap().success());
            assert_eq!(mode(&scratch.path().join(name)), expected, "{umask}");
        }
    }
}
