//! `lists` and `use` of a pack: wordings that its phrases share by name.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use super::builtin::declared::{Builtin, PACKS};
use super::is_kebab_case;
use super::phrase::{NamedList, PhraseLists, parse_listed};
use crate::text::decode::decode;
use crate::yaml::{self, Document, Fields, YamlString};

/// The lists that `fields`, the pack in the file `name`, has: those that it uses first. What is wrong is recorded. Of a pack that is `tested`
/// nothing is.
pub(super) fn read(name: &Arc<str>, fields: &Fields<'_>, tested: bool) -> (Vec<NamedList>, PhraseLists) {
    let mut reader = ListReader {
        users: vec![name.to_string()],
        read: HashSet::new(),
        named: Vec::new(),
        lists: PhraseLists::default(),
        tested,
    };
    reader.pack(fields);
    (reader.named, reader.lists)
}

struct ListReader {
    /// The files that are being read, each used by the one before it.
    users: Vec<String>,
    /// The files whose lists are there already.
    read: HashSet<String>,
    named: Vec<NamedList>,
    lists: PhraseLists,
    tested: bool,
}

impl ListReader {
    fn pack(&mut self, fields: &Fields<'_>) {
        for used in fields.texts("use") {
            if let Err((message, help)) = self.use_pack(&used) {
                used.problem("bad-use", message, Some(help));
            }
        }
        for (name, node) in fields.get("lists").map(|node| node.entries()).unwrap_or_default() {
            if !is_kebab_case(name.value) {
                let help = "write lower-case letters, digits and single hyphens".to_owned();
                name.problem("bad-name", format!("`{}` is no name for a list", name.value), Some(help));
            } else if self.lists.contains(name.value) {
                let help = "give it another name".to_owned();
                name.problem("repeated-list", format!("there is a list `{}` already", name.value), Some(help));
            } else {
                self.list(name.value, &node.texts());
            }
        }
    }

    fn list(&mut self, name: &str, wordings: &[YamlString<'_>]) {
        let texts: Vec<String> = wordings.iter().map(|wording| wording.value.to_owned()).collect();
        self.named.push(NamedList { name: name.to_owned(), wordings: texts.clone() });
        if self.tested {
            self.lists.insert_unread(name, texts);
            return;
        }
        let mut trees = Vec::new();
        for wording in wordings {
            match parse_listed(wording.value, &self.lists) {
                Ok(tree) => trees.push(tree),
                Err(error) => wording.problem_within("bad-phrase", error.at, error.message, &error.help),
            }
        }
        self.lists.insert(name, trees);
    }

    /// Reads the lists of the pack that `use` names: one that ships by its name, any other by its path.
    fn use_pack(&mut self, used: &YamlString<'_>) -> Result<(), (String, String)> {
        let is_file = [".yml", ".yaml"].iter().any(|end| used.value.ends_with(end));
        let (file, text) = if is_file { self.file(used.value)? } else { shipped(used.value)? };
        if self.users.contains(&file) {
            let help = "put the lists that both need into a file of their own".to_owned();
            return Err((format!("{file} uses itself by way of this"), help));
        }
        if !self.read.insert(file.clone()) {
            return Ok(());
        }
        let wrong = |problem: String| (problem, format!("`comity test {file}` says what is wrong with it"));
        let document = Document::parse(&file, &text).map_err(|error| wrong(error.to_string()))?;
        let fields = document.root().fields().ok_or_else(|| wrong(format!("{file} has no `lists`")))?;
        self.users.push(file.clone());
        self.pack(&fields);
        self.users.pop();
        document.finish(Some(())).map_err(|error| wrong(error.to_string()))
    }

    /// The text of a file, whose path is relative to the file that names it.
    fn file(&self, path: &str) -> Result<(String, String), (String, String)> {
        let user = self.users.last().map_or("", String::as_str);
        let file = Path::new(user).parent().unwrap_or(Path::new("")).join(path);
        let shown = file.display().to_string();
        let unreadable = |reason: String| (reason, format!("the path is relative to the folder of {user}"));
        let bytes = yaml::read_bytes(&file).map_err(|error| unreadable(error.to_string()))?;
        let text = decode(bytes).map_err(|error| unreadable(format!("{shown}: {error}")))?;
        Ok((shown, text))
    }
}

fn shipped(name: &str) -> Result<(String, String), (String, String)> {
    let found = PACKS.iter().find(|pack| pack.name == name);
    found.map(|pack: &Builtin| (pack.file.to_owned(), pack.text.to_owned())).ok_or_else(|| {
        let near = yaml::did_you_mean(name, PACKS.iter().map(|pack| pack.name));
        let help = near.unwrap_or_else(|| "name a pack that ships, or a file: `use: [lists.yml]`".to_owned());
        (format!("there is no pack `{name}`"), help)
    })
}
