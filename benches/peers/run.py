"""Runs comity beside other tools on the same work, and prints what each costs as a ratio, and which disguised phrases each finds.

    python3 benches/peers/run.py

The tools are looked for on PATH; what is not installed is listed as such. docs/speed.md has what this printed, and what it means.

- `COMITY`: the comity to run, `target/release/comity` without it
- `PEERS_PYTHON`: a Python that has `pyahocorasick` and `hyperscan`, this one without it
- `--rounds N`: each run is the best of N, 3 without it
- `--only peers|growth|sizes`: a part of it
- `--megabytes N`: the largest of the sizes, 100 without it

Phrases and drafts are made from a seed: they are the same in every run. Times are CPU times, of user and system, of whole processes.
"""

import argparse
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent
SEED = 20261130
DRAFTS = 127
DRAFT_BYTES = 10_000
PHRASES = 1_000
EACH_DISGUISE = 10

# What phrases are made of. None of these words is one of the statements.
FIRST = (
    "maritime digital coastal orbital polar offshore scientific fiscal confidential affiliated flagship détente protégé façade élite"
    " entrepôt première régime envoy's neighbour's mariner's fisher's steward's customs rural urban alpine arid marine lunar solar"
    " thermal nuclear civic ethnic lasting mutual strategic sovereign tacit cordial prudent robust nimble candid sober earnest"
    " fervent discreet austere"
).split()
MIDDLE = (
    "rescue harbour transit harvest archive satellite timber mineral aviation railway drought glacier pipeline reactor border"
    " tariff credit labour museum language orchard livestock cement textile vaccine sensor beacon lagoon tunnel estuary"
).split()
LAST = (
    "dialogue corridor vision posture roadmap forum charter facility compact mechanism blueprint doctrine framework hotline envelope"
    " tribunal observatory moratorium registry syndicate levy quota embargo covenant accord manifesto protocol initiative coalition"
    " trusteeship arsenal blockade ceasefire annexation sphere hegemony bulwark cordon deterrent umbrella"
).split()

WHO = ["The two leaders", "Both ministers", "The two sides", "The delegations", "They", "The heads of delegation"]
DID = ["welcomed", "discussed", "reaffirmed", "took note of", "underlined", "spoke about", "looked back on", "shared views on"]
WHAT = [
    "the progress of the talks",
    "trade in energy",
    "the exchange of students",
    "safety at sea",
    "the new centre",
    "the work of their officials",
    "travel between the two countries",
    "clean water",
    "the study of the oceans",
    "small and medium-sized firms",
]
WHEN = [
    "this year",
    "in the region",
    "with their partners",
    "at the summit",
    "in the coming months",
    "with the private sector",
    "on the margins of the meeting",
]


def phrases(number):
    """So many phrases of two or three words, no two alike; fewer are the first of more."""
    two = [f"{first} {last}" for first in FIRST for last in LAST]
    three = [f"{first} {middle} {last}" for first in FIRST for middle in MIDDLE for last in LAST]
    dice = random.Random(SEED)
    dice.shuffle(two)
    dice.shuffle(three)
    both = [phrase for pair in zip(two, three) for phrase in pair] + three[len(two) :]
    return both[:number]


def statement(dice, size, block=None):
    """Sentences without a fault, so many bytes of them or a few more; `block` stands in the middle."""
    paragraphs = ["# Joint statement"]
    length, middle = 0, block
    while length < size:
        sentences = [
            f"{dice.choice(WHO)} {dice.choice(DID)} {dice.choice(WHAT)} {dice.choice(WHEN)}." for _ in range(dice.randint(3, 7))
        ]
        paragraphs.append("\n".join(sentences))
        length += len(paragraphs[-1]) + 2
        if middle is not None and length >= size // 2:
            paragraphs.append(middle)
            middle = None
    return "\n\n".join(paragraphs) + "\n"


def sentence(words):
    return f"The two sides spoke of {words} at the summit."


# The disguises: a phrase in, a block of Markdown out, or nothing where the phrase does not lend itself to it.


def between(gap):
    return lambda phrase: sentence(phrase.replace(" ", gap))


def on_first_word(change):
    def disguise(phrase):
        first, rest = phrase.split(" ", 1)
        changed = change(first)
        return None if changed is None or changed == first else sentence(f"{changed} {rest}")

    return disguise


def inside(what):
    return on_first_word(lambda word: f"{word[:3]}{what}{word[3:]}" if word.isalpha() and len(word) > 5 else None)


def around(before, after):
    return on_first_word(lambda word: f"{before}{word}{after}" if word.isalpha() else None)


def full_width(phrase):
    if not phrase.isascii() or "'" in phrase:
        return None
    return sentence("".join(c if c == " " else chr(ord(c) + 0xFEE0) for c in phrase))


def ligature(phrase):
    changed = phrase.replace("ffi", "\ufb03").replace("ff", "\ufb00").replace("fi", "\ufb01").replace("fl", "\ufb02")
    return None if changed == phrase else sentence(changed)


def decomposed(phrase):
    changed = unicodedata.normalize("NFD", phrase)
    return None if changed == phrase else sentence(changed)


def in_quotation(phrase):
    return "> " + sentence(phrase.replace(" ", "\n> "))


def in_table(phrase):
    cell = phrase.upper().replace(" ", "\u00a0")
    return f"| Subject | When |\n|---|---|\n| {cell} | this year |"


DISGUISES = [
    ("capitals throughout", lambda phrase: sentence(phrase.upper())),
    ("a line break between the words", between("\n")),
    ("a line break in a block quotation", in_quotation),
    ("no-break spaces", between("\u00a0")),
    ("hyphens between the words", between("-")),
    ("non-breaking hyphens", between("\u2011")),
    ("closed-up en dashes", between("\u2013")),
    ("a word in bold", around("**", "**")),
    ("a word in italics, by underscores", around("_", "_")),
    ("a word that is a link", around("[", "](https://example.org/a-b)")),
    ("a word in square brackets", around("[", "]")),
    ("a soft hyphen in a word", inside("\u00ad")),
    ("a zero-width space in a word", inside("\u200b")),
    ("a word divided at the end of a line", inside("-\n")),
    ("the entity `&nbsp;`", between("&nbsp;")),
    ("full-width letters", full_width),
    ("ligatures", ligature),
    ("decomposed accents", decomposed),
    ("a curly apostrophe", lambda phrase: sentence(phrase.replace("'", "\u2019")) if "'" in phrase else None),
    ("a cell of a table, capitals, no-break spaces", in_table),
]


def plants():
    """Phrases, each with its disguise, and the block that has it."""
    left = phrases(PHRASES)
    for name, disguise in DISGUISES:
        for _ in range(EACH_DISGUISE):
            phrase = next(phrase for phrase in left if disguise(phrase) is not None)
            left.remove(phrase)
            yield name, phrase, disguise(phrase)


class Work:
    """The files of the work, in a folder."""

    def __init__(self, folder):
        self.folder = folder
        self.drafts = self.make_folder("drafts")
        self.empty = self.make_folder("empty")
        self.planted = self.make_folder("planted")
        dice = random.Random(SEED)
        for number in range(DRAFTS):
            # A phrase in every third draft, as it stands: whoever looks for phrases must find it.
            block = sentence(phrases(PHRASES)[number]) if number % 3 == 0 else None
            (self.drafts / f"d{number:03}.md").write_text(statement(dice, DRAFT_BYTES, block), encoding="utf-8")
        (self.empty / "empty.md").write_text("Hello.\n", encoding="utf-8")
        self.plants = list(plants())
        for number, (_, _, block) in enumerate(self.plants):
            seed = SEED + number
            for kind, middle in (("planted", block), ("clean", sentence("the plan"))):
                path = self.planted / f"{kind}-{number:03}.md"
                path.write_text(statement(random.Random(seed), 1_000, middle), encoding="utf-8")

    def make_folder(self, name):
        folder = self.folder / name
        folder.mkdir()
        return folder

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return str(path)

    def pack(self, number):
        rules = (f'  - {{id: r{i}, phrases: ["{phrase}"], message: found}}\n' for i, phrase in enumerate(phrases(number)))
        head = "schema: 1\npack: peers\ntitle: Peers\nlanguage: en\nrules:\n"
        return self.write(f"pack-{number}.yml", head + "".join(rules))


class Run:
    """A run that has ended: what it printed, its CPU time in seconds."""

    def __init__(self, argv, folder, ends=(0,)):
        out, err = folder / "stdout", folder / "stderr"
        with open(out, "wb") as stdout, open(err, "wb") as stderr:
            child = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr, cwd=folder)
            _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        self.out = out.read_text(encoding="utf-8", errors="replace")
        self.err = err.read_text(encoding="utf-8", errors="replace")
        self.seconds = used.ru_utime + used.ru_stime
        if child.returncode not in ends:
            last = (self.err.strip() or self.out.strip() or "nothing was said").splitlines()[-1]
            raise Failed(f"exit code {child.returncode}: {last}")


class Failed(Exception):
    """A tool that did not do its work."""


class Tool:
    """A tool, and how it does the work."""

    def __init__(self, name, argv, version, how, ends=(0, 1), takes_phrases=True, found=None):
        self.name, self.argv, self.version, self.how = name, argv, version, how
        self.ends, self.takes_phrases = ends, takes_phrases
        self.found = found or before_colon

    def run(self, folder, work):
        return Run(self.argv(folder), work.folder, self.ends)


def before_colon(out):
    """The drafts of lines that begin with `path:`."""
    return {os.path.basename(line.split(":", 1)[0]) for line in out.splitlines() if ".md:" in line}


def in_json(out):
    return {os.path.basename(finding["path"]) for finding in json.loads(out)["findings"]}


def files(folder):
    return sorted(str(path) for path in folder.iterdir())


def said(*argv):
    """The first line that a command prints, or nothing where it does not run."""
    try:
        run = subprocess.run(argv, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return (run.stdout.strip() or run.stderr.strip() or "?").splitlines()[0]


def number_of(version):
    """The number in what a tool says of its version."""
    numbers = [word.lstrip("v") for word in (version or "").split() if word.lstrip("v")[:1].isdigit()]
    return numbers[0] if numbers else version


def module(python, name, package):
    """The version of a package that can be imported, or nothing."""
    return said(python, "-c", f"import {name}; from importlib.metadata import version; print(version('{package}'))")


def comity_argv(comity, *more):
    return [comity, "check", "--no-config", "--quiet", "--fail-on", "never", "--format", "json", "--jobs", "1", *more]


def tools(comity, work):
    """All tools; the version of one that is not installed is `None`."""
    from matchers import expression

    python = os.environ.get("PEERS_PYTHON", sys.executable)
    own = phrases(PHRASES)
    pack = work.pack(PHRASES)
    plain = work.write("phrases.txt", "".join(phrase + "\n" for phrase in own))
    expressions = [rf"\b{expression(phrase)}\b" for phrase in own]
    lines = work.write("expressions.txt", "".join(one + "\n" for one in expressions))
    prh = "".join(f"  - {{expected: found, pattern: {json.dumps(f'/{one}/i')}}}\n" for one in expressions)
    prh = work.write("prh.yml", "version: 1\nrules:\n" + prh)
    # All kinds of nodes that the rule looks at.
    options = {"rulePaths": [prh], "checkLink": True, "checkBlockQuote": True, "checkEmphasis": True}
    textlintrc = work.write("textlintrc.json", json.dumps({"rules": {"prh": options}}))
    tokens = "".join(f"  - {json.dumps(one)}\n" for one in map(expression, own))
    work.write("styles/Peers/Phrases.yml", "extends: existence\nmessage: found\nignorecase: true\ntokens:\n" + tokens)
    vale = work.write("vale.ini", "StylesPath = styles\nMinAlertLevel = suggestion\n[*.md]\nBasedOnStyles = Peers\n")

    def matcher(way):
        return lambda folder: [python, str(HERE / "matchers.py"), way, plain, *files(folder)]

    textlint = shutil.which("textlint")
    # The rules of textlint are installed beside it.
    modules = next((str(up) for up in pathlib.Path(textlint or "").resolve().parents if up.name == "node_modules"), ".")
    has_prh = os.path.isdir(os.path.join(modules, "textlint-rule-prh"))
    textlint_argv = [textlint, "--config", textlintrc, "--rules-base-directory", modules, "--format", "unix"]
    ripgrep = ["rg", "--no-config", "-j1", "-n", "-i"]
    version = {name: number_of(said(name, "--version")) for name in ("rg", "textlint", "vale", "typos", "harper-cli")}
    ahocorasick = module(python, "ahocorasick", "pyahocorasick")
    hyperscan = module(python, "hyperscan", "hyperscan")
    if hyperscan is not None:
        Run([python, str(HERE / "matchers.py"), "hyperscan-keep", plain], work.folder)
    return [
        Tool(
            "comity",
            lambda folder: comity_argv(comity, "--select", "peers", "--rules", pack, str(folder)),
            number_of(said(comity, "--version")),
            "a pack of 1,000 rules",
            ends=(0,),
            found=in_json,
        ),
        Tool("ripgrep", lambda folder: [*ripgrep, "-F", "-f", plain, str(folder)], version["rg"], "`-F -i -f`, the phrases as they stand"),
        Tool(
            "ripgrep, expressions",
            lambda folder: [*ripgrep, "-U", "--regex-size-limit", "1G", "--dfa-size-limit", "1G", "-f", lines, str(folder)],
            version["rg"],
            "`-U -i -f`, expressions made by hand",
        ),
        Tool(
            "Python `re`",
            matcher("re"),
            number_of(said(python, "--version")),
            "one expression made by hand",
        ),
        Tool("pyahocorasick", matcher("ahocorasick"), ahocorasick, "phrases and text in lower case"),
        Tool("pyahocorasick, folded", matcher("folded"), ahocorasick, "phrases and text folded by hand"),
        Tool("hyperscan", matcher("hyperscan"), hyperscan, "expressions made by hand"),
        Tool("hyperscan, compiled before", matcher("hyperscan-kept"), hyperscan, "the same, read from a file"),
        Tool(
            "textlint + prh",
            lambda folder: [*textlint_argv, *files(folder)],
            has_prh and version["textlint"] or None,
            "expressions made by hand, in `prh.yml`",
        ),
        Tool(
            "vale",
            lambda folder: ["vale", f"--config={vale}", "--output=line", "--no-exit", *files(folder)],
            version["vale"],
            "expressions made by hand, in a style of `existence`",
            ends=(0,),
        ),
        Tool(
            "typos",
            lambda folder: ["typos", "--isolated", "-j1", "--format", "brief", str(folder)],
            version["typos"],
            "its own: words that are misspelt",
            ends=(0, 2),
            takes_phrases=False,
        ),
        Tool(
            "proselint",
            lambda folder: ["proselint", "check", "-o", "compact", *files(folder)],
            number_of(said("proselint", "version")),
            "its own: checks of prose",
            takes_phrases=False,
        ),
        Tool(
            "harper",
            lambda folder: ["harper-cli", "lint", "--quiet", "--no-parallel", "--format", "compact", *files(folder)],
            version["harper-cli"],
            "its own: grammar and spelling",
            takes_phrases=False,
        ),
    ]


def ratio(number):
    if number >= 9.95:
        return f"{number:,.0f}"
    return f"{number:.1f}" if number >= 0.995 else f"{number:.2f}"


def table(head, rows):
    print("| " + " | ".join(head) + " |")
    print("|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print()


def peers(comity, work, rounds):
    every = tools(comity, work)
    wanted = {f"d{number:03}.md" for number in range(0, DRAFTS, 3)}
    whole, start, finds, faults = {}, {}, {}, {}
    # One round after another, so that what else the machine does is no tool's alone.
    for _ in range(rounds):
        for tool in every:
            if tool.version is None or tool.name in faults:
                continue
            try:
                run, idle = tool.run(work.drafts, work), tool.run(work.empty, work)
                if tool.takes_phrases and tool.found(run.out) != wanted:
                    raise Failed(f"finds phrases that stand in {len(wanted)} drafts in {len(tool.found(run.out))}")
            except Failed as fault:
                faults[tool.name] = str(fault)
                continue
            whole[tool.name] = min(run.seconds, whole.get(tool.name, run.seconds))
            start[tool.name] = min(idle.seconds, start.get(tool.name, idle.seconds))
    for tool in every:
        if tool.name in whole and tool.takes_phrases:
            reported = tool.found(tool.run(work.planted, work).out)
            finds[tool.name] = [
                f"planted-{number:03}.md" in reported and f"clean-{number:03}.md" not in reported
                for number in range(len(work.plants))
            ]
    rows = []
    for tool in every:
        if tool.version is None:
            rows.append([tool.name, "", tool.how, "not installed", "", ""])
        elif tool.name in faults:
            rows.append([tool.name, tool.version, tool.how, f"failed: {faults[tool.name]}", "", ""])
        else:
            without = {name: whole[name] - start[name] for name in ("comity", tool.name)}
            drafts = ratio(without[tool.name] / without["comity"])
            if without[tool.name] < start[tool.name] / 4:
                drafts = "lost in the start"
            plants = str(sum(finds[tool.name])) if tool.takes_phrases else "takes no phrases"
            rows.append([tool.name, tool.version, tool.how, ratio(whole[tool.name] / whole["comity"]), drafts, plants])
    print(f"## {PHRASES:,} phrases, {DRAFTS} drafts; CPU time, comity = 1\n")
    table(["tool", "version", "what it looks for", "whole run", "without the start", f"of {len(work.plants)} plants"], rows)
    # Tools that find the same plants have one column.
    alike = {}
    for name, found in finds.items():
        alike.setdefault(tuple(found), []).append(name)
    print(f"## Plants by disguise, of {EACH_DISGUISE}\n")
    rows = []
    for name, _ in DISGUISES:
        numbers = [number for number, (disguise, _, _) in enumerate(work.plants) if disguise == name]
        rows.append([name, *(str(sum(found[number] for number in numbers)) for found in alike)])
    table(["disguise", *("; ".join(names) for names in alike.values())], rows)
    for number, (name, phrase, _) in enumerate(work.plants):
        if "comity" in finds and not finds["comity"][number]:
            print(f"comity does not find `{phrase}`, disguised by {name}")


def counted(argv, work, rounds):
    """What a run costs: instructions where valgrind is installed, CPU time where not."""
    if shutil.which("valgrind") is None:
        return min(Run(argv, work.folder).seconds for _ in range(rounds))
    run = Run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *argv], work.folder)
    line = next(line for line in run.err.splitlines() if "Collected : " in line)
    return int(line.split("Collected : ")[1])


def growth(comity, work, rounds):
    size = sum(path.stat().st_size for path in work.drafts.iterdir())
    rows, first = [], None
    for number in (30, 300, 1_000, 10_000):
        argv = comity_argv(comity, "--select", "peers", "--rules", work.pack(number))
        start = counted([*argv, str(work.empty)], work, rounds)
        byte = (counted([*argv, str(work.drafts)], work, rounds) - start) / size
        first = first or (start, byte)
        rows.append([f"{number:,}", ratio(start / first[0]), f"{byte / first[1]:.2f}", f"{start / byte / 1_000:,.0f}"])
    what = "instructions" if shutil.which("valgrind") else "CPU time"
    print(f"## More phrases; {what}, 30 phrases = 1\n")
    table(["phrases", "the start", "a byte of a draft", "the start, in KB of drafts"], rows)


def peak(argv, work):
    """The most memory that a run holds, or nothing where GNU time is not installed.

    What the system tells of a child of this script would be at least what the script itself holds.
    """
    if not os.access("/usr/bin/time", os.X_OK):
        return None
    report = work.folder / "peak"
    Run(["/usr/bin/time", "-f", "%M", "-o", str(report), *argv], work.folder)
    return int(report.read_text().split()[-1])


def sizes(comity, work, rounds, most):
    folder = work.make_folder("sizes")
    dice = random.Random(SEED)
    megabytes = [size for size in (1, 10, 100) if size <= most]
    for number in range(megabytes[-1]):
        part = folder / f"{number:03}"
        part.mkdir()
        for draft in range(1_000_000 // DRAFT_BYTES):
            (part / f"d{draft:03}.md").write_text(statement(dice, DRAFT_BYTES), encoding="utf-8")
    parts = sorted(folder.iterdir())
    packs = [("the built-in packs", []), ("1,000 phrases", ["--select", "peers", "--rules", work.pack(PHRASES)])]
    rows = []
    for name, more in packs:
        argv = comity_argv(comity, *more)
        folders = {0: [str(work.empty)], **{size: list(map(str, parts[:size])) for size in megabytes}}
        best = {}
        for _ in range(rounds):
            for size, here in folders.items():
                # A short run is easily disturbed, and can be had again.
                for _ in range(1 if size >= 100 else 5):
                    seconds = Run([*argv, *here], work.folder).seconds
                    best[size] = min(seconds, best.get(size, seconds))
        first = None
        for size in megabytes:
            each, memory = (best[size] - best[0]) / size, peak([*argv, *folders[size]], work)
            first = first or (each, memory)
            rows.append(
                [
                    name,
                    f"{size} MB",
                    f"{each / first[0]:.2f}",
                    "not measured" if memory is None else f"{memory / first[1]:.2f}",
                ]
            )
    print("## More drafts, of 10 KB each; 1 MB = 1\n")
    table(["looked for", "drafts", "CPU time a byte, without the start", "peak memory"], rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=["peers", "growth", "sizes"])
    parser.add_argument("--megabytes", type=int, choices=[1, 10, 100], default=100)
    options = parser.parse_args()
    comity = os.environ.get("COMITY", str(HERE.parent.parent / "target" / "release" / "comity"))
    comity = os.path.abspath(comity)
    if not os.access(comity, os.X_OK):
        sys.exit(f"{comity} is not there: `cargo build --release` makes it, and COMITY names another one")
    with tempfile.TemporaryDirectory(prefix="comity-peers-") as folder:
        work = Work(pathlib.Path(folder))
        if options.only in (None, "peers"):
            peers(comity, work, options.rounds)
        if options.only in (None, "growth"):
            growth(comity, work, options.rounds)
        if options.only in (None, "sizes"):
            sizes(comity, work, options.rounds, options.megabytes)


if __name__ == "__main__":
    main()
