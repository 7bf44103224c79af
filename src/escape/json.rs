//! JSON (RFC 8259) in which nothing acts on a terminal or a CI runner.

use super::terminal::{begins_bracket, is_harmless};

/// JSON as a terminal and a log may see it: what is a control character to a terminal but not to JSON, and what begins a command of
/// a runner, is escaped in its strings, which stay the same strings.
pub(crate) fn shown_json(json: &str) -> String {
    let mut shown = String::with_capacity(json.len());
    let mut written = 0;
    let is_plain = |byte: u8| matches!(byte, b'\n' | b' '..=b'~') && byte != b'#';
    for (at, _) in json.bytes().enumerate().filter(|&(at, byte)| !is_plain(byte) && json.is_char_boundary(at)) {
        let c = json[at..].chars().next().expect("a character begins there");
        if !is_harmless(c) || begins_bracket(json, at, c) {
            // All of them are in the basic plane.
            shown += &json[written..at];
            shown += &format!("\\u{:04x}", c as u32);
            written = at + c.len_utf8();
        }
    }
    shown + &json[written..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_harmless_and_stays_the_same() {
        let hostile = "a\u{1b}[31m\u{9b}2J\u{202e}\u{2028}\r\n\t\u{7f}\u{85}\u{feff} \u{c548}\u{1f1f0}\u{61c}\u{200e}\u{200f}\u{2067} ##[x] ##vso[y] ## z";
        let json = serde_json::to_string_pretty(&[hostile]).unwrap();
        let shown = shown_json(&json);
        // What Unicode calls controls, of the line or of the direction of writing.
        let controls = "\u{61c}\u{200e}\u{200f}\u{2028}\u{2029}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}";
        assert!(!shown.contains(|c: char| c != '\n' && (c.is_control() || controls.contains(c))), "{shown}");
        assert!(shown.contains(r"#\u0023[x] #\u0023vso[y] ## z"), "{shown}");
        assert_eq!(serde_json::from_str::<[String; 1]>(&shown).unwrap(), [hostile]);
    }
}
