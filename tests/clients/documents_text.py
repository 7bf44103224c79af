"""Word documents and OpenDocument texts as XML: phrases are planted into them, and what comity wrote into copies is read again.

All of this reads the files by itself, so that comity is not held to its own reading of them.
"""

import random
import re
import xml.etree.ElementTree as tree
import zipfile
from xml.parsers import expat

from documents_office import name as odf

PHRASE = "the quarrelsome heron doctrine"
AUTHOR = "comity"
MARKER = "QHERON"
"""What the suggestions of the test put into words: without it the text is what it was."""

WORD = re.compile(r"http://(?:schemas\.openxmlformats\.org/wordprocessingml/2006|purl\.oclc\.org/ooxml/wordprocessingml)/main")

DELICATE = re.compile(rb"<\w+:(?:ins|del|moveFrom|moveTo|instrText|fldSimple|changed-region|bookmark-ref|reference-ref|[\w-]+-get)\b")


def condensed(text):
    """The letters and digits of a text."""
    return re.sub(r"[\W_]+", "", text)


COMMENT = re.compile(
    rb"<office:annotation\b(?!-end)[^>]*(?:/>|>.*?</office:annotation>)|<office:annotation-end\b[^>]*/>"
    rb"|<w:commentRange(?:Start|End)\b[^>]*/>|<w:commentReference\b[^>]*/>",
    re.DOTALL,
)


def without_comments(path, to):
    """Writes a copy without the marks of comments, which crash a LibreOffice without windows that draws them as it changes a document."""
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(to, "w") as after:
        for part in before.infolist():
            data = before.read(part)
            after.writestr(part, COMMENT.sub(b"", data) if part.filename.endswith(".xml") else data)


def parts(data):
    """The parts of a package that hold text of the document, the document itself first."""
    names = set(data.namelist())
    if "content.xml" in names:
        return [name for name in ("content.xml", "styles.xml") if name in names]
    root = data.read("_rels/.rels").decode("utf-8", "replace")
    targets = [re.search(r'Target="/?([^"]+)"', tag) for tag in re.findall(r"<[^>]*/officeDocument\"[^>]*>", root)]
    main = next((target[1] for target in targets if target), "word/document.xml")
    folder = main.rpartition("/")[0]
    others = [name for name in sorted(names) if re.fullmatch(rf"{re.escape(folder)}/(header|footer|footnotes|endnotes)\d*\.xml", name)]
    return [main, *others]


def value(attributes, name):
    """An attribute of an element, whatever its namespace."""
    return next((value for key, value in attributes.items() if key.rpartition(" ")[2] == name), None)


class Planter:
    """Finds the ends of paragraphs of a part, where a phrase can stand at the end of the text."""

    def __init__(self, content, word):
        self.word, self.places, self.open, self.around, self.fields = word, [], [], [], []
        self.style, self.hiding = None, set()
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text
        self.parser.Parse(content, True)

    NO_TEXT = {
        True: {"del", "moveFrom", "Fallback", "instrText", "delText", "delInstrText", "rt", "oMath"},
        False: {"tracked-changes", "annotation", "covered-table-cell", "hidden-text", "binary-data", "math", "note-citation", "number", "ruby-text", "desc", "title"},
    }

    def start(self, tag, attributes):
        local = tag.rpartition(" ")[2]
        self.around.append(local)
        if self.word:
            begins = local == "p" and bool(WORD.match(tag))
            if local == "fldChar":
                kind = value(attributes, "fldCharType")
                if kind == "begin":
                    self.fields.append(False)
                elif self.fields and kind == "separate":
                    self.fields[-1] = True
                elif self.fields and kind == "end":
                    self.fields.pop()
            if local in ("vanish", "specVanish") and self.open and value(attributes, "val") not in ("0", "false", "off"):
                self.open[-1][1] = False
        else:
            begins = local in ("p", "h") and tag.startswith("urn:oasis:names:tc:opendocument:xmlns:text")
            if local == "section" and value(attributes, "display") in ("none", "condition"):
                self.around[-1] = "tracked-changes"
            if local == "style":
                self.style = value(attributes, "name")
            if local == "text-properties" and value(attributes, "display") == "none":
                self.hiding.add(self.style)
            if local == "span" and value(attributes, "style-name") in self.hiding:
                self.around[-1] = "hidden-text"
        if begins:
            self.open.append(["", True, tag])

    def text(self, text):
        hidden = self.NO_TEXT[self.word] & set(self.around)
        if self.open and not hidden and (not self.word or self.around[-1] == "t" and all(self.fields)):
            self.open[-1][0] += text

    def end(self, tag):
        at = self.parser.CurrentByteIndex
        if self.open and self.open[-1][2] == tag and self.around[-1] == tag.rpartition(" ")[2]:
            text, visible, _ = self.open.pop()
            if text.strip() and visible and all(self.fields) and not self.NO_TEXT[self.word] & set(self.around):
                self.places.append((at, text))
        self.around.pop()


def plant(path, copy, seed, most=5):
    """Writes a copy with the phrase at the ends of paragraphs chosen at random; returns `(phrase, text before it)` of each."""
    flat = path.suffix.lower() == ".fodt"
    package = None if flat else zipfile.ZipFile(path)
    part = None if flat else parts(package)[0]
    content = path.read_bytes() if flat else package.read(part)
    head = content[:200]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or re.search(rb"encoding=[\"'](?!utf-?8)", head, re.I):
        return []
    word = not flat and part != "content.xml"
    places = Planter(content, word).places
    chosen = sorted(random.Random(seed).sample(places, min(most, len(places))))
    planted = []
    for number, (at, text) in reversed(list(enumerate(chosen, 1))):
        phrase = f"{PHRASE} {number}"
        insert = f" {phrase}"
        if word:
            prefix = re.match(rb"</(?:([\w.-]+):)?", content[at:])[1]
            before = f"{prefix.decode()}:" if prefix else ""
            insert = f'<{before}r><{before}t xml:space="preserve"> {phrase}</{before}t></{before}r>'
        content = content[:at] + insert.encode() + content[at:]
        planted.append((phrase, text))
    if flat:
        copy.write_bytes(content)
    else:
        with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as out:
            for entry in package.infolist():
                out.writestr(entry, content if entry.filename == part else package.read(entry))
    return planted[::-1]


class Copy:
    """What comity wrote into a copy: its comments with the words that they stand on, and its changes."""

    def __init__(self, path):
        self.package = zipfile.ZipFile(path)
        self.parts = {part: tree.fromstring(self.package.read(part)) for part in parts(self.package)}
        self.word = "content.xml" not in self.parts
        self.delicate = any(DELICATE.search(self.package.read(part)) for part in self.parts)
        """Whether LibreOffice may show it otherwise as it rejects changes: changes of others, fields that it works out anew."""
        self.faults = []
        """What is wrong with a comment."""
        self.comments = []
        """Text of each comment and the words that it stands on."""
        self.changes = {"ins": 0, "del": 0}
        (self.word_comments if self.word else self.odf_comments)()

    def word_comments(self):
        found = {}
        for part in self.package.namelist():
            if re.fullmatch(r".*/comments\d*\.xml", part):
                for comment in tree.fromstring(self.package.read(part)).iter():
                    if local(comment) == "comment" and attribute(comment, "author") == AUTHOR:
                        paragraphs = [p for p in comment if local(p) == "p"]
                        said = ("".join(t.text or "" for t in p.iter() if local(t) == "t") for p in paragraphs)
                        found[attribute(comment, "id")] = "\n".join(said)
        begun, ended, marks, words = {}, {}, {}, {}
        for root in self.parts.values():
            for node in root.iter():
                tag, number = local(node), attribute(node, "id")
                if tag in ("ins", "del") and attribute(node, "author") == AUTHOR:
                    self.changes[tag] += 1
                count = {"commentRangeStart": begun, "commentRangeEnd": ended, "commentReference": marks}.get(tag)
                if count is not None and number in found:
                    count[number] = count.get(number, 0) + 1
                if tag in ("t", "delText"):
                    for number in begun.keys() - ended.keys():
                        words[number] = words.get(number, "") + (node.text or "")
        for number, text in found.items():
            if not begun.get(number) == ended.get(number) == marks.get(number) == 1:
                self.faults.append(f"comment {number} has not one beginning, end and mark")
            self.comments.append((text, words.get(number, "")))

    def odf_comments(self):
        for root in self.parts.values():
            ends = [attribute(node, "name") for node in root.iter() if odf(node.tag) == "office:annotation-end"]
            running, found = {}, []
            for node in root.iter():
                tag = odf(node.tag)
                if tag == "office:annotation" and creator(node) == AUTHOR:
                    said = "\n".join("".join(p.itertext()) for p in node if odf(p.tag) == "text:p")
                    found.append([said, ""])
                    mark = attribute(node, "name")
                    if mark is not None:
                        if ends.count(mark) != 1:
                            self.faults.append(f"comment {mark} has {ends.count(mark)} ends")
                        running[mark] = found[-1]
                elif tag == "office:annotation-end":
                    running.pop(attribute(node, "name"), None)
                elif tag == "text:changed-region" and creator(node) == AUTHOR:
                    kinds = {odf(child.tag) for child in node}
                    self.changes["del" if "text:deletion" in kinds else "ins"] += 1
            streams(root, found)
            self.comments += [tuple(comment) for comment in found]

    def text(self, changes):
        """The paragraphs with comity's changes `accepted` or `rejected`, without white space; those of others stay as they are."""
        read = word_text if self.word else odf_text
        return [paragraph for part in self.parts for paragraph in read(self.parts[part], changes)]


def local(node):
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def attribute(node, key):
    return next((value for name, value in node.attrib.items() if name.rpartition("}")[2] == key), None)


def creator(node):
    return next(("".join(child.itertext()) for child in node.iter() if local(child) == "creator"), "")


def streams(root, comments):
    """Adds to each comment of comity, in their order, the words between its beginning and its end."""
    running, left = {}, list(comments)

    def walk(node):
        tag = odf(node.tag)
        if tag == "office:annotation":
            if creator(node) == AUTHOR and left:
                comment = left.pop(0)
                # Before OpenDocument 1.2 a comment has no end: it stands before its words.
                running[attribute(node, "name") or node] = comment
            return
        if tag == "office:annotation-end":
            running.pop(attribute(node, "name"), None)
        if tag == "text:note":
            return
        for text, child in [(node.text, None), *((child.tail, child) for child in node)]:
            if child is not None:
                walk(child)
            for comment in running.values():
                comment[1] += text or ""
        if tag in ("text:p", "text:h"):
            for endless in [mark for mark in running if not isinstance(mark, str)]:
                del running[endless]

    walk(root)


def word_text(root, changes):
    dropped, paragraphs = ("ins" if changes == "rejected" else "del"), []

    def walk(node, line):
        tag = local(node)
        if tag == dropped and attribute(node, "author") == AUTHOR:
            return
        if tag == "p" and WORD.search(node.tag):
            line = []
            paragraphs.append(line)
        elif tag in ("t", "delText", "instrText", "delInstrText"):
            line.append(node.text or "")
        elif tag in ("tab", "br", "cr", "noBreakHyphen", "softHyphen", "sym", "drawing", "object", "footnoteReference", "endnoteReference"):
            line.append(f"<{tag}>")
        for child in node:
            walk(child, line)

    walk(root, [])
    return ["".join("".join(line).split()) for line in paragraphs]


def odf_text(root, changes):
    mine, kept = {}, {}
    for region in root.iter():
        if odf(region.tag) == "text:changed-region" and creator(region) == AUTHOR:
            for child in region:
                kind = odf(child.tag)
                mine[attribute(region, "id")] = kind
                if kind == "text:deletion" and changes == "rejected":
                    pieces = ["".join(p.itertext()) for p in child if odf(p.tag) in ("text:p", "text:h")]
                    kept[attribute(region, "id")] = "\n".join(pieces)
    paragraphs, dropping = [], set()

    def walk(node, line):
        tag, change = odf(node.tag), attribute(node, "change-id")
        if tag in ("text:tracked-changes", "office:annotation", "text:note-citation"):
            return
        if tag in ("text:p", "text:h"):
            line = []
            paragraphs.append(line)
        if change in mine:
            if tag == "text:change":
                line.append(kept.get(change, ""))
            elif mine[change] == "text:insertion" and changes == "rejected":
                (dropping.add if tag == "text:change-start" else dropping.discard)(change)
        elif tag in ("text:note", "draw:frame", "text:tab", "text:line-break"):
            line.append(f"<{tag}>")
        for text, child in [(node.text, None), *((child.tail, child) for child in node)]:
            if child is not None:
                walk(child, line)
            if text and not dropping:
                line.append(text)

    walk(root, [])
    return ["".join("".join(line).split()) for line in paragraphs]
