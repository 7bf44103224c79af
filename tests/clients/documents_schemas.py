"""Documents against the schemas of their formats: ECMA-376 transitional for Word, RELAX NG for OpenDocument."""

import collections
import pathlib
import re
import tempfile
import threading
import zipfile

COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

XML = "http://www.w3.org/XML/1998/namespace"
XML_SCHEMA = f"""<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" targetNamespace="{XML}">
<xsd:attribute name="space"><xsd:simpleType><xsd:restriction base="xsd:NCName"><xsd:enumeration value="default"/>
<xsd:enumeration value="preserve"/></xsd:restriction></xsd:simpleType></xsd:attribute>
<xsd:attribute name="lang" type="xsd:language"/><xsd:attribute name="base" type="xsd:anyURI"/><xsd:attribute name="id" type="xsd:ID"/>
</xsd:schema>"""


class Validator:
    """Schemas from a folder, each read when it is needed first."""

    def __init__(self, folder):
        from lxml import etree

        self.etree, self.folder, self.schemas, self.lock = etree, pathlib.Path(folder), {}, threading.Lock()
        if not any(self.folder.rglob("wml.xsd")) and not any(self.folder.rglob("OpenDocument*schema*.rng")):
            raise SystemExit(f"{folder}: no wml.xsd and no OpenDocument*schema*.rng below it")

    def schema(self, root):
        """The schema of a part, by its root; `None` if there is none."""
        if root.tag.startswith(WORD):
            return self.read("wml.xsd", self.etree.XMLSchema, lambda name: True)
        version = root.get("{urn:oasis:names:tc:opendocument:xmlns:office:1.0}version")
        if version:
            of = re.compile(rf"v{re.escape(version)}\b")
            fits = lambda name: of.search(name) and not re.search("manifest|dsig|strict", name)
            return self.read("OpenDocument*schema*.rng", self.etree.RelaxNG, fits, version)
        return None

    def read(self, pattern, kind, fits, version=None):
        key = pattern, version
        if key not in self.schemas:
            path = next((path for path in sorted(self.folder.rglob(pattern)) if fits(path.name)), None)
            self.schemas[key] = self.made(kind, self.etree.parse(str(path))) if path else None
        return self.schemas[key]

    def made(self, kind, schema):
        """A schema. Those of ECMA-376 import `xml:space` and `xml:lang` from nowhere: they are given them."""
        with tempfile.TemporaryDirectory() as folder:
            attributes = pathlib.Path(folder, "xml.xsd")
            attributes.write_text(XML_SCHEMA)
            for node in schema.getroot().findall("{http://www.w3.org/2001/XMLSchema}import"):
                if node.get("namespace") == XML and not node.get("schemaLocation"):
                    node.set("schemaLocation", attributes.as_uri())
            return kind(schema)

    def new_faults(self, original, copy):
        """What the parts of a copy break that those of the document do not: messages without their places."""
        with self.lock, zipfile.ZipFile(original) as before, zipfile.ZipFile(copy) as after:
            known, faults = collections.Counter(), collections.Counter()
            names = set(before.namelist())
            for part in after.namelist():
                if not re.search(r"(^|/)(document|comments|footnotes|endnotes|header\d*|footer\d*|content|styles|settings)\d*\.xml$", part):
                    continue
                data = after.read(part)
                if part in names and before.read(part) == data:
                    continue
                faults.update(self.faults(data))
                if part in names:
                    known.update(self.faults(before.read(part)))
            # What is wrong behind the first child that does not fit is not told apart.
            extra = {message.split(" has extra content")[0] for message in known if " has extra content" in message}
            fits = lambda message: message in known or (" has extra content" in message and message.split(" has extra content")[0] in extra)
            return [message for message in faults if not fits(message)]

    def faults(self, data):
        try:
            root = self.etree.fromstring(data)
        except self.etree.XMLSyntaxError as error:
            return ["not well-formed: " + re.sub(r",? *line \d+, column \d+|\(.*\)$", "", str(error))]
        schema = self.schema(root)
        if schema is None:
            return []
        self.plain(root)
        # Read anew: what was taken out leaves its namespaces behind.
        root = self.etree.fromstring(self.etree.tostring(root))
        schema.validate(root)
        return [re.sub(r"'[^']*'(?= is not a valid value| of the)", "a value", error.message) for error in schema.error_log]

    def plain(self, root):
        """Does as a reader that knows nothing but the standard: takes fallbacks, and leaves out what may be ignored."""
        ignorable = set()
        for node in root.iter():
            if isinstance(node.tag, str):
                prefixes = node.attrib.pop(f"{COMPATIBILITY}Ignorable", "").split()
                ignorable.update(node.nsmap.get(prefix) for prefix in prefixes)
        for node in list(root.iter()):
            if not isinstance(node.tag, str) or node.getparent() is None:
                continue
            if node.tag == f"{COMPATIBILITY}AlternateContent":
                fallback = node.find(f"{COMPATIBILITY}Fallback")
                for child in list(fallback) if fallback is not None else []:
                    node.addprevious(child)
                remove(node)
            elif self.foreign(node.tag, root) or self.etree.QName(node).namespace in ignorable:
                remove(node)
        for node in root.iter():
            if isinstance(node.tag, str):
                for key in list(node.attrib):
                    if key.startswith("{") and (self.foreign(key, root) or self.etree.QName(key).namespace in ignorable):
                        del node.attrib[key]

    def foreign(self, tag, root):
        """Whether a name is none of OpenDocument's own, in one: a processor may drop such elements and attributes (part 3, 22.3.2)."""
        return "opendocument" in root.tag and not re.match(r"\{(urn:oasis:names:tc:opendocument|http://www\.w3\.org/|http://purl\.org/dc/)", tag)


def remove(node):
    """Takes a node out, and leaves the text behind it."""
    before, parent = node.getprevious(), node.getparent()
    if node.tail and before is not None:
        before.tail = (before.tail or "") + node.tail
    elif node.tail:
        parent.text = (parent.text or "") + node.tail
    parent.remove(node)
