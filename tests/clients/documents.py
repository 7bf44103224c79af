"""Holds comity to a folder of real documents: all of their text is read, what is written into copies can be undone.

    python3 tests/clients/documents.py FOLDER [--comity PROGRAM] [--schemas DIR] [--limit N] [--seed N] [--kinds docx,odt] [--plain]

For every document found in FOLDER and below:

- comity ends with 0, 1 or 2 within a minute, with its own packs, and with a pack that marks common words;
- every word that LibreOffice shows (as text, and in the flat OpenDocument that it makes: notes, headers and text boxes too), pdftotext of a
  PDF, Chromium of a page (LibreOffice where it is not installed), and pandoc where it is installed, is read, or is one of EXCEPTIONS
  (documents_office.py);
- a phrase put at the end of some paragraphs of a .docx, .odt or .fodt is found, in its paragraph and behind its words;
- an annotated copy has a comment for each finding, on its words, and LibreOffice shows as many, and the same text; with tracked changes,
  all of them rejected give the text of the document, all of them accepted the text with the suggestions, by the XML and by LibreOffice;
- a copy has no fault against the schemas that the document does not have;
- the document is what it was, to the byte.

Prints a line for each fault and a table, and ends with 1 if there is a fault. A document that comity refuses with a reason is counted.
--schemas DIR: a folder with wml.xsd and the XSD files that it names (ECMA-376, transitional) and with the RELAX NG schemas of OpenDocument
(OpenDocument*schema*.rng), anywhere below; it needs lxml. --limit N: at most so many documents of a kind, chosen by --seed. --plain: without
LibreOffice. Python's standard library is enough for the rest.
"""

import argparse
import collections
import contextlib
import concurrent.futures
import hashlib
import html
import itertools
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

import documents_browser as browser
import documents_office as office
import documents_schemas as schemas
import documents_text as xml
import documents_words as reading

KINDS = "docx docm dotx dotm odt ott fodt rtf doc pdf html md".split()
ANNOTATED = {"docx", "docm", "dotx", "dotm", "odt", "ott"}
PLANTED = ANNOTATED | {"fodt"}
SHOWN = set(KINDS) - {"pdf", "md"}
"""What LibreOffice reads as comity does: it takes Markdown for plain text, and draws PDF."""
COLUMNS = (
    "files", "refused", "read", "compared", "words", "missing", "excepted", "planted", "found", "findings", "comments", "no place", "in LibreOffice",
    "changes", "undone", "accepted", "validated", "new faults",
)  # fmt: skip

TEXT_PACK = """schema: 1
pack: text
title: The text of each block
rules:
  - {id: block, kind: pattern, severity: note, regex: '(?s).+', message: a block, why: The report tells what is read., source: house}
"""
MARKS_PACK = """schema: 1
pack: marks
title: Common words
rules:
  - id: word
    kind: pattern
    severity: error
    regex: '\\b([A-Za-z]*[aeiou]WORD)\\b'
    suggest: ["${1}MARKER"]
    as: word
    message: "found: {match}"
    why: Words of every document.
    source: house
  - id: pair
    kind: pattern
    regex: '\\b([A-Za-z]+ (?:PAIR)) ([A-Za-z]+)\\b'
    suggest: ["${1}MARKER $2"]
    as: word
    message: "found: {match}"
    why: Words that runs and spans divide.
    source: house
""".replace("MARKER", xml.MARKER)
MARKS = {"dense": ("[a-z]{5}", "of|in|to|by"), "sparse": ("t[aeiou][a-z]{3}", "by")}
"""What is marked in short documents and in long ones, which would have thousands of comments else."""
LONG = 1500
"""Words from which on a document is a long one."""


class Document:
    """A document and what was seen of it."""

    def __init__(self, path, number, work):
        self.path, self.kind = path, path.suffix.lower()[1:]
        self.base = work / str(number)
        self.hash = digest(path)
        self.count = collections.Counter(files=1)
        self.faults, self.refused, self.blocks, self.told, self.jobs = [], None, {}, "", {}
        self.exceptions, self.addresses = collections.Counter(), set()

    def fault(self, what, *detail):
        self.faults.append(": ".join([what, *(shown(str(piece)) for piece in detail)]))


def shown(text):
    """A text that a terminal shows as it is: nothing in it is a command."""
    return "".join(c if c.isprintable() else " " if c.isspace() else f"\\u{{{ord(c):x}}}" for c in text)[:300]


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def run(options, document, arguments, file=None):
    """Runs `comity check`; returns its code, the report in JSON and standard error. A crash or a hang is a fault."""
    command = [options.comity, "check", "--no-config", "--format", "json", *map(str, arguments), str(file or document.path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=options.patience)
    except subprocess.TimeoutExpired:
        document.fault(f"hangs: longer than {options.patience} s", " ".join(command[4:]))
        return None, {}, ""
    said = done.stderr.decode("utf-8", "replace")
    if done.returncode not in (0, 1, 2) or "panicked" in said:
        document.fault(f"crash, code {done.returncode}", said[-200:])
        return None, {}, said
    try:
        return done.returncode, json.loads(done.stdout or b"{}"), said
    except ValueError as error:
        document.fault("the report is no JSON", error)
        return None, {}, said


def read(options, document, file=None, revisions="accepted"):
    """The blocks that comity reads: `(part, paragraph) -> text`; `None` if it refuses the document. Addresses stand in them as they are."""
    pack = ["--rules", options.work / "text.yml", "--select", "text", "--revisions", revisions]
    code, report, said = run(options, document, pack, file)
    if code != 0:
        document.refused = document.refused or said.strip().splitlines()[0] if said.strip() else "without a word"
        return None
    document.told = said + json.dumps(report["not_read"])
    blocks = collections.defaultdict(str)
    for finding in report["findings"]:
        place = finding["document"] or {"part": "", "paragraph": finding["line"]}
        text = finding["match"]
        # For rules an address is one character. What stands in its place is only in the source.
        source = finding["source_text"] if document.kind != "html" else html.unescape(re.sub(r"<[^<>]*>", "", finding["source_text"]))
        addresses = re.findall(reading.ADDRESS, source) if "\ufffc" in text else []
        document.addresses.update(reading.squeezed(address) for address in addresses)
        blocks[place["part"], place["paragraph"]] += text
    return blocks


def examine(options, document):
    """All that is asked of comity and of its files alone."""
    run(options, document, [])
    document.blocks = read(options, document)
    if document.blocks is None:
        if not document.faults:
            document.count["refused"] = 1
        return
    document.count["read"] = 1
    before = read(options, document, revisions="original") or {}
    document.texts = ["\n".join(document.blocks.values()), "\n".join(before.values())]
    if document.kind in PLANTED:
        plant(options, document)
    # What is a document of another kind by its content has its copy made anew.
    if document.kind in ANNOTATED and zipfile.is_zipfile(document.path):
        annotate(options, document)


def plant(options, document):
    copy = document.base.with_name(document.base.name + "-planted." + document.kind)
    try:
        planted = xml.plant(document.path, copy, f"{options.seed} {document.path.name}")
    except (zipfile.BadZipFile, xml.expat.ExpatError, KeyError, NotImplementedError) as error:
        # What is no document by its content is read as what it is.
        return document.exceptions.update({f"nothing planted: {type(error).__name__}": 1})
    document.count["planted"] += len(planted)
    blocks = read(options, document, copy) if planted else {}
    if blocks is None:
        return document.fault("refused once a phrase is planted")
    for phrase, before in planted:
        places = [place for place, text in blocks.items() if re.search(rf"{phrase}(?!\d)", text)]
        if len(places) != 1:
            document.fault(f"planted and found {len(places)} times", phrase, f"behind {before[-60:]!r}")
            continue
        text = re.sub(rf" ?{phrase}(?!\d)", "", blocks[places[0]])
        was = re.sub(rf" ?{xml.PHRASE} \d", "", text)
        if reading.squeezed(document.blocks.get(places[0], "")) != reading.squeezed(was):
            document.fault("found in another paragraph", phrase, places[0], was[:80])
        elif not read_before(document, reading.squeezed(before)[-30:], reading.squeezed(blocks[places[0]].split(phrase)[0])):
            document.fault("found behind other words", phrase, before[-60:], blocks[places[0]].split(phrase)[0][-60:])
        else:
            document.count["found"] += 1


def read_before(document, before, text):
    """Whether a text ends as it should, but for an address at its end."""
    return before in text or any(before.endswith(address[-30:]) or address in before for address in document.addresses)


def annotate(options, document):
    marks = "sparse" if len(reading.words(document.texts[0])) > LONG else "dense"
    pack = ["--rules", options.work / f"{marks}.yml", "--select", "marks", "--force", "--annotate"]
    commented, fixed = (document.base.with_name(f"{document.base.name}-{what}.{document.kind}") for what in ("commented", "fixed"))
    code, report, said = run(options, document, [*pack, commented])
    if code == 2 or code is None or not commented.exists():
        return document.fault("no annotated copy", said.strip().splitlines()[0] if said.strip() else "without a word")
    findings = report["findings"]
    document.count["findings"] += len(findings)
    try:
        copies = [xml.Copy(document.path), xml.Copy(commented)]
    except (zipfile.BadZipFile, xml.tree.ParseError, KeyError) as error:
        return document.fault("the copy cannot be read", type(error).__name__, error)
    homeless = re.search(r"(\d+) had no place", said)
    comments(document, findings, int(homeless[1]) if homeless else 0, *copies)
    validate(options, document, commented)
    document.jobs["commented"] = ("show", commented)
    document.expected = len(copies[1].comments) - len(copies[0].comments)
    code, report, said = run(options, document, [*pack, fixed, "--fix", "--unsafe-fixes"])
    if code == 2 or code is None or not fixed.exists():
        return document.fault("no copy with changes", said.strip().splitlines()[0] if said.strip() else "without a word")
    try:
        changed = xml.Copy(fixed)
    except (zipfile.BadZipFile, xml.tree.ParseError, KeyError) as error:
        return document.fault("the copy with changes cannot be read", type(error).__name__, error)
    document.faults += [f"with changes: {fault}" for fault in changed.faults]
    validate(options, document, fixed)
    changes = changed.changes["ins"] - copies[0].changes["ins"]
    if not changes:
        return
    document.count["changes"] += changes
    document.delicate = copies[0].delicate
    original = copies[0].text("accepted")
    same(document, "rejected, by the XML", original, changed.text("rejected"))
    accepted = changed.text("accepted")
    marked = sum(text.count(xml.MARKER) for text in accepted)
    if marked < changes or not marked:
        document.fault("accepted, by the XML", f"{changes} insertions, {marked} suggestions")
    # Tabs go, and marks of notes stand behind what comes, where words around them are replaced.
    original, accepted = ([re.sub(r"<[\w:]+>", "", text.replace(xml.MARKER, "")) for text in lines] for lines in (original, accepted))
    same(document, "accepted, by the XML", original, accepted)
    changed = document.base.with_name(f"{document.base.name}-changed.{document.kind}")
    xml.without_comments(fixed, changed)
    document.jobs |= {"rejected": ("reject", changed), "accepted": ("accept", changed)}


def comments(document, findings, homeless, original, copy):
    """Holds that each finding but those without a place has a comment, and that it stands on its words."""
    document.count["no place"] += homeless
    document.faults += copy.faults
    old = collections.Counter(said for said, _ in original.comments)
    new = [comment for comment in copy.comments if not (old[comment[0]] > 0 and not old.subtract([comment[0]]))]
    document.count["comments"] += len(new)
    if len(new) + homeless != len(findings):
        document.fault("comments", f"{len(new)} for {len(findings)} findings, {homeless} told to have no place")
    for said, on in new:
        match = re.search(r"found: (.*)", said)
        elsewhere = re.search(r"\u00b6\d|:\d+:", said.split("found: ")[0])
        if match and not elsewhere and reading.squeezed(match[1]) not in reading.squeezed(on):
            document.fault("a comment on other words", match[1], on)


def validate(options, document, copy):
    if options.validator:
        document.count["validated"] += 1
        for fault in options.validator.new_faults(document.path, copy):
            document.count["new faults"] += 1
            document.fault("against the schema", fault)


def same(document, what, expected, got):
    """Holds that two texts, lists of lines, are one."""
    # LibreOffice writes some of what holds a place for something as a control character, as a comment makes it do.
    expected, got = ([re.sub(r"[\x00-\x08]", "", line) for line in lines] for lines in (expected, got))
    if expected == got:
        return True
    expected, got = list(expected), list(got)
    at = next((i for i, (one, other) in enumerate(zip(expected, got)) if one != other), min(len(expected), len(got)))
    one, other = (lines[at] if at < len(lines) else "(no more lines)" for lines in (expected, got))
    start = max(len(os.path.commonprefix([one, other])) - 20, 0)
    document.fault(f"{what}: another text", f"line {at + 1}", f"{one[start:][:80]!r}, now {other[start:][:80]!r}")
    return False


def weigh(options, document, results, chromium):
    """All that LibreOffice and other readers are asked for."""
    if document.blocks is None:
        return
    lines = {}
    for what, result in results.items():
        if isinstance(result, str):
            if what == "shown":
                document.exceptions[f"not compared: {result[:60]}"] += 1
            elif not isinstance(results.get("shown"), str):
                document.fault(f"the copy, {what}", result)
            continue
        text = result.with_suffix(".txt").read_text("utf-8-sig", "replace") if result.with_suffix(".txt").exists() else ""
        # An empty line more, as LibreOffice has before a table with a comment in its first cell, is no other text.
        lines[what] = [line for line in text.splitlines() if line.strip()]
    if "shown" in lines:
        document.count["compared"] += 1
        reading.shown_by_office(document, results["shown"], lines["shown"])
    if document.kind == "html" and chromium:
        try:
            page = chromium.shown(document.path)
        except ValueError as error:
            document.exceptions[f"not compared: {str(error)[:60]}"] += 1
        else:
            document.count["compared"] += 1
            reading.shown_by_browser(document, page)
    if document.kind == "pdf" and shutil.which("pdftotext"):
        done = subprocess.run(["pdftotext", "-enc", "UTF-8", str(document.path), "-"], capture_output=True)
        if done.returncode == 0:
            document.count["compared"] += 1
            text = re.sub(r"(\w)[-\u00ad\u2010]\n(\w)", r"\1\2", done.stdout.decode("utf-8", "replace"))
            reading.compare(document, "pdftotext", text.splitlines())
    if options.pandoc and document.kind in ("docx", "odt", "rtf", "html", "md"):
        done = subprocess.run(["pandoc", "-t", "plain", "--wrap=none", str(document.path)], capture_output=True)
        if done.returncode == 0:
            labelled = (reading.without_label(line, set(), set())[0] for line in done.stdout.decode("utf-8", "replace").splitlines())
            reading.compare(document, "pandoc", labelled)
    if "commented" in lines and "shown" in lines:
        same(document, "a copy with comments", lines["shown"], lines["commented"])
        flats = [office.Flat(results[what].with_suffix(".fodt")) for what in ("shown", "commented")]
        there = [sum(author == xml.AUTHOR for author, _ in flat.comments) for flat in flats]
        document.count["in LibreOffice"] += there[1] - there[0]
        if there[1] - there[0] != document.expected:
            document.fault("comments in LibreOffice", f"{there[1] - there[0]}, not {document.expected}")
    for what, before, column in [("rejected", "none", "undone"), ("accepted", "all", "accepted")]:
        if what in lines:
            expected = lines.get(before, lines.get("shown"))
            if expected is not None:
                got = [unresolved(was, line) for was, line in itertools.zip_longest(expected, lines[what])]
                expected, got = ([settled(line, what) for line in text] for text in (expected, got))
                document.count[column] += same(document, f"{what}, by LibreOffice", expected, got)


def unresolved(was, line):
    """A line in which LibreOffice, which works out references as it rejects, found no mark for one: as it was but for that."""
    line = line or ""
    without = line.replace(xml.MARKER, "").split(reading.LOST)
    return was if was and len(without) > 1 and re.fullmatch(".*".join(map(re.escape, without)), was) else line


def settled(line, what):
    """A line as it is compared: where words are replaced tabs go, and marks of notes, which are letters here, stand behind what comes."""
    return "".join(sorted(xml.condensed(line.replace(xml.MARKER, "")))) if what == "accepted" else line


def gather(options):
    """The documents of the folder, at most `limit` of each kind."""
    found = collections.defaultdict(list)
    for path in sorted(pathlib.Path(options.folder).rglob("*")):
        kind = path.suffix.lower()[1:]
        if path.is_file() and kind in options.kinds:
            found[kind].append(path)
    chosen = random.Random(options.seed)
    for kind, paths in found.items():
        if options.limit and len(paths) > options.limit:
            found[kind] = sorted(chosen.sample(paths, options.limit))
    return [path for kind in KINDS for path in found[kind]]


def ask_office(options, documents):
    """Has LibreOffice do all jobs in one go, and weighs what it shows."""
    for number, document in enumerate(documents):
        if document.blocks is None or document.kind not in SHOWN or (document.kind == "html" and browser.program()):
            continue
        copy = document.base.with_name(f"{document.base.name}-shown.{document.kind}")
        shutil.copyfile(document.path, copy)
        document.jobs["shown"] = ("show", copy)
        if "rejected" in document.jobs and document.delicate:
            bare = document.base.with_name(f"{document.base.name}-bare.{document.kind}")
            xml.without_comments(document.path, bare)
            document.jobs |= {"none": ("reject", bare), "all": ("accept", bare)}
    jobs = [(document, what, job) for document in documents for what, job in document.jobs.items()]
    results = office.work([job for _, _, job in jobs], options.work / "office") if jobs and not options.plain else []
    of = collections.defaultdict(dict)
    for (document, what, _), result in zip(jobs, results):
        of[document][what] = result
    with browser.Browser() if any(document.kind == "html" for document in documents) and browser.program() else contextlib.nullcontext() as chromium:
        for document in documents:
            weigh(options, document, of[document], chromium)


def table(documents):
    rows = [["kind", *COLUMNS]]
    kinds = [kind for kind in KINDS if any(document.kind == kind for document in documents)]
    for kind in [*kinds, "all"]:
        total = sum((document.count for document in documents if kind in (document.kind, "all")), collections.Counter())
        total["excepted"] = sum(
            sum(n for what, n in document.exceptions.items() if what in office.EXCEPTIONS)
            for document in documents
            if kind in (document.kind, "all")
        )
        rows.append([kind, *(str(total[column]) for column in COLUMNS)])
    widths = [max(map(len, column)) for column in zip(*rows)]
    return "\n".join("  ".join(cell.rjust(width) for cell, width in zip(row, widths)) for row in rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--comity", default="comity", help="the program")
    parser.add_argument("--schemas", help="a folder with schemas; needs lxml")
    parser.add_argument("--limit", type=int, help="at most so many documents of a kind")
    parser.add_argument("--seed", default="18")
    parser.add_argument("--kinds", type=lambda kinds: kinds.split(","), default=KINDS)
    parser.add_argument("--patience", type=int, default=60, help="seconds for a run of comity")
    parser.add_argument("--plain", action="store_true", help="without LibreOffice")
    options = parser.parse_args()
    options.validator = schemas.Validator(options.schemas) if options.schemas else None
    options.pandoc = shutil.which("pandoc")
    options.plain = options.plain or not shutil.which("soffice")
    with tempfile.TemporaryDirectory() as work:
        options.work = pathlib.Path(work).resolve()
        (options.work / "text.yml").write_text(TEXT_PACK)
        for marks, (word, pair) in MARKS.items():
            (options.work / f"{marks}.yml").write_text(MARKS_PACK.replace("WORD", word).replace("PAIR", pair))
        documents = [Document(path, number, options.work) for number, path in enumerate(gather(options))]
        if not documents:
            sys.exit(f"{options.folder}: no document of {', '.join(options.kinds)}")
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            list(pool.map(lambda document: examine(options, document), documents))
        ask_office(options, documents)
    for document in documents:
        if digest(document.path) != document.hash:
            document.fault("the document is another one than before")
        for fault in document.faults:
            print(f"{document.path}: {fault}")
    refused = [document for document in documents if document.refused and document.count["refused"]]
    for document in refused:
        print(f"refused: {shown(document.refused)}")
    exceptions = sum((document.exceptions for document in documents), collections.Counter())
    for what, count in exceptions.most_common():
        print(f"excepted: {count} {what}{': ' + office.EXCEPTIONS[what] if what in office.EXCEPTIONS else ''}")
    print(table(documents))
    if options.plain:
        print("without LibreOffice: words were not compared, and copies not opened")
    wrong = sum(bool(document.faults) for document in documents)
    print(f"{len(documents)} documents, {wrong} with faults")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
