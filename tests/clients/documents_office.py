"""LibreOffice as the other reader of documents: one process works through a list of jobs, by a macro in a profile of its own.

A job is a document and what to do with it:

    show    its text as `--convert-to txt:Text` has it, and the whole of it as flat OpenDocument
    flat    the whole of it as flat OpenDocument
    accept  its text with every tracked change accepted
    reject  its text with every tracked change rejected

What crashes LibreOffice, or takes longer than PATIENCE, is told; the jobs behind it are done all the same.
"""

import collections
import os
import pathlib
import re
import shutil
import signal
import subprocess
import time
import urllib.parse
import xml.etree.ElementTree as tree

PATIENCE = 150
"""Seconds for a job."""

MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Main
  Dim line As String
  jobs = FreeFile
  Open Environ("COMITY_JOBS") For Input As #jobs
  Do While Not Eof(jobs)
    Line Input #jobs, line
    If line &lt;&gt; "" Then Work(Split(line, " "))
  Loop
  Close #jobs
  StarDesktop.terminate()
End Sub

Sub Work(job)
  Say("begin " &amp; job(0))
  On Error GoTo Failed
  Dim how(2) As New com.sun.star.beans.PropertyValue
  how(0).Name = "Hidden" : how(0).Value = True
  how(1).Name = "MacroExecutionMode" : how(1).Value = 0
  how(2).Name = "UpdateDocMode" : how(2).Value = 0
  document = StarDesktop.loadComponentFromURL(job(2), "_blank", 0, how())
  If IsNull(document) Then
    Say("fail " &amp; job(0) &amp; " it is not opened")
    Exit Sub
  End If
  web = ""
  If document.supportsService("com.sun.star.text.WebDocument") Then web = " (StarWriter/Web)"
  If job(1) = "accept" Then Change(document, "AcceptAllTrackedChanges")
  If job(1) = "reject" Then Change(document, "RejectAllTrackedChanges")
  If job(1) &lt;&gt; "flat" Then
    Dim text(1) As New com.sun.star.beans.PropertyValue
    text(0).Name = "FilterName" : text(0).Value = "Text (encoded)" &amp; web
    text(1).Name = "FilterOptions" : text(1).Value = "UTF8,LF,,,"
    document.storeToURL(job(3) &amp; ".txt", text())
  End If
  If web = "" And (job(1) = "flat" Or job(1) = "show") Then
    Dim flat(0) As New com.sun.star.beans.PropertyValue
    flat(0).Name = "FilterName" : flat(0).Value = "OpenDocument Text Flat XML"
    document.storeToURL(job(3) &amp; ".fodt", flat())
  End If
  Say("done " &amp; job(0))
  document.close(False)
  Exit Sub
Failed:
  Say("fail " &amp; job(0) &amp; " " &amp; Replace(Error$, Chr(10), " "))
End Sub

Sub Change(document, command)
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  dispatcher.executeDispatch(document.CurrentController.Frame, ".uno:" &amp; command, "", 0, Array())
End Sub

Sub Say(what)
  file = FreeFile
  Open Environ("COMITY_JOBS") &amp; ".log" For Append As #file
  Print #file, what
  Close #file
End Sub
</script:module>
"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Module1"/></library:library>
"""


def profile(folder):
    """Has LibreOffice make a profile, and writes the macro into it: what is there before, it replaces at its first start."""
    start(folder, "--terminate_after_init").wait(PATIENCE)
    standard = folder / "user" / "basic" / "Standard"
    standard.mkdir(parents=True, exist_ok=True)
    (standard / "Module1.xba").write_text(MACRO)
    (standard / "script.xlb").write_text(LIBRARY)


def start(folder, *arguments, **environment):
    """A process of LibreOffice with this profile, in a group of its own."""
    return subprocess.Popen(
        ["soffice", f"-env:UserInstallation={folder.as_uri()}", "--headless", "--norestore", "--nologo", *arguments],
        env={**os.environ, "HOME": str(folder), **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def work(jobs, folder):
    """Does the jobs, `(action, document)` each, and returns for each the base of its results (`.txt`, `.fodt`) or why there is none."""
    folder.mkdir()
    todo, ended, tried = {}, {}, collections.Counter()
    for number, (action, document) in enumerate(jobs):
        todo[number] = f"{number} {action} {pathlib.Path(document).as_uri()} {(folder / str(number)).as_uri()}"
    rounds = 0
    while todo:
        rounds += 1
        home = folder / f"profile{rounds}"
        profile(home)
        before = len(todo)
        running = batch(todo, ended, tried, home, folder / f"jobs{rounds}")
        if running is None and len(todo) == before:
            raise SystemExit("LibreOffice does not run its macro: is it 7.0 or later, with libreoffice-writer?")
        shutil.rmtree(home, ignore_errors=True)
    return [folder / str(number) if ended[number] is True else ended[number] for number in range(len(jobs))]


def batch(todo, ended, tried, home, jobs):
    """One process of LibreOffice. Takes what has ended out of `todo`; returns the job at which the process ended, if any."""
    jobs.write_text("".join(line + "\n" for line in todo.values()))
    for line in todo.values():
        # A process that has crashed leaves its document locked.
        document = pathlib.Path(urllib.parse.unquote(urllib.parse.urlparse(line.split(" ")[2]).path))
        document.with_name(f".~lock.{document.name}#").unlink(missing_ok=True)
    log = jobs.with_name(jobs.name + ".log")
    log.touch()
    process = start(home, "macro:///Standard.Module1.Main", COMITY_JOBS=str(jobs))
    said, since = 0, time.monotonic()
    while process.poll() is None:
        time.sleep(0.2)
        if log.stat().st_size != said:
            said, since = log.stat().st_size, time.monotonic()
        if time.monotonic() - since > PATIENCE:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    slow = time.monotonic() - since > PATIENCE
    running = None
    for line in log.read_text(errors="replace").splitlines():
        word, number, *why = line.split(" ", 2)
        number = int(number)
        if word == "begin":
            running = number
        else:
            running = None
            todo.pop(number, None)
            ended[number] = True if word == "done" else f"LibreOffice: {' '.join(why)}"
    if running is not None:
        job = todo.pop(running)
        tried[running] += 1
        if tried[running] == 3:
            ended[running] = f"LibreOffice takes longer than {PATIENCE} s" if slow else "LibreOffice crashes"
        else:
            # It may have been the documents before, or somebody who ended it: once more, behind all others.
            todo[running] = job
    return running


NAMES = {
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
    "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0": "draw",
    "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0": "svg",
    "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0": "fo",
    "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0": "loext",
    "http://www.w3.org/1998/Math/MathML": "math",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://www.w3.org/XML/1998/namespace": "xml",
}
"""The prefixes under which this code speaks of the namespaces of OpenDocument."""

EXCEPTIONS = {
    "address": "addresses of the web and of mail are read, but rules do not look into them",
    "number of a list": "LibreOffice draws it; comity tells it as the place (`label`), and it is in no text",
    "mark of a note": "LibreOffice draws it",
    "field": "LibreOffice works out dates, numbers of pages, names of files and properties anew as it opens a document",
    "change": "LibreOffice shows what tracked changes take out beside what they put in, also within a word; comity reads one or the other",
    "drop-down": "what is chosen in a form field is not read, and docs/word.md says so",
    "prompt": "what stands in a place that is to be filled in (a MACROBUTTON field) is not read, and docs/word.md says so",
    "code": "code of HTML is not read, and standard error tells how much of it there is",
    "form": "what is filled in or chosen in a form of HTML is not read, and standard error tells how much of it there is",
    "math": "formulas of HTML are not read, and standard error tells how many there are",
    "hidden": "hidden text is not read, and standard error tells how much of it there is",
    "ruby": "only the base of ruby is read, and docs/word.md says so",
}
"""Words that LibreOffice shows and that comity need not read, by kind, each with the reason."""

FIELDS = (
    "page-number page-count date time chapter file-name author-name author-initials title subject keywords description editing-cycles "
    "editing-duration creator initial-creator creation-date creation-time modification-date modification-time print-date print-time "
    "printed-by word-count character-count paragraph-count table-count image-count object-count sheet-name template-name page-variable-get "
    "page-continuation user-defined sender-firstname sender-lastname database-display conditional-text expression variable-get user-field-get"
).split()
KINDS = {f"text:{name}": "field" for name in FIELDS} | {
    "text:number": "number of a list",
    "text:note-citation": "mark of a note",
    "text:drop-down": "drop-down",
    "text:execute-macro": "prompt",
    "text:hidden-text": "hidden",
    "text:ruby-text": "ruby",
}
SKIPPED = {"office:annotation", "office:binary-data", "office:scripts", "office:forms", "office:event-listeners", "math:math", "draw:object"}
"""What is no text: comments, pictures, forms and macros; formulas and what is embedded as an object, which are not read."""


def name(tag):
    space, _, local = tag[1:].rpartition("}") if tag.startswith("{") else ("", "", tag)
    return f"{NAMES.get(space, space)}:{local}" if space else local


class Flat:
    """What LibreOffice shows of a document, as the flat OpenDocument that it writes."""

    def __init__(self, path):
        root = tree.parse(path).getroot()
        self.lines = []
        """The texts of paragraphs, each a list of pieces `(text, kind of exception or None)`."""
        self.styles = {}
        self.labels = set()
        """The words that stand before or behind numbers of lists."""
        self.comments = []
        """Author and text of each comment."""
        for node in root.iter():
            tag, of = name(node.tag), {name(key): value for key, value in node.attrib.items()}
            if tag == "style:style":
                text = next((child for child in node if name(child.tag) == "style:text-properties"), None)
                display = None if text is None else {name(k): v for k, v in text.attrib.items()}.get("text:display")
                self.styles[of.get("style:family"), of.get("style:name")] = (display, of.get("style:parent-style-name"))
            elif tag == "office:annotation":
                author = next((child.text or "" for child in node if name(child.tag) == "dc:creator"), "")
                said = ["".join(child.itertext()) for child in node if name(child.tag) in ("text:p", "text:list")]
                self.comments.append((author, "\n".join(said)))
            for key in ("style:num-prefix", "style:num-suffix", "loext:num-list-format"):
                self.labels.update(re.findall(r"[^\W_]+", of.get(key, "")))
        for part in root:
            if name(part.tag) == "office:master-styles":
                self.walk(part, [], None)
                # A header that is the same on first, left and right pages is written for each of them.
                shown = {" ".join("".join(text for text, kind in line if not kind).split()): line for line in self.lines}
                self.lines = list(shown.values())
        for part in root:
            if name(part.tag) == "office:body":
                self.walk(part, [], None)

    def hidden(self, family, style):
        """Whether a style, or one that it is made from, hides its text."""
        for _ in range(20):
            display, parent = self.styles.get((family, style), (None, None))
            if display or not parent:
                return display == "none"
            style = parent
        return False

    def walk(self, node, line, kind):
        tag, of = name(node.tag), {name(key): value for key, value in node.attrib.items()}
        if tag in SKIPPED or of.get("style:display") == "false":
            return
        kind = kind or KINDS.get(tag)
        if tag in ("text:p", "text:h"):
            line = []
            self.lines.append(line)
            kind = "hidden" if self.hidden("paragraph", of.get("text:style-name")) else kind
        elif tag == "text:span" and self.hidden("text", of.get("text:style-name")):
            kind = "hidden"
        elif tag == "text:section" and of.get("text:display", "true") != "true":
            kind = "hidden"
        elif tag in ("svg:title", "svg:desc"):
            line = []
            self.lines.append(line)
        elif tag in ("text:s", "text:tab", "text:line-break", "text:note", "draw:frame"):
            line.append((" ", None))
        elif tag == "text:hidden-paragraph" and line:
            line[:] = [(text, "hidden") for text, _ in line]
        if tag == "text:hidden-text":
            line.append((of.get("text:string-value", ""), kind))
        elif node.text:
            line.append((node.text, kind))
        for child in node:
            self.walk(child, line, kind)
            if child.tail:
                line.append((child.tail, kind))
