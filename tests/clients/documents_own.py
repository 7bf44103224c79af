"""Writes documents with every construct that once went wrong, for documents.py to be run on.

    python3 tests/clients/documents_own.py FOLDER [docx:odt docx:rtf ...]

Each holds one construct among ordinary paragraphs, so that a fault names its cause. With pairs of endings LibreOffice saves those of the
first in the second as well, into folders below.
"""

import pathlib
import subprocess
import sys
import tempfile
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KINDS = "styles numbering footnotes endnotes header1 comments".split()
SDT = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*pieces, properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(piece if piece.startswith('<') else run(piece) for piece in pieces)}</w:p>"


def char(kind):
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def field(code, *result):
    code = f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
    return char("begin") + code + char("separate") + "".join(run(text) for text in result) + char("end")


def item(text, number, level=0):
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def change(kind, text, number, author="A. Editor"):
    tag = "delText" if kind == "del" else "t"
    return (
        f'<w:{kind} w:id="{number}" w:author="{author}" w:date="2026-01-01T00:00:00Z"><w:r><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'
        f"</w:{kind}>"
    )


def note(kind, number=2):
    return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{kind}Reference w:id="{number}"/></w:r>'


BOX = (
    '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" type="#_x0000_t202" style="width:200pt;height:60pt"><v:textbox>'
    f"<w:txbxContent>{p('The leaders in the box reaffirmed enduring cooperation.')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)
BOUND = '<w:dataBinding w:xpath="/ns0:a[1]" w:storeItemID="{{00000000-0000-0000-0000-000000000001}}"/>'.replace("{{", "{").replace("}}", "}")
TITLE = p("Joint Statement of the Two Leaders", properties='<w:pStyle w:val="Heading1"/>')
LAST = p("Both leaders welcomed the progress of their ministers in every country.")

# Points by the constructs that broke when LibreOffice opened a copy, or that were misread.
WORD = {
    "field-ref": p("As agreed in ", field("REF _Ref1 \\h", "the earlier declaration of ministers"), ", the leaders remained confident."),
    "field-mergefield": p("The leaders thanked ", field("MERGEFIELD Host", "the President of the Republic"), " for the welcome."),
    "field-styleref": p(field("STYLEREF Heading1", "Joint Statement of the Two Leaders"), " was agreed by ministers."),
    "field-docproperty": p("Title: ", field("DOCPROPERTY Title", "Declaration of the ministers"), " as agreed."),
    "field-simple": p('<w:fldSimple w:instr=" DOCPROPERTY Subject ">' + run("Cooperation of the leaders") + "</w:fldSimple>", " continued."),
    "field-hyperlink": p("See ", field('HYPERLINK "https://example.org/"', "the declaration of leaders"), " of last year."),
    "field-nested": p("In ", char("begin"), "<w:r><w:instrText> IF </w:instrText></w:r>", field("MERGEFIELD A", "1"),
                      "<w:r><w:instrText> = 1 </w:instrText></w:r>", char("separate"), run("the presence of leaders"), char("end"), " it began."),
    "toc": "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/></w:docPartObj></w:sdtPr><w:sdtContent>"
           + "<w:p>" + char("begin") + '<w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>' + char("separate")
           + run("Joint Statement of the Two Leaders") + "<w:r><w:tab/></w:r>" + run("1") + "</w:p><w:p>" + char("end") + "</w:p></w:sdtContent></w:sdt>",
    "control-bound": p("The host: ", SDT.format(BOUND + "<w:text/>", run("the President of the Republic")), " welcomed ministers."),
    "control-plain": p("The host: ", SDT.format("<w:text/>", run("the President of the Republic")), " welcomed ministers."),
    "control-rich": p("The host: ", SDT.format("", run("the President of the Republic")), " welcomed ministers."),
    "control-locked": p("The host: ", SDT.format('<w:lock w:val="sdtContentLocked"/>', run("the President of the Republic")), " spoke."),
    "control-block": SDT.format("", p("The leaders in a control reaffirmed cooperation.")),
    "control-blocks": SDT.format("", p("The leaders in a control reaffirmed cooperation.") + p("The ministers in a control continued.")),
    "control-placeholder": SDT.format("<w:showingPlcHdr/>", p("Click or tap here to enter the declaration of leaders.")),
    "control-first": SDT.format('<w:lock w:val="contentLocked"/>', p("The leaders in a locked control reaffirmed cooperation.")),
    "control-date": p("On ", SDT.format('<w:date><w:dateFormat w:val="d MMMM yyyy"/></w:date>', run("1 September 2026")), " leaders met."),
    "control-list": p("In ", SDT.format('<w:dropDownList><w:listItem w:displayText="Geneva" w:value="1"/></w:dropDownList>', run("Geneva")),
                      " ministers of both countries met."),
    "control-row": "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>" + SDT.format("", "<w:tr><w:tc><w:tcPr/>" + p("A minister of a row spoke.")
                   + "</w:tc></w:tr>") + "</w:tbl>",
    "numbers": item("The leaders of both countries agreed.", 1) + item("The ministers continued.", 1, 1) + item("The leaders met.", 1, 1)
               + item("The presidents of countries remained.", 1) + item("Cooperation continued.", 2) + item("Friendship remained.", 3),
    "languages": p(run("Les deux dirigeants ont salu\u00e9 la coop\u00e9ration entre les pays.", '<w:lang w:val="fr-FR"/>'))
                 + p("The two leaders welcomed the cooperation of countries.")
                 + "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid><w:tr><w:tc><w:tcPr/>" + p("The ministers welcomed it.")
                 + "</w:tc><w:tc><w:tcPr/>" + p(run("Les ministres se sont f\u00e9licit\u00e9s de la pr\u00e9sence des pays.", '<w:lang w:val="fr-FR"/>'))
                 + "</w:tc></w:tr></w:tbl>",
    "note-inside": p("The leaders of ", note("footnote"), "countries spoke of the containment", note("endnote"), " of conflicts."),
    "note-in-words": p("They noted the presence of", note("footnote"), " ministers."),
    "changes": p("The leaders ", change("ins", "reaffirmed and ", 901), change("del", "deplored ", 902), "continued the cooperation of ministers.")
               + p(change("ins", "A paragraph of leaders came.", 903)),
    "runs": p(*(run(letter, "<w:b/>" if at % 2 else "") for at, letter in enumerate("The leaders of both countries reaffirmed friendship."))),
    "hidden": p("The leaders ", run("secretly quarrelled of ministers ", "<w:vanish/>"), "met in friendship."),
    "box": p("The leaders beside a box of text.", BOX),
    "special": p("Tab<w:t/>", "<w:r><w:tab/></w:r>", "of leaders", "<w:r><w:br/></w:r>", "minis", "<w:r><w:softHyphen/></w:r>", "ters of a",
                 "<w:r><w:noBreakHyphen/></w:r>", "country"),
    "bookmarks": p('The <w:t/>', '<w:bookmarkStart w:id="1" w:name="_Ref2"/>', "leaders of bo", '<w:bookmarkEnd w:id="1"/>', "th countries met."),
    "smart": p('<w:smartTag w:uri="urn:schemas-microsoft-com:office:smarttags" w:element="place">' + run("Leaders of Geneva") + "</w:smartTag>", " met."),
    "moved": p('<w:moveFromRangeStart w:id="30" w:author="A" w:date="2026-01-01T00:00:00Z" w:name="m1"/>',
               '<w:moveFrom w:id="31" w:author="A" w:date="2026-01-01T00:00:00Z">' + run("Leaders of old.") + "</w:moveFrom>",
               '<w:moveFromRangeEnd w:id="30"/>')
             + p('<w:moveToRangeStart w:id="32" w:author="A" w:date="2026-01-01T00:00:00Z" w:name="m1"/>',
                 '<w:moveTo w:id="33" w:author="A" w:date="2026-01-01T00:00:00Z">' + run("Leaders of old.") + "</w:moveTo>",
                 '<w:moveToRangeEnd w:id="32"/>'),
}  # fmt: skip


def level(number, kind, text):
    return f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'


def numbering():
    lists = [[("decimal", "%1."), ("lowerLetter", "(%2)")], [("upperRoman", "Article %1")], [("bullet", "\u2022")]]
    made = ""
    for number, levels in enumerate(lists, 1):
        inner = "".join(level(at, kind, text) for at, (kind, text) in enumerate(levels))
        made += f'<w:abstractNum w:abstractNumId="{number}">{inner}</w:abstractNum>'
    return made + "".join(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number in (1, 2, 3))


def notes(kind, text):
    mark = f"<w:r><w:{kind}Ref/></w:r>"
    line = f'<w:{kind} w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
    return line + f'<w:{kind} w:id="2">{p(mark, text)}</w:{kind}>'


PARTS = {
    "styles": '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>',
    "numbering": numbering(),
    "footnotes": notes("footnote", " A footnote of the ministers."),
    "endnotes": notes("endnote", " An endnote of the leaders."),
    "header1": p("A header of the ministers"),
    "comments": '<w:comment w:id="7" w:author="A. Editor" w:initials="A">' + p("Is this agreed by ministers?") + "</w:comment>",
}
ROOTS = {"header1": "hdr"}


def docx(path, body):
    """Writes a Word document with this body."""
    marked = (
        p('<w:commentRangeStart w:id="7"/>', "The leaders met in friendship.", '<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>')
        + body
    )
    section = '<w:sectPr><w:headerReference w:type="default" r:id="header1"/><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    types = relations = ""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:

        def write(name, text):
            out.writestr(name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}')

        for kind in KINDS:
            name = kind.rstrip("1")
            types += f'<Override PartName="/word/{kind}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{name}+xml"/>'
            relations += f'<Relationship Id="{kind}" Type="{R}/{name}" Target="{kind}.xml"/>'
            root = ROOTS.get(kind, kind)
            write(f"word/{kind}.xml", f'<w:{root} xmlns:w="{W}" xmlns:r="{R}">{PARTS[kind]}</w:{root}>')
        write("word/_rels/document.xml.rels", f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>')
        main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        write(
            "[Content_Types].xml",
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main}"/>{types}</Types>',
        )
        target = f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>'
        write("_rels/.rels", f'<Relationships xmlns="{PACKAGE}/relationships">{target}</Relationships>')
        write("word/document.xml", f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{TITLE}{marked}{LAST}{section}</w:body></w:document>')


ODF = {
    "list": '<text:list text:style-name="L1"><text:list-item><text:p>The leaders of countries agreed.</text:p><text:list><text:list-item><text:p>The '
            "ministers continued.</text:p></text:list-item></text:list></text:list-item><text:list-item text:start-value=\"5\"><text:p>Friendship "
            "of countries remained.</text:p></text:list-item></text:list>",
    "languages": '<text:p><text:span text:style-name="F">Les deux dirigeants ont salu\u00e9 la coop\u00e9ration des pays.</text:span></text:p><text:p>The '
                 "two leaders welcomed cooperation.</text:p>",
    "note-inside": "<text:p>The presence of<text:note text:note-class=\"footnote\"><text:note-citation>1</text:note-citation><text:note-body><text:p>A "
                   "footnote of ministers.</text:p></text:note-body></text:note> leaders mattered.</text:p>",
    "note-in-word": "<text:p>The con<text:note text:note-class=\"endnote\"><text:note-citation>i</text:note-citation><text:note-body><text:p>An endnote "
                    "of ministers.</text:p></text:note-body></text:note>tainment of leaders.</text:p>",
    "fields": '<text:p>The <text:bookmark-ref text:ref-name="b">declaration of ministers</text:bookmark-ref> of <text:user-field-get text:name="u">the '
              "leaders</text:user-field-get> remained.</text:p>",
    "spans": "<text:p><text:span>The lea</text:span><text:span text:style-name=\"B\">ders of </text:span>both<text:s/>countries<text:tab/>reaffirmed<text:line-break/>it.</text:p>",
    "ruby": "<text:p>The <text:ruby><text:ruby-base>leaders of ministers</text:ruby-base><text:ruby-text>reading</text:ruby-text></text:ruby> met.</text:p>",
    "section": '<text:section text:name="s"><text:p>The leaders of a section continued.</text:p></text:section>',
    "hidden": '<text:p>The leaders <text:span text:style-name="H">secretly quarrelled of ministers </text:span>met.</text:p>',
    "table": '<table:table><table:table-column/><table:table-row><table:table-cell><text:p>A minister of a cell spoke.</text:p></table:table-cell>'
             "</table:table-row></table:table>",
    "frame": '<text:p>A frame: <draw:frame svg:width="5cm" svg:height="2cm" text:anchor-type="as-char"><draw:text-box><text:p>The leaders of a '
             "box.</text:p></draw:text-box></draw:frame></text:p>",
    "changes": '<text:p>The leaders <text:change-start text:change-id="c1"/>reaffirmed and <text:change-end text:change-id="c1"/>welcomed <text:change '
               'text:change-id="c2"/>ministers of countries.</text:p>',
    "space": "<text:p>\n   The leaders\n   of    countries  <text:span> met</text:span> in friendship.\n</text:p>",
}  # fmt: skip
CHANGED = (
    '<text:tracked-changes><text:changed-region text:id="c1"><text:insertion><office:change-info><dc:creator>A. Editor</dc:creator><dc:date>'
    "2026-01-01T00:00:00</dc:date></office:change-info></text:insertion></text:changed-region><text:changed-region text:id=\"c2\"><text:deletion>"
    "<office:change-info><dc:creator>A. Editor</dc:creator><dc:date>2026-01-01T00:00:00</dc:date></office:change-info><text:p>the deplored "
    "</text:p></text:deletion></text:changed-region></text:tracked-changes>"
)
SPACES = {
    "office": "office", "text": "text", "style": "style", "table": "table", "draw": "drawing", "fo": "xsl-fo-compatible", "svg": "svg-compatible",
}  # fmt: skip
STYLES = (
    '<style:style style:name="F" style:family="text"><style:text-properties fo:language="fr" fo:country="FR"/></style:style>'
    '<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix=".">'
    "<style:list-level-properties/></text:list-level-style-number><text:list-level-style-number text:level=\"2\" style:num-prefix=\"(\" "
    'style:num-format="a" style:num-suffix=")"><style:list-level-properties/></text:list-level-style-number></text:list-style>'
)


def odt(path, body, version, flat=False):
    """Writes an OpenDocument text with this body, as a package or flat."""
    spaces = "".join(f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"' for short, long in SPACES.items())
    spaces += ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
    kind = "application/vnd.oasis.opendocument.text"
    changed = CHANGED if "text:change-id" in body else ""
    text = (
        f"{changed}<text:h text:outline-level=\"1\">Joint Statement of the Two Leaders</text:h><text:p>The leaders met in friendship.</text:p>{body}"
        "<text:p>Both leaders welcomed the progress of their ministers.</text:p>"
    )
    root, mark = ("document", f' office:mimetype="{kind}"') if flat else ("document-content", "")
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:{root}{spaces} office:version="{version}"{mark}><office:automatic-styles>{STYLES}'
        f"</office:automatic-styles><office:body><office:text>{text}</office:text></office:body></office:{root}>"
    )
    if flat:
        return path.write_text(content, "utf-8")
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    entries = "".join(
        f'<m:file-entry m:full-path="{name}" m:media-type="{of}"/>' for name, of in [("/", kind), ("content.xml", "text/xml"), ("styles.xml", "text/xml")]
    )
    versioned = f' m:version="{version}"' if version >= "1.2" else ""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("mimetype", kind, zipfile.ZIP_STORED)
        out.writestr("content.xml", content)
        out.writestr("styles.xml", f'<office:document-styles{spaces} office:version="{version}"><office:styles/></office:document-styles>')
        out.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{manifest}"{versioned}>{entries}</m:manifest>')


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    for name, body in WORD.items():
        docx(folder / f"word-{name}.docx", body)
    docx(folder / "word-all.docx", "".join(WORD.values()))
    together = "".join(ODF.values())
    for name, body in [*ODF.items(), ("all", together)]:
        odt(folder / f"odf-{name}.odt", body, "1.3")
    odt(folder / "odf-flat.fodt", together, "1.3", flat=True)
    for version in ("1.0", "1.1", "1.2"):
        odt(folder / f"odf-version-{version}.odt", ODF["spans"] + ODF["note-inside"] + ODF["table"], version)


def convert(folder, kinds):
    """Has LibreOffice save what is in the folder in its other formats, beside it."""
    with tempfile.TemporaryDirectory() as home:
        for source, kind in kinds:
            files = sorted(map(str, folder.glob(f"*.{source}")))
            out = folder / f"saved-{source}"
            profile = f"-env:UserInstallation={pathlib.Path(home).as_uri()}"
            subprocess.run(["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(out), *files], check=True, capture_output=True)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
    if len(sys.argv) > 2:
        convert(pathlib.Path(sys.argv[1]), [pair.split(":") for pair in sys.argv[2:]])
