"""What comity reads of a document against the words that others show of it."""

import collections
import html.parser
import itertools
import re
import unicodedata

import documents_office as office
from documents_text import condensed

LOST = "Error: Reference source not found"
"""What LibreOffice shows of a reference to what is not there."""
PARTED = "\n"
"""What stands in the place of an address."""
ADDRESS = r"[^\s<>\"']*(?:://|www\.|@|mailto:)[^\s<>\"']+"

TOLD_OF_PAGES = {
    "code": ["code", "code-span"],
    "form": ["hidden"],
    "math": ["math"],
    "ruby": [],
    "mark of a note": [],
}
"""What of a page is no text for comity, with the reasons of which the report has to name one; no reason where documents say so once for all."""


def normal(text):
    return re.sub(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffc]", "", unicodedata.normalize("NFKC", text))


def squeezed(text):
    return condensed(normal(text))


def words(text):
    return re.findall(r"[^\W_]+", normal(text))


def compare(document, source, lines, marks=()):
    """Holds that comity reads each word of these lines: as often, or divided in another way between the same neighbours.

    `marks` of notes may stand inside words.
    """
    lines = [without_addresses(document, line.replace(LOST, " ")) for line in lines]
    read_words = collections.Counter(words(document.texts[0])) | collections.Counter(words(document.texts[1]))
    texts = [squeezed(text) for text in document.texts]
    read_text = "\n".join(texts)
    split = [words(line) for line in lines]
    shown_words = collections.Counter(word for line in split for word in line)
    document.count["words"] += shown_words.total()
    few = {word: count - read_words[word] for word, count in shown_words.items() if count > read_words[word]}
    missing = []
    for line in split if few else []:
        for at, word in enumerate(line):
            if few.get(word, 0) > 0 and "".join(line[max(at - 1, 0) : at + 2]) not in read_text:
                few[word] -= 1
                if any(word in address for address in document.addresses):
                    document.exceptions["address"] += 1
                elif texts[0] != texts[1] and is_changed(line, at, read_words, read_text):
                    document.exceptions["change"] += 1
                elif any(without in read_text for without in unmarked(word, marks)):
                    document.exceptions["mark of a note"] += 1
                else:
                    missing.append((word, " ".join(line[max(at - 5, 0) : at + 6])))
    # A line that is shown more often than it is read. What is moved is shown in both of its places.
    pieces = [words(piece) for line in lines for piece in line.split(PARTED)]
    seen = collections.Counter("".join(line) for line in pieces if any(few.get(word, 0) > 0 for word in line))
    for line, count in seen.items():
        read = [text.count(line) for text in texts]
        if len(line) > 12 and count > (max(read) if texts[0] == texts[1] else sum(read)):
            missing.append((line[:60], f"{count} times"))
    document.count["missing"] += len(missing)
    for word, around in missing[:5]:
        document.fault(f"not read, shown by {source}", word, f"in {around!r}")
    if len(missing) > 5:
        document.fault(f"not read, shown by {source}", f"{len(missing) - 5} words more")


def without_addresses(document, line):
    """A line without the addresses that are read as such, which part it."""

    def parted(match):
        address = squeezed(match[0])
        if not any(address in read or read in address for read in document.addresses):
            return match[0]
        document.exceptions["address"] += len(words(match[0]))
        return PARTED

    return re.sub(ADDRESS, parted, line)


def is_changed(line, at, read_words, read_text):
    """Whether a word is one that is read with letters put in, or two of them, or stands beside what is changed."""
    word = line[at]
    ends = itertools.combinations(range(len(word) + 1), 2)
    if any(word[:start] + word[end:] in read_words for start, end in ends):
        return True
    return word in read_words and any("".join(pair) in read_text for pair in (line[max(at - 1, 0) : at + 1], line[at : at + 2]) if len(pair) == 2)


def unmarked(word, marks):
    """A word without a mark of a note in it, wherever it may stand."""
    for mark in marks:
        for found in re.finditer(f"(?={re.escape(mark)})", word):
            yield word[: found.start()] + word[found.start() + len(mark) :]


class Told(html.parser.HTMLParser):
    """The code and the hidden text of a page, of which comity tells that it does not read it."""

    CODE = {"code", "pre", "kbd", "samp", "tt", "textarea"}
    VOID = set("area base br col embed hr img input link meta param source track wbr".split())

    def __init__(self, document):
        super().__init__()
        self.kinds, self.open = {"code": "", "hidden": ""}, []
        self.feed(document.path.read_bytes().decode("utf-8", "replace"))
        self.kinds = {kind: text for kind, text in self.kinds.items() if kind in document.told}

    def handle_starttag(self, tag, attrs):
        style = re.sub(r"\s", "", dict(attrs).get("style") or "")
        hides = "hidden" in dict(attrs) or "display:none" in style or tag.endswith(":hidden")
        if tag not in self.VOID:
            self.open.append((tag, "code" if tag in self.CODE else "hidden" if hides else None))

    def handle_endtag(self, tag):
        if any(tag == name for name, _ in self.open):
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data):
        for kind in {kind for _, kind in self.open if kind}:
            self.kinds[kind] += squeezed(data)


def is_label(word, labels):
    """Whether a word can be the number of a list, with words that stand before and behind numbers in this document."""
    for label in labels:
        word = word.removeprefix(label).removesuffix(label)
    return bool(re.fullmatch(r"|\d+[a-z]?|[A-Za-z]|[ivxlcdmIVXLCDM]+|[a-z]{2}|[A-Z]{2}", word))


def without_label(line, labels, read_lines):
    """A line of the text of LibreOffice without the number of a list or a note before it, or as it is if it has none."""
    if squeezed(line) in read_lines:
        return line, 0
    match = re.match(r"\s*(?:[^\w\s]*([^\W_]+)[^\w\s]*[ \t\u00a0]+|[^\W_.]+(?:\.[^\W_.]+)+\.?\s+){1,3}", line)
    while match:
        taken = words(match[0])
        if all(is_label(word, labels) for word in taken):
            return line[match.end() :], len(taken)
        shorter = match[0].rstrip()
        shorter = shorter[: len(shorter) - len(shorter.split()[-1])]
        match = re.match(re.escape(shorter), line) if shorter.strip() else None
    return line, 0


def flat_lines(document, flat):
    """The lines of a flat OpenDocument without what EXCEPTIONS name."""
    told_hidden = "hidden" in document.told
    for pieces in flat.lines:
        for text, kind in pieces:
            if kind and (kind != "hidden" or told_hidden):
                document.exceptions[kind] += len(words(text))
        yield "".join(" " if kind and (kind != "hidden" or told_hidden) else text for text, kind in pieces)


def shown_by_office(document, result, lines):
    flat_file, labels, drawn, marks, hidden = result.with_suffix(".fodt"), set(), set(), set(), []
    if flat_file.exists():
        flat = office.Flat(flat_file)
        labels = flat.labels
        pieces = [piece for line in flat.lines for piece in line]
        drawn = {word for text, kind in pieces if kind for word in words(text)}
        marks = {squeezed(text) for text, kind in pieces if kind == "mark of a note"} - {""}
        if "hidden" in document.told:
            runs = (itertools.groupby(line, lambda piece: piece[1] == "hidden") for line in flat.lines)
            hidden = {"".join(text for text, _ in run) for groups in runs for hides, run in groups if hides}
        compare(document, "LibreOffice (whole)", list(flat_lines(document, flat)))
    read_lines = {squeezed(text) for text in document.blocks.values()}
    kept, read_words = [], set(words("\n".join(document.texts)))
    page = Told(document) if document.kind == "html" else None
    for line in lines:
        for text in sorted(filter(str.strip, hidden), key=len, reverse=True):
            line = line.replace(text, " ")
        line, taken = without_label(line, labels, read_lines)
        document.exceptions["number of a list"] += taken
        if page and squeezed(line) and any(squeezed(line) in text for text in page.kinds.values()):
            kind = next(kind for kind, text in page.kinds.items() if squeezed(line) in text)
            document.exceptions[kind] += len(words(line))
            continue
        for word in words(line):
            if word in drawn and word not in read_words:
                line = re.sub(rf"\b{re.escape(word)}\b", " ", normal(line))
                document.exceptions["field"] += 1
        kept.append(line)
    compare(document, "LibreOffice (text)", kept, marks)


def shown_by_browser(document, page):
    """Holds that what Chromium shows of a page is read; what stands in code, forms and formulas has to be told as not read."""
    for kind, reasons in TOLD_OF_PAGES.items():
        there = sum(len(words(text)) for text in page[kind])
        if there and reasons and not any(f'"{reason}"' in document.told for reason in reasons):
            document.fault(f"{kind} passed over in silence", page[kind][0])
        document.exceptions[kind] += there
    compare(document, "Chromium", [line for kind in ("title", "alt", "text") for text in page[kind] for line in re.split(r"[\n\t]", text)])
