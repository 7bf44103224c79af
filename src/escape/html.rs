//! Text in a page (HTML Standard, 13.2 and 13.3): as little as can be is a reference, for people go on writing the page.

/// Text of an element.
pub(crate) fn html_text(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// The value of an attribute, between such quotation marks.
pub(crate) fn html_attribute(text: &str, mark: char) -> String {
    let mark_reference = if mark == '"' { "&quot;" } else { "&#39;" };
    html_text(text).replace(mark, mark_reference)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_what_it_stands_in() {
        let text = "a & \"b\" <'c'>";
        assert_eq!(html_text(text), "a &amp; \"b\" &lt;'c'>");
        assert_eq!(html_attribute(text, '"'), "a &amp; &quot;b&quot; &lt;'c'>");
        assert_eq!(html_attribute(text, '\''), "a &amp; \"b\" &lt;&#39;c&#39;>");
    }
}
