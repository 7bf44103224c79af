"""Looks for phrases with what a script of one's own would use, and prints the drafts that hold some.

    python3 matchers.py WAY PHRASES DRAFT...

PHRASES is a file with a phrase a line. The ways:

- `re`: one regular expression of Python's, made by hand: any case, white space or hyphens between the words
- `ahocorasick`: the phrases as they stand, in text that is lower-cased
- `folded`: the same, when text and phrases have gone through NFKC, case folding, and what joins words is one space
- `hyperscan`: the regular expression of `re`, one a phrase
- `hyperscan-keep`: writes what hyperscan compiles into the file PHRASES.hs, and looks at no draft
- `hyperscan-kept`: `hyperscan`, from that file
"""

import re
import sys
import unicodedata


def expression(phrase):
    """The phrase as a regular expression that tolerates what one thinks of first."""
    return r"[\s-]+".join(re.escape(word) for word in phrase.split(" "))


def folded(text):
    """The text as a careful script folds it."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = re.sub("[\u00ad\u200b-\u200d\u2060\ufeff]", "", text).replace("\u2019", "'")
    return re.sub(r"[\s\-\u2010-\u2015]+", " ", text)


def by_re(phrases):
    any_phrase = re.compile(r"\b(?:" + "|".join(map(expression, phrases)) + r")\b", re.IGNORECASE)
    return lambda text: len(any_phrase.findall(text))


def by_ahocorasick(phrases, fold):
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for phrase in map(fold, phrases):
        automaton.add_word(phrase, phrase)
    automaton.make_automaton()
    return lambda text: sum(1 for _ in automaton.iter(fold(text)))


def compiled(phrases):
    import hyperscan

    flags = hyperscan.HS_FLAG_CASELESS | hyperscan.HS_FLAG_UTF8 | hyperscan.HS_FLAG_UCP
    database = hyperscan.Database()
    database.compile(
        expressions=[expression(phrase).encode() for phrase in phrases],
        ids=list(range(len(phrases))),
        flags=[flags] * len(phrases),
    )
    return database


def by_hyperscan(database):
    def find(text):
        found = []
        database.scan(text.encode(), match_event_handler=lambda number, *_: found.append(number))
        return len(found)

    return find


def by_hyperscan_kept():
    import hyperscan

    with open(sys.argv[2] + ".hs", "rb") as file:
        database = hyperscan.loadb(file.read(), hyperscan.HS_MODE_BLOCK)
    database.scratch = hyperscan.Scratch(database)
    return by_hyperscan(database)


def keep(phrases):
    import hyperscan

    with open(sys.argv[2] + ".hs", "wb") as file:
        file.write(hyperscan.dumpb(compiled(phrases)))


WAYS = {
    "re": by_re,
    "ahocorasick": lambda phrases: by_ahocorasick(phrases, str.lower),
    "folded": lambda phrases: by_ahocorasick(phrases, folded),
    "hyperscan": lambda phrases: by_hyperscan(compiled(phrases)),
    "hyperscan-keep": keep,
    "hyperscan-kept": lambda _: by_hyperscan_kept(),
}


def main():
    way, phrases, *drafts = sys.argv[1:]
    with open(phrases, encoding="utf-8") as lines:
        find = WAYS[way](lines.read().splitlines())
    for draft in drafts:
        with open(draft, encoding="utf-8", newline="") as file:
            found = find(file.read())
        if found:
            print(f"{draft}:{found}")


if __name__ == "__main__":
    main()
