//! What fuzzing runs, one function a target, on whatever bytes there are. Each panics where a promise of comity is broken.
//!
//! `fuzz/targets/` has a program of `cargo fuzz` for each; `tests/integration/fuzzed.rs` runs the same functions on what is stored in
//! `fuzz/seeds/`, and on variations of it. `docs/testing.md` says how to run a night.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, mpsc};
use std::time::Duration;

use crate::common::{odt, word};
use comity::config::{Config, Options};
use comity::lsp::{Exit, ServerSettings, serve};
use comity::session::Choice;
use comity::{Draft, Finding, Fix, Format, Pack, Reading, RuleSet, fix};

/// A function of a target.
pub type Target = fn(&[u8]);

/// Every target with its name.
pub const TARGETS: &[(&str, Target)] = &[
    ("annotate_odt", annotate_odt),
    ("annotate_word", annotate_word),
    ("baseline", baseline),
    ("comments", comments),
    ("compare", compare),
    ("configuration", configuration),
    ("doc", doc),
    ("fix", fixed),
    ("flat_odt", flat_odt),
    ("html", html),
    ("markdown", markdown),
    ("odt", odt_body),
    ("odt_package", odt_package),
    ("pack", pack),
    ("pdf", pdf),
    ("phrase", phrase),
    ("plain_text", plain_text),
    ("rtf", rtf),
    ("server_edits", server_edits),
    ("server_stream", server_stream),
    ("word", word_body),
    ("word_package", word_package),
];

static RULES: LazyLock<RuleSet> = LazyLock::new(|| RuleSet::builtin().expect("the packs that ship are sound"));

fn text(data: &[u8]) -> String {
    String::from_utf8_lossy(data).into_owned()
}

/// A draft of these bytes; `None` where they are none.
fn draft(format: Format, data: &[u8]) -> Option<Draft> {
    Draft::from_reader("fuzzed", format, data, &Reading::default()).ok()
}

/// What the packs find in a draft, each thing at a place of the draft.
fn examined(draft: &Draft) -> Vec<Finding> {
    let findings = RULES.examine(draft);
    for finding in &findings {
        is_placed(draft.version_of(finding), finding);
    }
    findings
}

/// Whether what was found lies between characters of the source, where it is said to be.
fn is_placed(draft: &Draft, finding: &Finding) {
    let source = draft.source();
    let mut places = vec![(finding.span, finding.start, finding.end)];
    places.extend(finding.related.iter().map(|related| (related.span, related.start, related.end)));
    for (span, start, end) in places {
        assert!(source.get(span.range()).is_some(), "{span:?} of {} cuts a character", finding.rule.id());
        assert!(start <= end, "{start:?} to {end:?}");
        if finding.paragraph.is_none() {
            assert_eq!(draft.position(span.start()), start);
        }
    }
    assert!(!finding.message.is_empty());
}

pub fn markdown(data: &[u8]) {
    draft(Format::Markdown, data).iter().for_each(|draft| drop(examined(draft)));
}

pub fn plain_text(data: &[u8]) {
    draft(Format::Text, data).iter().for_each(|draft| drop(examined(draft)));
}

pub fn html(data: &[u8]) {
    draft(Format::Html, data).iter().for_each(|draft| drop(examined(draft)));
}

/// Whatever is a package, or is none.
pub fn word_package(data: &[u8]) {
    draft(Format::Word, data).iter().for_each(|draft| drop(examined(draft)));
}

pub fn odt_package(data: &[u8]) {
    draft(Format::OpenDocument, data).iter().for_each(|draft| drop(examined(draft)));
}

pub fn rtf(data: &[u8]) {
    draft(Format::Rtf, data).iter().for_each(|draft| drop(examined(draft)));
}

pub fn doc(data: &[u8]) {
    draft(Format::Doc, data).iter().for_each(|draft| drop(examined(draft)));
}

pub fn pdf(data: &[u8]) {
    draft(Format::Pdf, data).iter().for_each(|draft| drop(examined(draft)));
}

pub fn flat_odt(data: &[u8]) {
    draft(Format::FlatOpenDocument, data).iter().for_each(|draft| drop(examined(draft)));
}

/// The body of a sound package.
pub fn word_body(data: &[u8]) {
    word_package(&word::docx(&text(data)));
}

pub fn odt_body(data: &[u8]) {
    odt_package(&odt::odt(&text(data)));
}

/// A phrase, a line end, and a text: what is found of the phrase is the phrase.
pub fn phrase(data: &[u8]) {
    let data = text(data);
    let (phrase, text) = data.split_once('\n').unwrap_or((&data, ""));
    let quoted = serde_json::to_string(phrase).expect("a text is a value of JSON");
    let Ok(pack) =
        Pack::parse("fuzzed.yml", &format!("schema: 1\npack: own\nrules: [{{id: own, phrases: [{quoted}]}}]"))
    else {
        return;
    };
    let rules = RuleSet::new(pack.rules().iter().cloned()).expect("one rule is not too large");
    for format in [Format::Text, Format::Markdown] {
        let draft = Draft::new(format, format!("{text}\n\n{phrase}\n"));
        for finding in rules.examine(&draft) {
            is_placed(&draft, &finding);
            // Without markup, and without what stood around it, it is found again from end to end. Another word is before it: at
            // the start of a line `>` opens a quotation, and `a.` is the letter of a paragraph.
            const BEFORE: &str = "So ";
            let found = finding.found.trim();
            let alone = Draft::new(Format::Text, format!("{BEFORE}{found}"));
            let again = rules.examine(&alone);
            let is_whole =
                |again: &Finding| again.span.start() <= BEFORE.len() && again.span.end() == alone.source().len();
            assert!(
                again.iter().any(is_whole) || found.contains(['\n', '\r', '\t']),
                "{:?} is not {phrase:?} by itself",
                finding.found
            );
        }
    }
}

pub fn pack(data: &[u8]) {
    let text = text(data);
    match Pack::parse("fuzzed.yml", &text) {
        Ok(pack) => {
            if let Ok(rules) = RuleSet::new(pack.rules().iter().cloned()) {
                let draft = Draft::new(
                    Format::Markdown,
                    "# A title\n\nThe two sides met, and [they] will meet again on 31 June.\n",
                );
                rules.examine(&draft).iter().for_each(|finding| is_placed(&draft, finding));
            }
        }
        Err(problems) => assert!(!problems.to_string().is_empty()),
    }
}

/// A folder that is gone with the process.
fn folder() -> &'static Path {
    static FOLDER: LazyLock<tempfile::TempDir> =
        LazyLock::new(|| tempfile::tempdir().expect("there is a folder for temporary files"));
    FOLDER.path()
}

/// A file of that folder with these bytes.
fn file(name: &str, data: &[u8]) -> PathBuf {
    let path = folder().join(name);
    fs::write(&path, data).expect("a temporary file can be written");
    path
}

pub fn configuration(data: &[u8]) {
    let path = file("comity.yml", data);
    if let Err(error) = Config::load(Some(&path), &Options::default()) {
        assert!(!error.to_string().is_empty());
    }
}

pub fn baseline(data: &[u8]) {
    let path = file("baseline.yml", data);
    match comity::baseline::Baseline::read(&path) {
        Ok(read) => {
            let mut written = Vec::new();
            read.write(&mut written).expect("memory can be written to");
            let again =
                comity::baseline::Baseline::read(&file("again.yml", &written)).expect("what was written can be read");
            assert_eq!(again.len(), read.len());
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// Comments silence findings, and bring about none but those about comments.
pub fn comments(data: &[u8]) {
    for format in [Format::Markdown, Format::Html] {
        let Some(draft) = draft(format, data) else {
            continue;
        };
        let heard = RULES.check(&draft).len();
        let all = examined(&draft);
        assert_eq!(heard, all.iter().filter(|finding| finding.suppressed.is_none()).count());
    }
}

/// Edits are in order, change nothing else, and after all of them there is nothing left to do.
pub fn fixed(data: &[u8]) {
    for format in [Format::Markdown, Format::Text, Format::Html] {
        let Some(draft) = draft(format, data) else {
            continue;
        };
        let edits = fix::edits(&draft, &examined(&draft), Fix::Unsafe);
        for two in edits.windows(2) {
            assert!(two[0].span.end() <= two[1].span.start(), "edits overlap");
        }
        let mut rest = draft.source();
        let changed = fix::apply(draft.source(), &edits);
        let mut left = changed.as_str();
        let mut done = 0;
        for edit in &edits {
            let kept = edit.span.start() - done;
            assert_eq!(left[..kept], rest[..kept], "what is outside of the edits was changed");
            left = left[kept..].strip_prefix(edit.text.as_str()).expect("the edit was made");
            rest = &draft.source()[edit.span.end()..];
            done = edit.span.end();
        }
        assert_eq!(left, rest);
        let once = fix::fix(draft, |draft| RULES.examine(draft), Fix::Unsafe).draft;
        let source = once.source().to_owned();
        let twice = fix::fix(once, |draft| RULES.examine(draft), Fix::Unsafe);
        assert_eq!(twice.draft.source(), source, "a second run changes more");
    }
}

/// Two drafts, parted by a line of hyphens.
pub fn compare(data: &[u8]) {
    let data = text(data);
    let (old, new) = data.split_once("\n---\n").unwrap_or((&data, &data));
    let [old, new] = [old, new].map(|source| Draft::new(Format::Markdown, source));
    let found = [examined(&old), examined(&new)];
    let [in_old, in_new] = found;
    let same = old.source() == new.source();
    let comparison = comity::compare::compare(&old, &new, in_old, in_new);
    assert!(!same || comparison.is_empty(), "a draft differs from itself");
}

fn annotated(name: &str, format: Format, bytes: &[u8]) {
    let reading = Reading::default();
    let path = file(name, bytes);
    let Ok(draft) = Draft::read(&path) else {
        return;
    };
    let findings = examined(&draft);
    let Ok(first) = comity::annotate::annotate(&path, &reading, &draft, &findings, None) else {
        return;
    };
    let copy = file(&format!("copy-{name}"), &first.bytes);
    let again = Draft::read(&copy).expect("an annotated copy can be read");
    assert_eq!(again.source(), draft.source(), "comments change the text");
    assert_eq!(again.format(), format);
    let second = comity::annotate::annotate(&copy, &reading, &again, &examined(&again), None)
        .expect("it can be annotated again");
    assert_eq!(second.comments, 0, "comments that are there are put in again");
}

pub fn annotate_word(data: &[u8]) {
    annotated("draft.docx", Format::Word, &word::docx(&text(data)));
}

pub fn annotate_odt(data: &[u8]) {
    annotated("draft.odt", Format::OpenDocument, &odt::odt(&text(data)));
}

/// What a server has written so far.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Written {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("nobody has panicked").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn settings() -> ServerSettings {
    let mut settings = ServerSettings::default();
    settings.choice = Choice::Nothing;
    settings.root = folder().to_owned();
    settings
}

/// That no thread of a server has ended in a panic, and none was caught.
fn is_sound(end: &std::io::Result<Exit>, written: &Written) {
    let said = String::from_utf8_lossy(&written.0.lock().expect("nobody has panicked")).into_owned();
    assert!(!said.contains("bug of comity"), "{said}");
    let reason = end.as_ref().err().map(ToString::to_string).unwrap_or_default();
    assert!(!reason.starts_with("the thread that "), "{reason}");
}

/// A server ends when its input does, whatever it was.
pub fn server_stream(data: &[u8]) {
    let written = Written::default();
    let end = serve(std::io::Cursor::new(data.to_vec()), written.clone(), settings());
    is_sound(&end, &written);
}

/// Messages one after the other, from another thread.
struct Messages(mpsc::Receiver<Vec<u8>>, Vec<u8>);

impl Read for Messages {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.1.is_empty() {
            self.1 = self.0.recv().unwrap_or_default();
        }
        let len = self.1.len().min(buffer.len());
        buffer[..len].copy_from_slice(&self.1[..len]);
        self.1.drain(..len);
        Ok(len)
    }
}

/// A draft of the first half of the data, edited as the bytes of the other half say: at the end the server has found what a check finds.
pub fn server_edits(data: &[u8]) {
    let (source, edits) = data.split_at(data.len() / 2);
    let mut source: Vec<char> = text(source).replace('\r', "\n").chars().filter(|c| *c != '\0').collect();
    let (send, receive) = mpsc::channel();
    let written = Written::default();
    let server = {
        let written = written.clone();
        std::thread::spawn(move || serve(Messages(receive, Vec::new()), written, settings()))
    };
    let say = |message: serde_json::Value| {
        let body = message.to_string();
        let _ = send.send(format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes());
    };
    let uri = "untitled:fuzzed.md";
    say(serde_json::json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}}));
    say(serde_json::json!({"jsonrpc": "2.0", "method": "initialized", "params": {}}));
    let document = serde_json::json!({
        "uri": uri, "languageId": "markdown", "version": 0, "text": source.iter().collect::<String>()
    });
    say(serde_json::json!({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": document}}));
    let mut version = 0;
    for edit in edits.as_chunks::<3>().0.iter().take(24) {
        let [at, len, what] = edit.map(usize::from);
        let start = at % (source.len() + 1);
        let end = (start + len % 8).min(source.len());
        let put =
            ["", "\n", "China containment ", "utilize", "\u{1f1f0}", "**", "<!-- comity-disable -->\n", "\u{fe0f}"]
                [what % 8];
        let position = |at: usize| {
            let before: String = source[..at].iter().collect();
            let line = before.matches('\n').count();
            let character = before.rsplit('\n').next().unwrap_or_default().encode_utf16().count();
            serde_json::json!({"line": line, "character": character})
        };
        // Editors may begin at either end.
        let (from, to) = if len & 8 == 0 { (start, end) } else { (end, start) };
        let range = serde_json::json!({"start": position(from), "end": position(to)});
        version += 1;
        say(serde_json::json!({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": {
            "textDocument": {"uri": uri, "version": version}, "contentChanges": [{"range": range, "text": put}]
        }}));
        source.splice(start..end, put.chars());
    }
    let last = format!("\"version\":{version}");
    let published = |written: &[u8]| {
        let text = String::from_utf8_lossy(written).into_owned();
        let of_last = text.rfind("textDocument/publishDiagnostics").filter(|_| text.contains(&last))?;
        let start = text[..of_last].rfind("\r\n\r\n")? + 4;
        let value = serde_json::Deserializer::from_str(&text[start..]).into_iter::<serde_json::Value>().next()?.ok()?;
        (value["params"]["version"] == version).then(|| value["params"]["diagnostics"].as_array().map(Vec::len))?
    };
    let mut found = None;
    // Long enough for any machine; a server that never answers is the fault that is looked for.
    for _ in 0..6_000 {
        found = published(&written.0.lock().expect("nobody has panicked"));
        if found.is_some() {
            break;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    drop(send);
    let end = server.join().expect("the server has not panicked");
    is_sound(&end, &written);
    let draft = Draft::new(Format::Markdown, source.iter().collect::<String>());
    let expected = comity::dedup(RULES.check(&draft));
    assert_eq!(found, Some(expected.len()), "the server does not find what a check finds in {:?}", draft.source());
}
