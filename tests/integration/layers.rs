//! The layers of `docs/architecture.md`, held by the code: a room uses what stands below it, and no file uses one that uses it.
//!
//! What a file uses is told from its paths, wherever they stand in it, each followed through re-exports to the file that defines
//! the thing. A re-export is no use, nor is a method that is called: it belongs to a type that had to be named somewhere. Tests are
//! not looked at.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, Item, Meta, UseTree, Visibility};

/// The names from the crate to a module, or to what a path names.
type Names = Vec<String>;

/// What there is in a module.
#[derive(Default)]
struct Module {
    file: PathBuf,
    modules: BTreeSet<String>,
    items: BTreeSet<String>,
    /// What is imported, by the name that it has here.
    imports: Vec<(String, Names)>,
    /// The modules of which everything is imported.
    globs: Vec<Names>,
}

/// A crate, parsed.
#[derive(Default)]
struct Sources {
    modules: HashMap<Names, Module>,
    files: Vec<(Names, PathBuf, syn::File)>,
}

/// For each file the files that it uses, with the paths that say so.
type Uses = BTreeMap<PathBuf, BTreeMap<PathBuf, BTreeSet<String>>>;

impl Sources {
    /// The crate whose root is this file, and what `main.rs` beside it adds to it.
    fn of(root: &Path) -> Sources {
        let mut sources = Sources::default();
        sources.file(Vec::new(), root.to_owned());
        let main = root.with_file_name("main.rs");
        if main.exists() {
            sources.file(vec!["main".to_owned()], main);
        }
        sources
    }

    fn file(&mut self, name: Names, file: PathBuf) {
        let source = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let parsed = syn::parse_file(&source).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let folder = match file.file_stem().and_then(|stem| stem.to_str()) {
            Some("mod" | "lib" | "main") => file.parent().unwrap().to_owned(),
            _ => file.with_extension(""),
        };
        self.module(&name, &file, &folder, &parsed.items);
        self.files.push((name, file, parsed));
    }

    fn module(&mut self, name: &Names, file: &Path, folder: &Path, items: &[Item]) {
        let mut module = Module { file: file.to_owned(), ..Module::default() };
        let mut inner = Vec::new();
        for item in items.iter().filter(|item| !is_test(item)) {
            let defined = match item {
                Item::Struct(item) => Some(&item.ident),
                Item::Enum(item) => Some(&item.ident),
                Item::Fn(item) => Some(&item.sig.ident),
                Item::Const(item) => Some(&item.ident),
                Item::Static(item) => Some(&item.ident),
                Item::Type(item) => Some(&item.ident),
                Item::Trait(item) => Some(&item.ident),
                Item::Macro(item) => item.ident.as_ref(),
                _ => None,
            };
            module.items.extend(defined.map(ToString::to_string));
            match item {
                // What a macro of ours defines stands in its tokens.
                Item::Macro(item) if item.ident.is_none() => module.items.extend(defined_by(item.mac.tokens.clone())),
                Item::Use(item) => imports(&item.tree, &mut Vec::new(), &mut module),
                Item::Mod(item) => {
                    module.modules.insert(item.ident.to_string());
                    inner.push((item.ident.to_string(), item.content.as_ref().map(|(_, items)| items)));
                }
                _ => {}
            }
        }
        self.modules.insert(name.clone(), module);
        for (inner, items) in inner {
            let name = [name.as_slice(), std::slice::from_ref(&inner)].concat();
            match items {
                Some(items) => self.module(&name, file, &folder.join(&inner), items),
                None => {
                    let alone = folder.join(format!("{inner}.rs"));
                    self.file(name, if alone.exists() { alone } else { folder.join(&inner).join("mod.rs") });
                }
            }
        }
    }

    /// The file that defines what a path in a module names; `None` if that is a module, or not of this crate.
    fn definition(&self, module: &Names, path: &[String], depth: usize) -> Option<&Path> {
        // Imports of everything may go round in a circle.
        if depth > 16 {
            return None;
        }
        let mut at = module.clone();
        let mut rest = path;
        match rest.first()?.as_str() {
            "crate" | "comity" => {
                at.clear();
                rest = &rest[1..];
            }
            "self" => rest = &rest[1..],
            "super" => {
                while rest.first().is_some_and(|name| name == "super") {
                    at.pop()?;
                    rest = &rest[1..];
                }
            }
            _ => {}
        }
        while let Some((first, behind)) = rest.split_first() {
            let here = self.modules.get(&at)?;
            if here.modules.contains(first) {
                at.push(first.clone());
                rest = behind;
                continue;
            }
            if here.items.contains(first) {
                return Some(&here.file);
            }
            let further = |target: &Names| self.definition(&at, &[target.as_slice(), behind].concat(), depth + 1);
            if let Some((_, target)) = here.imports.iter().find(|(name, _)| name == first) {
                return if target == path { None } else { further(target) };
            }
            let all = |target: &Names| self.definition(&at, &[target.as_slice(), rest].concat(), depth + 1);
            return here.globs.iter().find_map(all);
        }
        None
    }

    /// Each file, read.
    fn readers(&self) -> impl Iterator<Item = (&Path, Reader<'_>)> {
        self.files.iter().map(|(name, file, parsed)| {
            let module = name.clone();
            let mut reader = Reader { sources: self, module, uses: BTreeMap::new(), firsts: BTreeSet::new() };
            parsed.items.iter().for_each(|item| reader.visit_item(item));
            reader.uses.remove(file);
            (file.as_path(), reader)
        })
    }

    fn uses(&self) -> Uses {
        self.readers().map(|(file, reader)| (file.to_owned(), reader.uses)).collect()
    }
}

/// Whether an item is there for tests only.
fn is_test(item: &Item) -> bool {
    let attributes: &[Attribute] = match item {
        Item::Mod(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    };
    attributes.iter().any(|attribute| match &attribute.meta {
        Meta::List(list) if list.path.is_ident("cfg") => {
            let condition = list.tokens.to_string();
            condition.contains("test") && !condition.contains("not")
        }
        _ => false,
    })
}

/// The names behind `enum` and `struct`, in any depth.
fn defined_by(tokens: TokenStream) -> Vec<String> {
    let mut names = Vec::new();
    let mut is_next = false;
    for token in tokens {
        match token {
            TokenTree::Ident(ident) if is_next => {
                names.push(ident.to_string());
                is_next = false;
            }
            TokenTree::Ident(ident) => is_next = ident == "enum" || ident == "struct",
            _ => is_next = false,
        }
    }
    names
}

/// Adds what a `use` imports to its module.
fn imports(tree: &UseTree, before: &mut Names, module: &mut Module) {
    match tree {
        UseTree::Path(path) => {
            before.push(path.ident.to_string());
            imports(&path.tree, before, module);
            before.pop();
        }
        UseTree::Name(name) if name.ident == "self" => {
            module.imports.extend(before.last().map(|last| (last.clone(), before.clone())));
        }
        UseTree::Name(name) => {
            let name = name.ident.to_string();
            let path = [before.as_slice(), std::slice::from_ref(&name)].concat();
            module.imports.push((name, path));
        }
        UseTree::Rename(renamed) => {
            let mut path = before.clone();
            path.extend((renamed.ident != "self").then(|| renamed.ident.to_string()));
            module.imports.push((renamed.rename.to_string(), path));
        }
        UseTree::Glob(_) => module.globs.push(before.clone()),
        UseTree::Group(group) => group.items.iter().for_each(|tree| imports(tree, before, module)),
    }
}

/// Notes what a file uses.
struct Reader<'s> {
    sources: &'s Sources,
    module: Names,
    uses: BTreeMap<PathBuf, BTreeSet<String>>,
    /// What its paths begin with: names of crates among others.
    firsts: BTreeSet<String>,
}

impl Reader<'_> {
    fn path(&mut self, path: &[String]) {
        self.firsts.extend(path.first().cloned());
        if let Some(file) = self.sources.definition(&self.module, path, 0) {
            self.uses.entry(file.to_owned()).or_default().insert(path.join("::"));
        }
    }

    /// The paths in what is given to a macro: names with `::` between them.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path: Names = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => {
                    if colons != 2 {
                        self.path(&std::mem::take(&mut path));
                    }
                    path.push(ident.to_string());
                    colons = 0;
                }
                TokenTree::Punct(sign) if sign.as_char() == ':' => colons += 1,
                other => {
                    self.path(&std::mem::take(&mut path));
                    colons = 0;
                    if let TokenTree::Group(group) = other {
                        self.tokens(group.stream());
                    }
                }
            }
        }
        self.path(&path);
    }
}

impl<'a> Visit<'a> for Reader<'_> {
    fn visit_item(&mut self, item: &'a Item) {
        match item {
            _ if is_test(item) => {}
            Item::Use(item) if matches!(item.vis, Visibility::Inherited) => {
                let mut module = Module::default();
                imports(&item.tree, &mut Vec::new(), &mut module);
                module.imports.iter().for_each(|(_, path)| self.path(path));
            }
            Item::Use(_) => {}
            Item::Mod(inner) => {
                self.module.push(inner.ident.to_string());
                visit::visit_item(self, item);
                self.module.pop();
            }
            _ => visit::visit_item(self, item),
        }
    }

    fn visit_path(&mut self, path: &'a syn::Path) {
        let names: Names = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.path(&names);
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'a syn::Macro) {
        self.visit_path(&call.path);
        self.tokens(call.tokens.clone());
    }
}

/// A way from a file back to itself; `None` if there is none.
fn circle(uses: &Uses) -> Option<Vec<&Path>> {
    fn walk<'u>(uses: &'u Uses, file: &'u Path, way: &mut Vec<&'u Path>, done: &mut BTreeSet<&'u Path>) -> bool {
        if let Some(start) = way.iter().position(|other| *other == file) {
            way.drain(..start);
            way.push(file);
            return true;
        }
        if !done.contains(file) {
            way.push(file);
            if uses.get(file).into_iter().flatten().any(|(next, _)| walk(uses, next, way, done)) {
                return true;
            }
            way.pop();
            done.insert(file);
        }
        false
    }
    let mut done = BTreeSet::new();
    uses.keys().find_map(|file| {
        let mut way = Vec::new();
        walk(uses, file, &mut way, &mut done).then_some(way)
    })
}

/// The layers as the page draws them, the highest first: the rooms of each.
fn layers() -> Vec<Vec<String>> {
    let page = fs::read_to_string("docs/architecture.md").unwrap();
    let (_, drawing) = page.split_once("```text\n").expect("the page draws the layers");
    let (drawing, _) = drawing.split_once("```").unwrap();
    // The rooms stand before what they are.
    let rooms = |line: &str| line.split("  ").next().unwrap_or_default().split(' ').map(str::to_owned).collect();
    drawing.lines().filter(|line| !line.starts_with(' ')).map(rooms).collect()
}

/// The crates that only some rooms know, as the page lists them, each with these rooms.
fn crates() -> Vec<(String, Vec<String>)> {
    let page = fs::read_to_string("docs/architecture.md").unwrap();
    let (_, table) = page.split_once("| crate | rooms |\n|---|---|\n").expect("the page lists the crates");
    let names = |cell: &str| -> Vec<String> { cell.split('`').skip(1).step_by(2).map(str::to_owned).collect() };
    let rows =
        table.lines().take_while(|line| line.starts_with('|')).map(|line| line.trim_matches('|').split_once('|'));
    let row = |(crates, rooms)| names(crates).into_iter().map(|name| (name, names(rooms))).collect::<Vec<_>>();
    rows.flat_map(|cells| row(cells.expect("a row has two cells"))).collect()
}

/// The room of a file: its folder in `src/`, or the file itself.
fn room(file: &Path) -> &str {
    let name = file.strip_prefix("src").unwrap_or(file).iter().next().and_then(|name| name.to_str());
    name.unwrap_or_default().trim_end_matches(".rs")
}

#[test]
fn no_file_uses_one_that_uses_it() {
    let uses = Sources::of(Path::new("src/lib.rs")).uses();
    let count: usize = uses.values().map(BTreeMap::len).sum();
    assert!(uses.len() > 200 && count > 1000, "{count} uses are seen between {} files", uses.len());
    let found = circle(&uses).unwrap_or_default();
    let steps: Vec<String> = found
        .windows(2)
        .map(|step| format!("{} uses {}: {:?}", step[0].display(), step[1].display(), uses[step[0]][step[1]]))
        .collect();
    assert!(steps.is_empty(), "{}", steps.join("\n"));
}

#[test]
fn every_room_uses_only_what_the_page_draws_below_it() {
    let layers = layers();
    let level = |room: &str| layers.iter().position(|rooms| rooms.iter().any(|other| other == room));
    let uses = Sources::of(Path::new("src/lib.rs")).uses();
    let mut wrong = Vec::new();
    for (file, used) in &uses {
        let here = room(file);
        if here == "lib" {
            continue;
        }
        let Some(own) = level(here) else {
            wrong.push(format!("{here} is in no layer"));
            continue;
        };
        for (other, paths) in used {
            let there = room(other);
            if there != here && level(there).is_none_or(|level| level <= own) {
                wrong.push(format!("{} uses {}: {paths:?}", file.display(), other.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let rooms: BTreeSet<&str> = uses.keys().map(|file| room(file)).collect();
    let gone: Vec<&String> = layers.iter().flatten().filter(|drawn| !rooms.contains(drawn.as_str())).collect();
    assert!(gone.is_empty(), "{gone:?} are drawn and not there");
}

#[test]
fn what_reads_and_writes_is_known_to_the_rooms_that_the_page_lists() {
    let mut known: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let sources = Sources::of(Path::new("src/lib.rs"));
    for (file, reader) in sources.readers() {
        for first in reader.firsts {
            known.entry(first).or_default().insert(room(file).to_owned());
        }
    }
    let listed = crates();
    assert!(listed.len() > 10, "{listed:?}");
    for (name, rooms) in listed {
        assert_eq!(known.get(&name), Some(&rooms.into_iter().collect()), "{name}");
    }
}

#[test]
fn uses_are_followed_to_where_a_thing_is_defined() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let write = |files: &[(&str, &str)]| {
        for (name, text) in files {
            fs::create_dir_all(at(name).parent().unwrap()).unwrap();
            fs::write(at(name), text).unwrap();
        }
    };
    write(&[
        ("lib.rs", "mod a;\nmod b;\npub use b::Thing;\n"),
        ("a.rs", "use crate::b::Thing;\nfn f(_: Thing) { println!(\"{}\", crate::b::deep::NUMBER) }\n"),
        ("b/mod.rs", "pub mod deep;\nmod thing;\npub use thing::Thing;\n#[cfg(test)]\nmod tests { use crate::a; }\n"),
        ("b/deep.rs", "pub const NUMBER: u8 = 1;\n"),
        ("b/thing.rs", "use super::deep;\npub struct Thing([u8; deep::NUMBER as usize]);\n"),
    ]);
    let shown = |uses: &Uses| -> Vec<String> {
        let name = |file: &Path| file.strip_prefix(folder.path()).unwrap().display().to_string();
        let of = |(file, used): (&PathBuf, &BTreeMap<PathBuf, _>)| {
            used.keys().map(|other| format!("{} -> {}", name(file), name(other))).collect::<Vec<_>>()
        };
        uses.iter().flat_map(of).collect()
    };
    let uses = Sources::of(&at("lib.rs")).uses();
    assert_eq!(shown(&uses), ["a.rs -> b/deep.rs", "a.rs -> b/thing.rs", "b/thing.rs -> b/deep.rs"]);
    assert_eq!(circle(&uses), None);
    write(&[("b/deep.rs", "pub const NUMBER: u8 = 1;\nfn g(_: crate::Thing) {}\n")]);
    let uses = Sources::of(&at("lib.rs")).uses();
    assert_eq!(circle(&uses).map(|way| way.len()), Some(3), "{:?}", shown(&uses));
}
