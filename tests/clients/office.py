"""Word documents as python-docx makes and reads them.

    office.py make FILE     writes a draft
    office.py read FILE     prints its comments and its text as JSON
"""

import json
import sys

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls


def tracked(name, number, text):
    tag = "delText" if name == "del" else "t"
    return parse_xml(
        f'<w:{name} {nsdecls("w")} w:id="{number}" w:author="A. Editor" w:date="2026-01-01T00:00:00Z">'
        f'<w:r><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r></w:{name}>'
    )


def make(path):
    document = docx.Document()
    document.add_heading("Joint Statement on a Visit", 0)
    document.add_heading("Security", 1)
    # Each letter in a run of its own, every second one in bold.
    paragraph = document.add_paragraph("The two sides spoke of ")
    for index, letter in enumerate("China containment"):
        paragraph.add_run(letter).bold = index % 2 == 0
    paragraph.add_run(" at length.")
    # Changes in a change: what one has inserted another has deleted.
    paragraph = document.add_paragraph("They ")
    paragraph._p.append(tracked("ins", 901, "oppose China containment and "))
    inner = tracked("ins", 902, "")
    inner.append(tracked("del", 903, "regret China containment and "))
    paragraph._p.append(inner)
    paragraph._p.append(tracked("del", 904, "favour China containment and "))
    paragraph.add_run("close here.")
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "Now bloc politics"
    table.cell(0, 1).text = "한국은 burden\u2011sharing 문제를 논의했다."
    document.add_paragraph("An item on burden sharing", style="List Bullet")
    document.sections[0].header.paragraphs[0].text = "Draft on bloc politics"
    document.add_comment(paragraph.runs, text="Is this agreed?", author="A. Editor")
    document.save(path)


def read(path):
    document = docx.Document(path)
    comments = [{"author": comment.author, "text": comment.text} for comment in document.comments]
    paragraphs = [paragraph.text for paragraph in document.paragraphs]
    json.dump({"comments": comments, "paragraphs": paragraphs}, sys.stdout)


{"make": make, "read": read}[sys.argv[1]](sys.argv[2])
