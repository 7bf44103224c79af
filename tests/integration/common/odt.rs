//! OpenDocument texts for tests, made of their parts.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// What an element of every part may have a name in.
pub(crate) const SPACES: &str = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/""#;

const STYLES: &str = r#"<style:style style:family="paragraph" style:name="Title"/><style:style style:family="paragraph" style:name="Heading_20_1" style:display-name="Heading 1" style:default-outline-level="1"/><style:style style:family="paragraph" style:name="Quotations"/><style:style style:family="paragraph" style:name="Caption"/><style:style style:family="paragraph" style:name="Subtitle"/><style:style style:family="text" style:name="Raised"><style:text-properties style:text-position="super 58%"/></style:style><style:style style:family="text" style:name="Level"><style:text-properties style:text-position="0% 100%"/></style:style>"#;

const AUTOMATIC: &str = r#"<style:style style:family="text" style:name="B"><style:text-properties style:font-weight-asian="bold"/></style:style><style:style style:family="text" style:name="Hidden"><style:text-properties text:display="none"/></style:style><style:style style:family="paragraph" style:name="P1" style:parent-style-name="Quotations"/>"#;

/// A document with this in its text.
pub(crate) fn odt(text: &str) -> Vec<u8> {
    odt_with(text, "")
}

/// A document with this in its text, and in the header of its pages.
pub(crate) fn odt_with(text: &str, header: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document-content {SPACES} office:version=\"1.3\"><office:automatic-styles>{AUTOMATIC}</office:automatic-styles><office:body><office:text>{text}</office:text></office:body></office:document-content>"
    );
    let styles = format!(
        "<office:document-styles {SPACES}><office:styles>{STYLES}</office:styles><office:master-styles><style:master-page style:name=\"Standard\"><style:header>{header}</style:header><style:header-left style:display=\"false\"><text:p>never seen</text:p></style:header-left></style:master-page></office:master-styles></office:document-styles>"
    );
    package(&[("content.xml", &content), ("styles.xml", &styles)])
}

/// A package with these parts and those that every package has.
pub(crate) fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut all = vec![("mimetype", "application/vnd.oasis.opendocument.text")];
    all.extend(parts);
    all.push(("META-INF/manifest.xml", r#"<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/></manifest:manifest>"#));
    archive(&all)
}

/// A zip archive with these files, the first of which is not compressed.
pub(crate) fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (index, (name, content)) in files.iter().enumerate() {
        let method = if index == 0 { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let options = SimpleFileOptions::default().compression_method(method);
        writer.start_file(*name, options).expect("the name is new");
        writer.write_all(content.as_bytes()).expect("memory can be written to");
    }
    writer.finish().expect("memory can be written to").into_inner()
}

/// A paragraph of spans, one for each text.
pub(crate) fn paragraph(spans: &[&str]) -> String {
    let spans: String =
        spans.iter().map(|text| format!("<text:span text:style-name=\"B\">{text}</text:span>")).collect();
    format!("<text:p>{spans}</text:p>")
}
