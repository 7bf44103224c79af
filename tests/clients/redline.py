"""What LibreOffice makes of redlined documents of Word: for each its lines with all changes accepted, and with all rejected, as JSON.

    redline.py FILE...

python-docx opens each as well.
"""

import json
import pathlib
import sys
import tempfile

import docx

import documents_office

ACTIONS = ("accept", "reject")


def lines(base):
    """The lines that hold something, of a job that is done."""
    if isinstance(base, str):
        raise SystemExit(base)
    text = pathlib.Path(f"{base}.txt").read_text(encoding="utf-8-sig")
    return [line for line in text.splitlines() if line.strip()]


def main():
    files = [pathlib.Path(name).resolve() for name in sys.argv[1:]]
    for file in files:
        docx.Document(str(file))
    with tempfile.TemporaryDirectory() as folder:
        jobs = [(action, file) for file in files for action in ACTIONS]
        done = [lines(base) for base in documents_office.work(jobs, pathlib.Path(folder, "work"))]
    print(json.dumps([done[at : at + len(ACTIONS)] for at in range(0, len(done), len(ACTIONS))]))


main()
