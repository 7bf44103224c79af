//! Word documents for tests, made of their parts.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The name space of WordprocessingML, transitional.
pub(crate) const SPACE: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A document with this in its body.
pub(crate) fn docx(body: &str) -> Vec<u8> {
    docx_with(body, &[])
}

/// A document with this in its body, and parts beside it: for each its name without `.xml`, which is the type of its
/// relationship with a number or none, and what its root element holds.
pub(crate) fn docx_with(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let mut rels = String::new();
    let mut files = vec![part("word/document.xml", "document", &format!("<w:body>{body}</w:body>"))];
    for (index, (name, content)) in parts.iter().enumerate() {
        let kind = name.trim_end_matches(|c: char| c.is_ascii_digit());
        rels += &format!(r#"<Relationship Id="r{index}" Type="{RELATIONS}/{kind}" Target="{name}.xml"/>"#);
        let root = match kind {
            "header" => "hdr",
            "footer" => "ftr",
            other => other,
        };
        files.push(part(&format!("word/{name}.xml"), root, content));
    }
    files.push(("word/_rels/document.xml.rels".to_owned(), relationships(&rels)));
    package(&files)
}

fn part(name: &str, root: &str, content: &str) -> (String, String) {
    let xml = format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:{root} xmlns:w="{SPACE}" xmlns:r="{RELATIONS}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml">{content}</w:{root}>"#
    );
    (name.to_owned(), xml)
}

fn relationships(content: &str) -> String {
    format!(
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{content}</Relationships>"#
    )
}

/// A package with these files and those that every package has.
pub(crate) fn package<B: AsRef<[u8]>>(files: &[(String, B)]) -> Vec<u8> {
    let types = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
    let root = relationships(&format!(
        r#"<Relationship Id="r" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/>"#
    ));
    let mut all = vec![("[Content_Types].xml", types.as_bytes()), ("_rels/.rels", root.as_bytes())];
    all.extend(files.iter().map(|(name, content)| (name.as_str(), content.as_ref())));
    archive(&all)
}

/// A zip archive with these files.
pub(crate) fn archive<B: AsRef<[u8]>>(files: &[(&str, B)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        writer.start_file(*name, SimpleFileOptions::default()).expect("the name is new");
        writer.write_all(content.as_ref()).expect("memory can be written to");
    }
    writer.finish().expect("memory can be written to").into_inner()
}

/// The text of a file of a package; `None` where there is none.
pub(crate) fn unpack(package: &[u8], name: &str) -> Option<String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(package)).expect("it is a package");
    let file = archive.by_name(name).ok()?;
    Some(std::io::read_to_string(file).expect("the file is text"))
}

/// A paragraph of runs, one for each text.
pub(crate) fn paragraph(runs: &[&str]) -> String {
    let runs: String = runs.iter().map(|text| run(text)).collect();
    format!("<w:p>{runs}</w:p>")
}

/// A run with this text, whose white space counts.
pub(crate) fn run(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    format!(r#"<w:r><w:t xml:space="preserve">{text}</w:t></w:r>"#)
}
