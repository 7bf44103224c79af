#!/usr/bin/env bash
# Writes docs/corpus.md: what the packs of comity report of published statements.
#
#     docs/corpus.sh DIR [FILE]
#
# DIR holds the statements; FILE is written in place of docs/corpus.md. COMITY is the program to run, without it the one that
# cargo builds from this source. Everything that was measured is the program's own output.
set -euo pipefail

if [ $# -lt 1 ] || [ $# -gt 2 ] || [ ! -d "$1" ]; then
  echo "usage: docs/corpus.sh DIR [FILE]" >&2
  exit 2
fi
root=$(cd "$(dirname "$0")/.." && pwd)
page=${2:-$root/docs/corpus.md}
if [ -z "${COMITY:-}" ]; then
  cargo build --quiet --locked --release --manifest-path "$root/Cargo.toml"
  COMITY=${CARGO_TARGET_DIR:-$root/target}/release/comity
fi

measured=$("$COMITY" check --no-config --quiet --fail-on never --statistics=markdown "$1")
cat >"$page" <<EOF
# The packs on published statements

A statement that has been published was negotiated word by word. An *error* there is nearly always a false alarm, and so are
most warnings; notes tell what is common. So the packs are held to this: errors in at most 5 % of the statements, and at most
2 warnings per thousand words.

The statements are joint statements, nearly all with other governments, that the White House published from February 2021 to
February 2026, as Markdown files with front matter. They come unchanged from the data files of the public repository
[brian14708/wh-briefings](https://github.com/brian14708/wh-briefings) (CC0 1.0) and are not part of this one. Severities were
chosen with these statements at hand: the numbers say how well the packs fit them, and less about texts of another kind.

Measure a directory of your own, with all packs and no configuration:

\`\`\`sh
comity check --no-config --statistics=markdown DIR
\`\`\`

The rest of this page is what that command printed; \`docs/corpus.sh DIR\` writes the page anew. Words are those of the text,
without markup and front matter. [rules/](rules/README.md) tells more of each rule; a rule without a line here found nothing.

## What was found

$measured
EOF
