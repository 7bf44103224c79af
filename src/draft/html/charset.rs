//! The encoding that a page says it is in.

/// The number of bytes from the start of a page in which its encoding is looked for.
const REACH: usize = 1 << 16;

/// The name of the encoding that `<meta charset="...">`, or the declaration of XHTML, names.
pub(in crate::draft) fn declared(page: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&page[..page.len().min(REACH)]).to_ascii_lowercase();
    let start = head.trim_start_matches('\u{feff}').trim_start();
    let declaration = start.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
    let in_xml = declaration.and_then(|(declaration, _)| value_behind(declaration, "encoding"));
    let metas = head.split("<meta").skip(1).map(|rest| rest.split('>').next().unwrap_or_default());
    in_xml.or_else(|| metas.into_iter().find_map(|meta| value_behind(meta, "charset")))
}

/// Encodings that write all characters in the bytes of ASCII, so that a page in them passes for UTF-8, and what begins other characters.
const SEVEN_BIT: &[(&str, &[u8])] = &[("iso-2022-", b"\x1b"), ("utf-7", b"+"), ("hz-gb-2312", b"~{")];

/// Returns the offset of the first character of a page in such an encoding that is not of ASCII.
pub(in crate::draft) fn seven_bit(page: &[u8], declared: &str) -> Option<usize> {
    let (_, mark) = SEVEN_BIT.iter().find(|(name, _)| declared.starts_with(name))?;
    memchr::memmem::find(page, mark)
}

/// The name that stands behind a key and `=`, with or without a quotation mark.
fn value_behind(text: &str, key: &str) -> Option<String> {
    let (_, rest) = text.split_once(key)?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.');
    let name = &rest[..rest.find(|c| !is_name(c)).unwrap_or(rest.len())];
    (1..=40).contains(&name.len()).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_names_its_encoding_in_one_of_three_ways() {
        let cases: [(&[u8], Option<&str>); 8] = [
            (b"<html><META charset=EUC-KR>\xb4", Some("euc-kr")),
            (b"<meta name=x content='a'><meta charset = 'utf-8' />", Some("utf-8")),
            (b"<meta http-equiv=\"Content-Type\" content=\"text/html; charset=windows-1252\">", Some("windows-1252")),
            (b"<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><html>", Some("shift_jis")),
            (b"<p>charset=koi8-r</p>", None),
            (b"<meta charset>", None),
            (b"<meta charset='", None),
            (b"", None),
        ];
        for (page, expected) in cases {
            assert_eq!(declared(page).as_deref(), expected, "{}", page.escape_ascii());
        }
    }
}
