//! The formats that are read and not written: RTF, Word 97-2003, PDF, flat OpenDocument; and formats that only content tells.

use std::io::{Cursor, Write};

use crate::common::documents::texts;
use crate::common::{check, folder, odt, root, word};
use comity::{BlockKind, Draft, DraftError, Format, Reading, Revisions};

const RTF: &str = "{\\rtf1\\ansi Of China containment.\\par}";

fn read(format: Format, bytes: &[u8]) -> Result<Draft, DraftError> {
    Draft::from_reader("d", format, Cursor::new(bytes), &Reading::default())
}

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(root().join("fixtures").join(name)).expect("the fixture is there")
}

#[test]
fn a_draft_is_what_its_content_says_whatever_it_is_called() {
    let docx = word::docx(&word::paragraph(&["Of China containment."]));
    let odt = odt::odt(&odt::paragraph(&["Of China containment."]));
    let html = b"\xef\xbb\xbf<!-- saved --><!DOCTYPE html><html><body><p>Of China containment.".to_vec();
    let fodt = fixture("statement-flat.fodt");
    let (doc, pdf) = (fixture("statement-97.doc"), fixture("statement-print.pdf"));
    let contents = [
        (docx, Format::Word),
        (odt, Format::OpenDocument),
        (fodt, Format::FlatOpenDocument),
        (RTF.into(), Format::Rtf),
        (doc, Format::Doc),
        (pdf, Format::Pdf),
        (html, Format::Html),
    ];
    for (bytes, format) in contents {
        for name in ["draft", "draft.docx", "draft.doc", "draft.odt", "draft.rtf", "draft.unknown"] {
            let drafts = folder([(name, &bytes)]);
            let draft = Draft::read(drafts.path(name)).unwrap_or_else(|error| panic!("{format:?} as {name}: {error}"));
            assert_eq!(draft.format(), format, "{name}");
        }
        let unnamed = Draft::from_unnamed("-", Format::Markdown, bytes.as_slice(), &Reading::default()).unwrap();
        assert_eq!(unnamed.format(), format);
        let output = check().args(["--pack", "framing", "--format", "short", "-"]).stdin(bytes.clone()).run();
        assert!(output.stdout.contains("framing/china-containment"), "{format:?}: {output:?}");
    }
}

#[test]
fn text_is_what_its_name_says() {
    let cases: &[(&str, &str, Format)] = &[
        ("d.md", "<!DOCTYPE html>\n\n# Title", Format::Markdown),
        ("d.txt", "<html>", Format::Text),
        ("d", "plain words", Format::Text),
        ("d.md", "PK and no more", Format::Markdown),
        ("d.txt", "%PDF is a format", Format::Text),
    ];
    for (name, text, format) in cases {
        let drafts = folder([(*name, text.as_bytes())]);
        assert_eq!(Draft::read(drafts.path(name)).unwrap().format(), *format, "{name} {text}");
    }
    // What is binary and nothing that is read.
    for bytes in
        [word::archive(&[("xl/workbook.xml", "<x/>")]), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and no more".to_vec()]
    {
        let drafts = folder([("d", &bytes)]);
        let output = check().arg("d").in_dir(&drafts).run();
        assert!(
            output.code == 2 && output.stderr.contains("error: d: neither text nor a document that is read"),
            "{output:?}"
        );
    }
}

#[test]
fn templates_and_documents_of_before_are_found_in_a_folder() {
    let docx = word::docx(&word::paragraph(&["Of China containment."]));
    let odt = odt::odt(&odt::paragraph(&["Of China containment."]));
    let doc = fixture("statement-97.doc");
    let pdf = fixture("statement-print.pdf");
    let drafts = folder([
        ("a.dotx", docx.as_slice()),
        ("b.dotm", &docx),
        ("c.ott", &odt),
        ("d.rtf", RTF.as_bytes()),
        ("e.doc", &doc),
        ("f.pdf", &pdf),
        ("g.fodt", &fixture("statement-flat.fodt")),
    ]);
    let output = check().args(["--pack", "framing", "--format", "short", "."]).in_dir(&drafts).run();
    for name in ["a.dotx", "b.dotm", "c.ott", "d.rtf", "e.doc", "f.pdf", "g.fodt"] {
        let found =
            output.stdout.lines().any(|line| line.starts_with(name) && line.contains("framing/china-containment"));
        assert!(found, "{name}: {output:?}");
    }
}

#[test]
fn what_cannot_be_annotated_says_what_can() {
    let drafts = folder([("d.rtf", RTF.as_bytes()), ("d.docx", RTF.as_bytes())]);
    let output = check().args(["--annotate", "out.rtf", "d.rtf"]).in_dir(&drafts).run();
    assert!(output.code == 2 && output.stderr.contains(".docx"), "{output:?}");
    assert!(!drafts.path("out.rtf").exists());
    // What is RTF, whatever it is called, becomes a document of Word.
    for (out, draft) in [("one.docx", "d.rtf"), ("other.docx", "d.docx")] {
        let output = check().args(["--annotate", out, draft]).in_dir(&drafts).run();
        assert!(output.code < 2 && drafts.path(out).exists(), "{output:?}");
    }
    let output = check().args(["--fix", "--unsafe-fixes", "d.rtf"]).in_dir(&drafts).run();
    assert_eq!(std::fs::read(drafts.path("d.rtf")).unwrap(), RTF.as_bytes(), "{output:?}");
}

#[test]
fn rtf_is_read_as_word_shows_it() {
    let cases: &[(&str, &[&str])] = &[
        ("a{\\b b}c \\'e9\\par d", &["abc \u{e9}", "d"]),
        ("a{\\v never}b", &["ab"]),
        ("a{\\*\\unknown never{\\b never}}b{\\unknown c}", &["abc"]),
        // Unicode, with what stands for it; a character of two units.
        ("\\u54620?\\uc2\\u44397 xx\\uc0\\u54620 d\\uc1 \\u-10179?\\u-8704?", &["\u{d55c}\u{ad6d}\u{d55c}d\u{1f600}"]),
        // Code pages, of the document and of a font; bytes of one character in two tokens.
        ("\\ansicpg1251\\'cf\\'f0", &["\u{41f}\u{440}"]),
        ("{\\fonttbl{\\f0\\fcharset0 A;}{\\f1\\fcharset129 B;}}\\f1\\'c7\\'d1\\f0\\'e9", &["\u{d55c}\u{e9}"]),
        ("{\\fonttbl{\\f1\\fcharset128 B;}}\\f1\\'83A", &["\u{30a2}"]),
        ("\\pc\\'82", &["\u{e9}"]),
        ("\\pca\\'b5", &["\u{c1}"]),
        ("\\mac\\'8e", &["\u{e9}"]),
        ("\\ansicpg437\\'82\\'e1", &["\u{e9}\u{df}"]),
        ("\\ansicpg850\\'d5", &["\u{131}"]),
        ("\\ansicpg852\\'9f", &["\u{10d}"]),
        ("\\ansicpg866\\'80", &["\u{410}"]),
        ("{\\fonttbl{\\f1\\fcharset255 B;}}\\f1\\'82\\'b5", &["\u{e9}\u{c1}"]),
        ("\\ansicpg1250{\\fonttbl{\\f1\\fcharset255 B;}}\\f1\\'9f", &["\u{10d}"]),
        ("{\\fonttbl{\\f1\\fcharset254 B;}{\\f2\\cpg852 C;}}\\f1\\'e1\\f2\\'9f", &["\u{df}\u{10d}"]),
        // Fields: what is shown.
        ("a {\\field{\\*\\fldinst HYPERLINK \"never\"}{\\fldrslt link}} b", &["a link b"]),
        // Labels of lists, pictures, data, bookmarks, comments, indexes.
        ("{\\listtext 1.\\tab}\\ls1 item\\par", &["item"]),
        ("a{\\pict\\wmetafile8 0123abcd}b{\\*\\bkmkstart x}{\\xe never}{\\*\\annotation never}", &["ab"]),
        ("a\\bin5 }}}}}b", &["ab"]),
        ("{\\upr{never}{\\*\\ud{once}}}", &["once"]),
        ("{\\info{\\title never}}{\\stylesheet{\\s0 never;}}a", &["a"]),
        // Cells, boxes, notes, headers.
        ("\\trowd\\intbl one\\cell two\\cell\\row\\pard a\\par", &["one", "two", "a"]),
        ("a{\\shp{\\*\\shpinst{\\sp{\\sn x}{\\sv never}}{\\shptxt box\\par}}{\\shprslt never}}b", &["box", "ab"]),
        ("a{\\footnote \\chftn note}b{\\footnote\\ftnalt end}c{\\header head\\par}", &["abc", "note", "end", "head"]),
        ("{\\shp{\\*\\shpinst{\\sp{\\sn gtextUNICODE}{\\sv DRAFT}}}}a", &["DRAFT", "a"]),
        // Marks that were typed by hand, hyphens, quotation marks, line ends.
        (
            "China{\\super 1} a b\\_c\\-d\\emdash\\ldblquote e\\rdblquote",
            &["China\u{b9} a b\u{2011}cd\u{2014}\u{201c}e\u{201d}"],
        ),
        ("a\\line b\\\nc", &["a b", "c"]),
        // What is cut off, or closed too often.
        ("a{\\b b", &["ab"]),
        ("a}never", &["a"]),
    ];
    for (source, expected) in cases {
        let draft = read(Format::Rtf, format!("{{\\rtf1\\ansi {source}}}").as_bytes()).unwrap();
        assert_eq!(texts(&draft), *expected, "{source}");
    }
}

#[test]
fn what_of_rtf_is_not_read_is_told() {
    let drafts = folder([
        ("a.rtf", "{\\rtf1 Of China containment.\\par}\nOf bloc politics {\\b too}."),
        ("b.rtf", "{\\rtf1\\ansi\\ansicpg57002 Peace \\'a1\\'a2 talks.\\par}\n\0\n"),
    ]);
    let output = check().args(["--pack", "framing", "--format", "short", "."]).in_dir(&drafts).run();
    assert_eq!(output.stdout.lines().count(), 1, "{output:?}");
    for told in [
        "a.rtf: 4 words behind the end of the document not checked",
        "b.rtf: 2 letters that the file does not tell not checked",
    ] {
        assert!(output.stderr.lines().any(|line| line == told), "{output:?}");
    }
}

#[test]
fn tracked_changes_of_rtf_are_accepted_or_not() {
    let source = "{\\rtf1 a {\\revised new }{\\deleted old }b\\par one{\\deleted\\par}two\\par}";
    for (revisions, expected) in
        [(Revisions::Accepted, ["a new b", "onetwo"].as_slice()), (Revisions::Original, &["a old b", "one", "two"])]
    {
        let reading = Reading { revisions, ..Reading::default() };
        let draft = Draft::from_reader("d", Format::Rtf, source.as_bytes(), &reading).unwrap();
        assert_eq!(texts(&draft), expected, "{revisions:?}");
    }
}

#[test]
fn styles_of_rtf_tell_headings() {
    let source = "{\\rtf1{\\stylesheet{\\s1 heading 1;}{\\s2 Title;}}\\s2 Statement\\par\\pard\\s1 Part\\par\\pard\\outlinelevel1 Sub\\par\\pard text\\par}";
    let draft = read(Format::Rtf, source.as_bytes()).unwrap();
    let kinds: Vec<BlockKind> = draft.blocks().iter().map(|block| block.kind()).collect();
    assert_eq!(kinds, [BlockKind::Title, BlockKind::Heading, BlockKind::Heading, BlockKind::Paragraph]);
}

/// A PDF file of these objects, numbered from 1, of which the first is the catalogue. `trailer` is put into its trailer.
fn pdf(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend(format!("{} 0 obj\n", index + 1).bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let table = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    places.iter().for_each(|place| file.extend(format!("{place:010} 00000 n \n").bytes()));
    let size = objects.len() + 1;
    file.extend(format!("trailer\n<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{table}\n%%EOF\n").bytes());
    file
}

fn stream(dictionary: &str, content: &[u8]) -> Vec<u8> {
    let head = format!("<<{dictionary}/Length {}>>\nstream\n", content.len());
    [head.as_bytes(), content, b"\nendstream"].concat()
}

/// A file of one page that holds this content, with a font `F` that is as `font` says.
fn page(font: &str, content: Vec<u8>) -> Vec<Vec<u8>> {
    vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</I 6 0 R>>>>>>".to_vec(),
        content,
        font.as_bytes().to_vec(),
        stream("/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray", b"x"),
    ]
}

const HELVETICA: &str = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>";

#[test]
fn text_of_a_page_is_found_where_lines_end() {
    let show = |lines: &[(u32, &str)]| {
        let show = |(index, (left, text)): (usize, &(u32, &str))| {
            format!("1 0 0 1 {left} {} Tm ({text}) Tj\n", 700 - 12 * index)
        };
        let lines: String = lines.iter().enumerate().map(show).collect();
        let bytes: Vec<u8> = format!("BT /F 10 Tf {lines} ET").chars().map(|c| c as u8).collect();
        read(Format::Pdf, &pdf(&page(HELVETICA, stream("", &bytes)), ""))
    };
    let long = "They reaffirmed once more what both had said of China";
    let draft =
        show(&[(50, long), (50, "containment and inter-"), (50, "national peace \\223now\\224 caf\\351.")]).unwrap();
    assert_eq!(texts(&draft), [format!("{long} containment and inter- national peace \u{201c}now\u{201d} caf\u{e9}.")]);
    let drafts = folder([(
        "d.pdf",
        pdf(
            &page(
                HELVETICA,
                stream("", format!("BT /F 10 Tf 50 700 Td ({long}) Tj 0 -12 Td (containment.) Tj ET").as_bytes()),
            ),
            "",
        ),
    )]);
    let output = check().args(["--pack", "framing", "--format", "short", "d.pdf"]).in_dir(&drafts).run();
    assert!(output.stdout.starts_with("d.pdf:page1:\u{b6}1:49: error: "), "{output:?}");
}

#[test]
fn marks_of_notes_and_spaced_letters_of_a_page_part_no_words() {
    // Letters of a title at a distance of so many thousandths of their size, and words at another.
    let spaced = |text: &str, letters: u32, words: u32| {
        let shown = text.chars().fold(String::new(), |shown, c| {
            shown + &if c == ' ' { format!("-{words} ") } else { format!("({c}) -{letters} ") }
        });
        format!("/F 10 Tf 1 0 0 1 50 700 Tm [{shown}] TJ")
    };
    let raised = |size: u32, up: u32, mark: &str, rest: &str| {
        format!(
            "/F 16 Tf 1 0 0 1 50 700 Tm (of containment) Tj /F {size} Tf {up} Ts ({mark}) Tj /F 16 Tf 0 Ts ({rest}) Tj"
        )
    };
    let cases = [
        (raised(13, 5, "2", " and"), "of containment\u{b2} and"),
        (raised(13, 5, "[12]", " and"), "of containment[\u{b9}\u{b2}] and"),
        (raised(9, 5, "3", "."), "of containment\u{b3}."),
        (raised(16, 5, "4", "."), "of containment\u{2074}."),
        // No marks: letters, digits of the line, digits below it.
        (raised(13, 5, "nd", "."), "of containmentnd."),
        (raised(16, 0, "2", "."), "of containment2."),
        ("/F 16 Tf 1 0 0 1 50 700 Tm (H) Tj /F 13 Tf -3 Ts (2) Tj /F 16 Tf 0 Ts (O is) Tj".to_owned(), "H2O is"),
        (spaced("China containment", 300, 250), "China containment"),
        (spaced("China containment", 190, 250), "China containment"),
        (spaced("China containment", 600, 600), "China containment"),
        (spaced("China containment", 0, 250), "China containment"),
        (spaced("G 7", 300, 250), "G 7"),
        (
            "/F 30 Tf 1 0 0 1 50 686 Tm (C) Tj /F 10 Tf 1 0 0 1 73 700 Tm (hina containment) Tj 0 -12 Td (goes on.) Tj"
                .to_owned(),
            "China containment goes on.",
        ),
    ];
    for (content, expected) in cases {
        let content = format!("BT {content} ET");
        let draft = read(Format::Pdf, &pdf(&page(HELVETICA, stream("", content.as_bytes())), "")).unwrap();
        assert_eq!(texts(&draft), [expected], "{content}");
    }
}

#[test]
fn a_pdf_file_that_cannot_be_read_says_why() {
    let image = page(HELVETICA, stream("", b"q 600 0 0 800 0 0 cm /I Do Q"));
    let nameless = "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>]>>";
    let letters = page(nameless, stream("", b"BT /F 10 Tf 50 700 Td <00010002> Tj ET"));
    let locked = "/ID[<00><00>]/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O(01234567890123456789012345678901)/U(01234567890123456789012345678901)>>";
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(&vec![b' '; 4 << 20]).unwrap();
    let bomb = page(HELVETICA, stream("/Filter/FlateDecode", &packed.finish().unwrap()));
    let cases = [
        (
            "a scan",
            pdf(&image, ""),
            "no text layer: its pages (1) hold images at most, as of a scan; have their text recognised (OCR)",
        ),
        ("letters without names", pdf(&letters, ""), "fonts that do not tell which letters they draw"),
        ("a password", pdf(&image, locked), "encrypted; open it with its password"),
        ("too much", pdf(&bomb, ""), "streams: more than 0 MiB of text when unpacked; raise the limit with --max-size"),
        ("another thing", b"no such file".to_vec(), "not a PDF file: it does not begin as one"),
        ("nothing else", b"%PDF-1.7\n".to_vec(), "not sound as a PDF file"),
    ];
    for (name, bytes, expected) in cases {
        let reading = Reading { max_bytes: 64 << 10, ..Reading::default() };
        let error = Draft::from_reader("d.pdf", Format::Pdf, bytes.as_slice(), &reading).expect_err(name).to_string();
        assert!(error.starts_with("d.pdf: ") && error.contains(expected), "{name}: {error}");
    }
}

#[test]
fn documents_of_before_2007_are_read_in_all_their_parts() {
    let draft = read(Format::Doc, &fixture("statement-97.doc")).unwrap();
    let found = texts(&draft);
    for part in ["of China containment", "A footnote on bloc politics.", "A cell", "Draft of 1 May", "\u{d55c}\u{ad6d}"]
    {
        assert!(found.iter().any(|text| text.contains(part)), "{part}: {found:?}");
    }
    assert!(found.iter().all(|text| !text.contains("hidden") && !text.contains("deleted")), "{found:?}");
    for cut in [0, 8, 100, 600, 5000] {
        assert!(read(Format::Doc, &fixture("statement-97.doc")[..cut]).is_err(), "{cut}");
    }
}

#[test]
fn no_byte_that_is_wrong_makes_a_reader_panic() {
    let rtf = b"{\\rtf1{\\fonttbl{\\f1\\fcharset129 B;}}\\f1\\'c7\\'d1{\\footnote a}\\u54620?{\\*\\shppict{\\pict 00}}\\bin3 abc}".to_vec();
    let files = [
        (Format::Rtf, rtf),
        (Format::Doc, fixture("statement-97.doc")),
        (Format::Pdf, fixture("statement-print.pdf")),
        (Format::FlatOpenDocument, fixture("statement-flat.fodt")),
    ];
    for (format, sound) in files {
        let step = (sound.len() / 40).max(1);
        for at in (0..sound.len()).step_by(step) {
            for wrong in [0, 0xff, b'9'] {
                let mut bytes = sound.clone();
                bytes[at] = wrong;
                drop(read(format, &bytes));
            }
            drop(read(format, &sound[..at]));
        }
    }
}

#[test]
fn what_is_only_called_a_document_of_word_is_read_or_named() {
    let text = "They support China containment.\n";
    let utf16: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let rtf = b"\xef\xbb\xbf{\\rtf1 They support China containment.}".to_vec();
    for (name, bytes) in [("a.doc", text.as_bytes().to_vec()), ("b.doc", utf16), ("c.doc", rtf.clone()), ("d.rtf", rtf)]
    {
        let drafts = folder([(name, bytes)]);
        let output = check().args(["--pack", "framing", "--format", "short", name]).in_dir(&drafts).run();
        assert!(output.code == 1 && output.stdout.contains("china-containment"), "{name}: {output:?}");
    }
    for (bytes, expected) in [
        (
            &b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n"[..],
            "a web page in one file (MHTML)",
        ),
        (
            b"<?xml version=\"1.0\"?>\n<?mso-application progid=\"Word.Document\"?>\n<w:wordDocument/>",
            "in XML (Word 2003)",
        ),
        (b"\xdb\xa5\x2d\0\0\0", "before version 6"),
        (b"", "it does not begin as one"),
        (b"\0\x01\x02", "it does not begin as one"),
    ] {
        let drafts = folder([("a.doc", bytes)]);
        let output = check().arg("a.doc").in_dir(&drafts).run();
        assert!(output.code == 2 && output.stderr.contains(expected), "{expected}: {output:?}");
    }
}
