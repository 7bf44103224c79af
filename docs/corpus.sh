#!/usr/bin/env bash
# Writes docs/corpus.md: what the packs of comity report of published statements and of other texts, and whether it is right.
#
#     docs/corpus.sh STATEMENTS OTHERS [FILE]
#
# STATEMENTS and OTHERS are folders of texts; FILE is written in place of docs/corpus.md. COMITY is the program to run, without it the
# one that cargo builds from this source. Everything that was measured is the program's own output; the verdicts are those of a person who
# has read each error and warning in its text, and stand in docs/corpus-verdicts.tsv. A finding without one is listed as not read.
set -euo pipefail

if [ $# -lt 2 ] || [ $# -gt 3 ] || [ ! -d "$1" ] || [ ! -d "$2" ]; then
  echo "usage: docs/corpus.sh STATEMENTS OTHERS [FILE]" >&2
  exit 2
fi
root=$(cd "$(dirname "$0")/.." && pwd)
page=${3:-$root/docs/corpus.md}
if [ -z "${COMITY:-}" ]; then
  cargo build --quiet --locked --release --manifest-path "$root/Cargo.toml"
  COMITY=${CARGO_TARGET_DIR:-$root/target}/release/comity
fi
export COMITY

statistics() { "$COMITY" check --no-config --quiet --fail-on never --statistics=markdown "$1"; }
verdicts() { python3 "$root/docs/corpus-verdicts.py" "$root/docs/corpus-verdicts.tsv" "$1" "$2"; }

{
  cat <<'EOF'
# The packs on published texts

A statement that has been published was negotiated word by word: most of what is an error in a draft is a false alarm there. So the packs
are held to this, and what they report is read by a person, one by one: of the errors and warnings over statements at most 5 % are
false, over other texts at most 10 %, and of the fixes that are made unasked none is wrong. A finding is *right* if a desk officer who
drafts such a text would want to be told, *arguable* if some would and some would not, *false* if the words do not mean what the rule says.

The statements are joint statements, nearly all with other governments, that the White House published from February 2021 to February
2026, as Markdown files with front matter. They come unchanged from the data files of the public repository
[brian14708/wh-briefings](https://github.com/brian14708/wh-briefings) (CC0 1.0). The other texts are statements, treaties, memoranda,
resolutions, letters and transcripts of other governments and of the United Nations, some in French and Spanish, some of them scans.
Neither is part of this repository. Rules were changed with these texts at hand: the numbers say how well the packs fit them, and less
about texts that nobody has looked at.

Measure a directory of your own, with all packs and no configuration:

```sh
comity check --no-config --statistics=markdown DIR
```

What stands under "What was found" is what that command printed; `docs/corpus.sh STATEMENTS OTHERS` writes the page anew. Words are those
of the text, without markup and front matter. [rules/](rules/README.md) tells more of each rule; a rule without a line found nothing.

EOF
  echo "## Statements"
  echo
  verdicts statements "$1"
  echo
  echo "### What was found in statements"
  echo
  statistics "$1"
  echo
  echo "## Other texts"
  echo
  verdicts others "$2"
  echo
  echo "### What was found in other texts"
  echo
  statistics "$2"
} >"$page"
