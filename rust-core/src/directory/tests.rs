use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::*;
use crate::error::NumberProblem;

const DAY: i64 = 24 * 3_600_000;
/// 22 November 2026.
const NOW: i64 = 1_795_305_600_000;

fn numbers() -> Numbers {
    Numbers { trunk: "8".to_owned(), international: "810".to_owned() }
}

fn named(name: &str) -> Colleague {
    Colleague {
        id: 0,
        name: name.to_owned(),
        number: "204".to_owned(),
        outside: None,
        department: String::new(),
        pinned: false,
    }
}

fn list(names: &[&str]) -> Directory {
    let mut directory = Directory::default();
    for name in names {
        directory.add(named(name), &numbers()).unwrap();
    }
    directory
}

fn names(directory: &Directory, now: i64) -> Vec<String> {
    directory.best_first(now).into_iter().map(|colleague| colleague.name).collect()
}

/// A folder of its own for every test, gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Self {
        let path = std::env::temp_dir().join(format!("starhash-{}-{test}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self) -> PathBuf {
        self.0.join("colleagues.json")
    }

    fn listing(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn refusal(result: Result<impl std::fmt::Debug, CoreError>) -> String {
    match result {
        Err(CoreError::Directory { reason }) => reason,
        other => panic!("{other:?}"),
    }
}

#[test]
fn it_starts_empty() {
    assert_eq!(Directory::default().best_first(NOW), []);
}

#[test]
fn added_changed_deleted() {
    let mut directory = Directory::default();
    let anna = Colleague {
        id: 77,
        name: " Анна Петрова ".to_owned(),
        number: " 2-04 ".to_owned(),
        outside: Some(" +7 916 123-45-67 ".to_owned()),
        department: " Продажи ".to_owned(),
        pinned: true,
    };
    let id = directory.add(anna, &numbers()).unwrap();
    let kept = Colleague {
        id,
        name: "Анна Петрова".to_owned(),
        number: "2-04".to_owned(),
        outside: Some("+7 916 123-45-67".to_owned()),
        department: "Продажи".to_owned(),
        pinned: true,
    };
    assert_eq!(directory.get(id), Some(&kept));

    let changed = Colleague { name: "Анна Ким".to_owned(), outside: Some("  ".to_owned()), ..kept };
    directory.edit(changed.clone(), &numbers()).unwrap();
    assert_eq!(directory.best_first(NOW), [Colleague { outside: None, ..changed }]);

    directory.delete(id).unwrap();
    assert_eq!(directory.get(id), None);
    let next = directory.add(named("Борис"), &numbers()).unwrap();
    assert_ne!(next, id, "an id is never given again");
}

#[test]
fn what_is_refused_leaves_the_list_as_it_was() {
    let mut directory = list(&["Анна"]);
    let before = directory.clone();
    let id = directory.best_first(NOW)[0].id;
    let number = |number: &str| Colleague { id, number: number.to_owned(), ..named("Анна") };
    let outside = |outside: &str| Colleague { id, outside: Some(outside.to_owned()), ..named("Анна") };

    for (wrong, part) in [
        (Colleague { id, ..named(" \u{a0}") }, "name: is blank"),
        (outside("204"), "outside: an extension cannot be called"),
        (outside("112"), "outside: an extension cannot be called"),
        (outside("*100#"), "outside: it holds a symbol"),
        (outside("дома"), "outside: there are no digits"),
    ] {
        assert!(refusal(directory.add(wrong.clone(), &numbers())).contains(part), "{part}");
        assert!(refusal(directory.edit(wrong, &numbers())).contains(part), "{part}");
    }
    for (wrong, reason) in [
        ("", NumberProblem::Empty),
        ("Анна", NumberProblem::NoDigits),
        ("*#204#", NumberProblem::ForbiddenSymbol { symbol: "*".to_owned() }),
        ("123456789012345678901", NumberProblem::TooLong { digits: 21 }),
    ] {
        let error = CoreError::Number { reason };
        assert_eq!(directory.add(number(wrong), &numbers()), Err(error.clone()));
        assert_eq!(directory.edit(number(wrong), &numbers()), Err(error));
    }
    assert!(refusal(directory.edit(Colleague { id: id + 1, ..named("Анна") }, &numbers())).contains("no colleague"));
    assert!(refusal(directory.delete(id + 1)).contains("no colleague"));
    directory.used(id + 1, NOW);
    assert_eq!(directory, before);
}

#[test]
fn by_name_in_the_order_of_the_russian_alphabet() {
    let directory = list(&["Яна", "Жанна", "ёлкин", "Елена", "Еж", "Ёж", "борис", "Анна", "Zoe", "Ян"]);
    let expected = ["Zoe", "Анна", "борис", "Еж", "Елена", "Ёж", "ёлкин", "Жанна", "Ян", "Яна"];
    assert_eq!(names(&directory, NOW), expected);
}

#[test]
fn pinned_first_then_by_use_then_by_name() {
    let mut directory = list(&["Анна", "Борис", "Вера"]);
    let pinned = Colleague { pinned: true, ..named("Яна") };
    let yana = directory.add(pinned, &numbers()).unwrap();
    let vera = directory.best_first(NOW)[3].id;
    directory.used(vera, NOW);
    assert_eq!(names(&directory, NOW), ["Яна", "Вера", "Анна", "Борис"]);
    // An edit keeps the usage.
    directory.edit(Colleague { id: vera, ..named("Вера Ким") }, &numbers()).unwrap();
    directory.edit(Colleague { id: yana, ..named("Яна") }, &numbers()).unwrap();
    assert_eq!(names(&directory, NOW), ["Вера Ким", "Анна", "Борис", "Яна"]);
}

/// Worked out by hand from the formula: Σ 2^(−age / 7 days).
#[test]
fn recency_and_frequency() {
    let close = |usage: Usage, now: i64, expected: f64| {
        let score = usage.score(now);
        assert!((score - expected).abs() < 1e-9, "{score} is not {expected}");
    };
    let mut usage = Usage::default();
    close(usage, NOW, 0.0);
    usage.add(NOW - 14 * DAY);
    close(usage, NOW, 0.25);
    usage.add(NOW - 7 * DAY);
    close(usage, NOW, 0.75);
    usage.add(NOW);
    close(usage, NOW, 1.75);
    close(usage, NOW + 21 * DAY, 1.75 / 8.0);
    // A clock set back: the score stays, and a use then counts one more.
    close(usage, NOW - 100 * DAY, 1.75);
    usage.add(NOW - 100 * DAY);
    close(usage, NOW - 100 * DAY, 2.75);
}

#[test]
fn yesterdays_colleague_goes_before_last_months_favourite() {
    let mut directory = list(&["Анна", "Борис"]);
    let [anna, boris] = [0, 1].map(|at| directory.best_first(NOW)[at].id);
    directory.used(boris, NOW - DAY);
    for day in 30..35 {
        directory.used(anna, NOW - day * DAY);
    }
    assert_eq!(names(&directory, NOW), ["Борис", "Анна"]);
    // Twice this week outweighs once today.
    directory.used(anna, NOW - 3 * DAY);
    directory.used(anna, NOW - 2 * DAY);
    assert_eq!(names(&directory, NOW), ["Анна", "Борис"]);
}

#[test]
fn what_is_saved_is_what_is_loaded() {
    let folder = Folder::new("saved");
    assert_eq!(Directory::load(&folder.file()), Ok(Directory::default()), "no file yet");
    let mut directory = list(&["Анна", "Ёж \"Колючий\"\n", "Вера"]);
    // A score without a last binary digit to lose: ½ and 1.
    directory.used(2, NOW - 7 * DAY);
    directory.used(2, NOW);
    directory.delete(3).unwrap();
    directory.save(&folder.file()).unwrap();
    assert_eq!(folder.listing(), ["colleagues.json"]);

    let mut loaded = Directory::load(&folder.file()).unwrap();
    assert_eq!(loaded, directory);
    assert_eq!(loaded.add(named("Глеб"), &numbers()), Ok(4), "ids of the deleted stay taken");
    loaded.save(&folder.file()).unwrap();
    assert_eq!(Directory::load(&folder.file()), Ok(loaded));
}

const WHOLE: &str = r#"{"version": 1, "last_id": 1, "colleagues": [
  {"colleague": {"id": 1, "name": "Анна", "number": "84951234567", "outside": null, "department": "", "pinned": false},
   "usage": {"score": 0.5, "at": 0}}
]}"#;

#[test]
fn a_file_as_the_format_says() {
    let folder = Folder::new("format");
    fs::write(folder.file(), WHOLE).unwrap();
    assert_eq!(names(&Directory::load(&folder.file()).unwrap(), NOW), ["Анна"]);

    fs::write(folder.file(), WHOLE.replace("\"last_id\": 1", "\"last_id\": 18446744073709551615")).unwrap();
    let mut full = Directory::load(&folder.file()).unwrap();
    assert!(refusal(full.add(named("Борис"), &numbers())).contains("no id is left"));
}

#[test]
fn a_broken_file_is_refused_with_the_reason_and_kept() {
    let cases = [
        (WHOLE[..WHOLE.len() - 3].to_owned(), "line 3, column 36: broken JSON"),
        (String::new(), "line 1, column 0: broken JSON"),
        (WHOLE.replace("\"84951234567\"", "84951234567"), "line 2, column 67: an unexpected key or value"),
        (WHOLE.replace("\"pinned\"", "\"pined\""), "line 2, column 113: an unexpected key"),
        (WHOLE.replace("\"version\": 1", "\"version\": 2"), "the file is of version 2, this app reads version 1"),
        (WHOLE.replace("\"version\": 1, ", ""), "an unexpected key or value"),
        (WHOLE.replace("\"last_id\": 1", "\"last_id\": 0"), "the id 1 stands twice or is above last_id"),
        (WHOLE.replace("\"last_id\": 1", "\"last_id\": -1"), "line 1, column 28: an unexpected key or value"),
        (WHOLE.replace("0.5", "-0.5"), "the score of id 1 is negative"),
        (WHOLE.replace("0.5", "-0.0"), "the score of id 1 is negative"),
        (WHOLE.replace("\n]", &format!(",{}\n]", entry_of(WHOLE))), "the id 1 stands twice"),
    ];
    for (at, (text, part)) in cases.into_iter().enumerate() {
        let folder = Folder::new(&format!("broken-{at}"));
        fs::write(folder.file(), &text).unwrap();
        let reason = refusal(Directory::load(&folder.file()));
        assert!(reason.contains(part), "{reason}");
        assert!(reason.contains("kept as colleagues.json.broken-1"), "{reason}");
        assert!(!reason.contains("8495") && !reason.contains("Анна"), "nobody's data in a log: {reason}");

        // The app goes on with an empty list and saves it: the old file is still there.
        Directory::load(&folder.file()).unwrap().save(&folder.file()).unwrap();
        assert_eq!(fs::read_to_string(folder.0.join("colleagues.json.broken-1")).unwrap(), text);
        fs::write(folder.file(), "{").unwrap();
        refusal(Directory::load(&folder.file()));
        assert_eq!(folder.listing(), ["colleagues.json.broken-1", "colleagues.json.broken-2"]);
        assert_eq!(fs::read_to_string(folder.0.join("colleagues.json.broken-1")).unwrap(), text);
    }
}

fn entry_of(file: &str) -> &str {
    let (from, to) = (file.find("{\"colleague\":").unwrap(), file.rfind("\n]").unwrap());
    &file[from..to]
}

#[test]
fn what_cannot_be_read_or_written_is_said_and_nothing_is_lost() {
    let folder = Folder::new("unwritable");
    // A folder in the file's place can be neither read nor replaced.
    fs::create_dir(folder.file()).unwrap();
    assert!(refusal(Directory::load(&folder.file())).contains("cannot be read"));
    assert!(refusal(Directory::default().save(&folder.file())).contains("could not be saved"));
    assert!(folder.file().is_dir());
    let nowhere = Path::new("no such folder").join("colleagues.json");
    assert!(refusal(Directory::default().save(&nowhere)).contains("could not be saved"));
    // The old file survives a save that fails half-way.
    let other = Folder::new("half-way");
    list(&["Анна"]).save(&other.file()).unwrap();
    fs::create_dir(other.0.join("colleagues.json.new")).unwrap();
    refusal(Directory::default().save(&other.file()));
    assert_eq!(names(&Directory::load(&other.file()).unwrap(), NOW), ["Анна"]);
}

proptest! {
    /// However the list was used: the same people, and the pinned ones on top.
    #[test]
    fn the_order_loses_nobody(
        people in proptest::collection::vec(("[А-яЁёA-z ]{0,5}[а-я]", any::<bool>()), 0..12),
        uses in proptest::collection::vec((0_u64..14, any::<i64>()), 0..20),
        now in any::<i64>(),
    ) {
        let mut directory = Directory::default();
        for (name, pinned) in &people {
            directory.add(Colleague { pinned: *pinned, ..named(name) }, &numbers()).unwrap();
        }
        for (id, at) in uses {
            directory.used(id, at);
        }
        let best = directory.best_first(now);
        prop_assert!(best.is_sorted_by_key(|colleague| Reverse(colleague.pinned)));
        let mut ids: Vec<u64> = best.iter().map(|colleague| colleague.id).collect();
        ids.sort_unstable();
        prop_assert!(ids.into_iter().eq(1..=people.len() as u64));
    }
}
