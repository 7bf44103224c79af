"""Prints the errors and warnings over a folder of texts with the verdict on each, and the fixes that are made unasked.

    COMITY=comity docs/corpus-verdicts.py VERDICTS NAME DIR

VERDICTS is a file of lines with tabs: the name of the folder, the file, the rule, what was found, the verdict (right, arguable or
false), and why. A fix that is made unasked has a line with the rule `fix`, and the line that was taken away as what was found.
"""

import collections
import json
import os
import subprocess
import sys

verdicts_file, name, folder = sys.argv[1:4]
program = os.environ["COMITY"]

verdicts = {}
for line in open(verdicts_file, encoding="utf-8"):
    if line.strip() and not line.startswith("#"):
        corpus, file, rule, found, verdict, why = line.rstrip("\n").split("\t")
        if verdict not in ("right", "arguable", "false"):
            sys.exit(f"{verdicts_file}: `{verdict}` is no verdict")
        verdicts[corpus, file, rule, found] = (verdict, why)


def run(*args):
    command = [program, "check", "--no-config", "--quiet", "--fail-on", "never", *args, folder]
    return subprocess.run(command, stdout=subprocess.PIPE, check=False).stdout.decode()


def shown(text):
    text = " ".join(text.split())
    return (text[:57] + "..." if len(text) > 60 else text).replace("|", "\\|")


def judge(file, rule, found):
    return verdicts.get((name, file, rule, shown(found)), ("not read", ""))


rows = []
for line in run("--format", "jsonl").splitlines():
    finding = json.loads(line)
    if finding["severity"] != "note":
        rows.append((os.path.basename(finding["path"]), finding["line"], finding["severity"], finding["rule"], finding["match"]))
fixes, file = [], ""
for line in run("--diff").splitlines():
    if line.startswith("--- "):
        file = os.path.basename(line[4:].split("\t")[0])
    elif line.startswith("-"):
        fixes.append((file, line[1:]))

counts = collections.Counter(judge(file, rule, found)[0] for file, _, _, rule, found in rows)
total = len(rows)
share = f" ({100 * counts['false'] / total:.1f} %)" if total else ""
print(
    f"{total} errors and warnings: {counts['right']} right, {counts['arguable']} arguable, {counts['false']} false{share}"
    + (f", {counts['not read']} not read" if counts["not read"] else "")
    + "."
)
fixed = collections.Counter(judge(file, "fix", line)[0] for file, line in fixes)
print(f"{len(fixes)} lines changed unasked by `--fix`: {fixed['right']} right, {len(fixes) - fixed['right']} wrong or not read.")
if rows:
    print("\n| text | line | severity | rule | what was found | verdict |\n|---|---:|---|---|---|---|")
for file, line, severity, rule, found in rows:
    verdict, why = judge(file, rule, found)
    print(f"| {file[:48]} | {line} | {severity} | {rule} | {shown(found)} | {verdict}{': ' + why if why else ''} |")
if fixes:
    print("\n| text | the line before the fix | verdict |\n|---|---|---|")
for file, line in fixes:
    verdict, why = judge(file, "fix", line)
    print(f"| {file[:48]} | {shown(line)} | {verdict}{': ' + why if why else ''} |")
