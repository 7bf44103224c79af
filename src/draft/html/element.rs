//! Properties of HTML elements that matter to a reader of text, by their names and attributes.

use super::token::Tag;
use crate::text::block::BlockKind;
use crate::text::numeral::Numerals;

/// True if the element parts the text before it from the text behind it.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "colgroup"
            | "dd"
            | "desc"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "frameset"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "head"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "optgroup"
            | "option"
            | "p"
            | "plaintext"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "text"
            | "tfoot"
            | "th"
            | "thead"
            | "title"
            | "tr"
            | "ul"
            | "xmp"
    )
}

/// True if the element has no content and no end tag.
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "basefont"
            | "bgsound"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "img"
            | "input"
            | "keygen"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// True if the content of the element is never text: it is code of another kind, a choice or a field of a form, or the reading of
/// characters over them.
pub(super) fn is_hidden(name: &str) -> bool {
    matches!(
        name,
        "datalist"
            | "iframe"
            | "math"
            | "noembed"
            | "rp"
            | "rt"
            | "rtc"
            | "script"
            | "select"
            | "style"
            | "template"
            | "textarea"
    )
}

/// True if the content of the element is for programs, or says once more what is said beside it.
pub(super) fn is_machine(name: &str) -> bool {
    matches!(name, "iframe" | "noembed" | "rp" | "script" | "style")
}

/// True if the element stands for code, which is no text.
pub(super) fn is_code(name: &str) -> bool {
    matches!(name, "code" | "kbd" | "samp" | "xmp")
}

/// The attribute whose value is shown in the place of the element: the words that stand for an image, the name of a button.
pub(super) fn words_attribute(tag: &Tag) -> Option<&'static str> {
    match tag.name.as_str() {
        "area" | "image" | "img" => Some("alt"),
        "input" => match &*tag.value("type").to_ascii_lowercase() {
            "image" => Some("alt"),
            "button" | "reset" | "submit" => Some("value"),
            _ => None,
        },
        _ => None,
    }
}

/// The attributes that hold what is filled in or chosen in a form, or a page within the page.
pub(super) fn field_attributes(tag: &Tag) -> &'static [&'static str] {
    match tag.name.as_str() {
        "iframe" => &["srcdoc"],
        "input" => match &*tag.value("type").to_ascii_lowercase() {
            "button" | "checkbox" | "color" | "file" | "hidden" | "image" | "radio" | "range" | "reset" | "submit" => {
                &[]
            }
            _ => &["placeholder", "value"],
        },
        "optgroup" | "option" => &["label"],
        "textarea" => &["placeholder"],
        _ => &[],
    }
}

/// True if the element is something between words that no phrase crosses, such as a button.
pub(super) fn is_thing(name: &str) -> bool {
    matches!(
        name,
        "audio"
            | "button"
            | "canvas"
            | "embed"
            | "iframe"
            | "input"
            | "math"
            | "meter"
            | "object"
            | "progress"
            | "select"
            | "svg"
            | "textarea"
            | "video"
    )
}

/// True if an end tag inside the element ends nothing outside of it.
pub(super) fn is_scope(name: &str) -> bool {
    let is_own =
        matches!(name, "applet" | "caption" | "html" | "marquee" | "object" | "table" | "td" | "template" | "th");
    is_own || is_home(name)
}

/// True if the element is the root of drawings or formulas.
pub(super) fn is_foreign(name: &str) -> bool {
    matches!(name, "math" | "svg")
}

/// True if HTML stands in the element of a drawing or a formula.
pub(super) fn is_home(name: &str) -> bool {
    matches!(name, "annotation-xml" | "desc" | "foreignobject" | "mi" | "mn" | "mo" | "ms" | "mtext")
}

/// True if the start of an element ends the drawing or the formula that is open: whoever wrote it has forgotten the end tag.
pub(super) fn breaks_out(name: &str) -> bool {
    let is_inline = matches!(
        name,
        "b" | "big"
            | "br"
            | "code"
            | "em"
            | "embed"
            | "i"
            | "img"
            | "meta"
            | "nobr"
            | "ruby"
            | "s"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "tt"
            | "u"
            | "var"
    );
    let is_block = matches!(
        name,
        "blockquote"
            | "body"
            | "center"
            | "dd"
            | "div"
            | "dl"
            | "dt"
            | "head"
            | "hr"
            | "li"
            | "listing"
            | "menu"
            | "ol"
            | "p"
            | "pre"
            | "table"
            | "ul"
    );
    is_inline || is_block || heading_level(name).is_some()
}

/// True if the element stands in a table only.
pub(super) fn is_of_table(name: &str) -> bool {
    matches!(name, "caption" | "col" | "colgroup" | "tbody" | "td" | "tfoot" | "th" | "thead" | "tr")
}

/// The level of `h1` to `h6`.
pub(super) fn heading_level(name: &str) -> Option<usize> {
    let level = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

/// The elements that a start tag ends when they are open, up to those that it does not look beyond.
pub(super) struct Ends {
    pub(super) ended: &'static [&'static str],
    pub(super) within: &'static [&'static str],
}

/// Returns the elements that the start of an element ends, in order.
pub(super) fn ended_by(name: &str) -> &'static [Ends] {
    const TABLE: &[&str] = &["table", "template", "html"];
    const P: Ends = Ends { ended: &["p"], within: &["button"] };
    match name {
        "li" => &[Ends { ended: &["li"], within: &["ul", "ol", "menu", "dir", "dl", "blockquote"] }, P],
        "dt" | "dd" => &[Ends { ended: &["dt", "dd"], within: &["dl", "ul", "ol", "blockquote"] }, P],
        "td" | "th" => &[Ends { ended: &["td", "th", "caption"], within: TABLE }],
        "tr" => &[Ends { ended: &["tr", "td", "th", "caption", "colgroup"], within: TABLE }],
        "tbody" | "thead" | "tfoot" | "caption" | "colgroup" => {
            &[Ends { ended: &["tbody", "thead", "tfoot", "tr", "td", "th", "caption", "colgroup"], within: TABLE }]
        }
        "option" | "optgroup" => &[Ends { ended: &["option"], within: &["select", "datalist"] }],
        "rt" | "rp" | "rtc" | "rb" => &[Ends { ended: &["rt", "rp", "rb"], within: &["ruby"] }],
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            const HEADINGS: &[&str] = &["h1", "h2", "h3", "h4", "h5", "h6"];
            &[Ends { ended: HEADINGS, within: &["div", "section", "article", "header", "li", "blockquote"] }, P]
        }
        "body" => &[Ends { ended: &["head"], within: &["html"] }],
        // Those that do not stand in each other.
        "a" => &[Ends { ended: &["a"], within: TABLE }],
        "button" => &[Ends { ended: &["button"], within: TABLE }],
        "nobr" => &[Ends { ended: &["nobr"], within: TABLE }],
        "select" | "input" | "textarea" => &[Ends { ended: &["select"], within: TABLE }],
        _ if is_block(name) => &[P],
        _ => &[],
    }
}

/// True if attributes say that the element is not to be seen.
pub(super) fn is_concealed(tag: &Tag) -> bool {
    // What is found by a search is shown, and so is what a style shows. What is hidden from screen readers only is seen.
    let hidden = tag.attribute("hidden").is_some_and(|hidden| !hidden.value.eq_ignore_ascii_case("until-found"))
        && style(tag, "display").is_none();
    let style = |name: &str, values: &[&str]| style(tag, name).is_some_and(|value| values.contains(&value.as_str()));
    let is_closed = tag.name == "dialog" && tag.attribute("open").is_none() && self::style(tag, "display").is_none();
    let input = tag.name == "input" && tag.value("type").eq_ignore_ascii_case("hidden");
    hidden
        || input
        || is_closed
        || style("display", &["none"])
        || style("mso-hide", &["all"])
        // The number or the bullet of an item, and the comments, of a page that Word wrote.
        || style("mso-list", &["ignore"])
        || style("mso-element", &["comment-list", "comment"])
        || has_class(tag, &["msocomanchor", "msocommentreference"])
}

/// Returns what the style of a tag says of its content: that it is to be seen, or is not. Elements in it may say otherwise.
pub(super) fn is_visible(tag: &Tag) -> Option<bool> {
    match style(tag, "visibility")?.as_str() {
        "hidden" | "collapse" => Some(false),
        "visible" | "initial" => Some(true),
        _ => None,
    }
}

/// True if the content of an element is put into the page, though it is one whose content is not.
pub(super) fn is_shown_as_shadow(tag: &Tag) -> bool {
    tag.name == "template" && matches!(&*tag.value("shadowrootmode").to_ascii_lowercase(), "open" | "closed")
}

/// True if the style of an inline element makes a block of it.
pub(super) fn is_shown_as_block(tag: &Tag) -> bool {
    const BLOCKS: &[&str] = &["block", "flex", "grid", "list-item", "table", "table-cell", "table-row"];
    style(tag, "display").is_some_and(|value| BLOCKS.contains(&value.as_str()))
}

/// The numerals that an ordered list or an item of one says that it is numbered with: `Some(None)` for none at all, `None` where it
/// says nothing. A style counts more than `type`.
pub(super) fn list_numerals(tag: &Tag) -> Option<Option<Numerals>> {
    let named = |name: &str| {
        Some(match name {
            "decimal" => Some(Numerals::Decimal),
            "decimal-leading-zero" => Some(Numerals::DecimalZero),
            "lower-alpha" | "lower-latin" => Some(Numerals::Letters),
            "upper-alpha" | "upper-latin" => Some(Numerals::CapitalLetters),
            "lower-roman" => Some(Numerals::Roman),
            "upper-roman" => Some(Numerals::CapitalRoman),
            "none" | "disc" | "circle" | "square" => None,
            _ => return None,
        })
    };
    let styled = style(tag, "list-style-type").and_then(|value| named(&value));
    let styled = styled.or_else(|| style(tag, "list-style")?.split_ascii_whitespace().find_map(named));
    styled.or_else(|| Numerals::from_first(tag.value("type")).map(Some))
}

/// Returns the value of the last declaration of a property in the `style` of a tag, in lower case.
fn style(tag: &Tag, name: &str) -> Option<String> {
    let declarations = declarations(tag.value("style")).filter_map(|declaration| declaration.split_once(':'));
    let found = declarations.filter(|(property, _)| property.trim().eq_ignore_ascii_case(name)).last()?.1;
    let value = found.to_ascii_lowercase();
    Some(value.split('!').next().unwrap_or_default().trim().to_owned())
}

/// The declarations of a style. A semicolon in a text of it ends none.
fn declarations(style: &str) -> impl Iterator<Item = &str> {
    let mut quote: Option<char> = None;
    style.split(move |c: char| {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            _ => {}
        }
        quote.is_none() && c == ';'
    })
}

/// The kind that an element gives to the blocks in it, if it does, where they would be of the kind `around`.
pub(super) fn kind_of(tag: &Tag, around: BlockKind) -> Option<BlockKind> {
    let is_note = around == BlockKind::Footnote;
    match tag.name.as_str() {
        _ if is_footnote(tag) => Some(BlockKind::Footnote),
        // The notes of a text are a list.
        "li" | "dt" | "dd" if !is_note => Some(BlockKind::List),
        "td" | "th" => Some(BlockKind::Table),
        "blockquote" => Some(BlockKind::Quotation),
        "caption" | "figcaption" | "svg" => Some(BlockKind::Caption),
        "p" if has_class(tag, &["msocaption"]) => Some(BlockKind::Caption),
        "p" if style(tag, "mso-list").is_some() && !is_note => Some(BlockKind::List),
        // Pages of old are laid out in the cells of tables.
        "p" | "article" | "section" | "main" | "table" if around == BlockKind::Table => Some(BlockKind::Paragraph),
        _ => None,
    }
}

/// The level of the heading that an element is.
pub(super) fn level_of(tag: &Tag) -> Option<usize> {
    if tag.name == "p" && has_class(tag, &["msotitle"]) {
        return Some(1);
    }
    if has_role(tag, &["heading"]) {
        return Some(tag.value("aria-level").trim().parse().unwrap_or(2).clamp(1, 6));
    }
    heading_level(&tag.name)
}

/// True if the element is a footnote, or holds some.
pub(super) fn is_footnote(tag: &Tag) -> bool {
    const NAMES: &[&str] = &["endnote", "endnotes", "footnote", "footnotes", "rearnote", "rearnotes"];
    let element = style(tag, "mso-element").unwrap_or_default();
    let is_mark = matches!(tag.name.as_str(), "a" | "sup") || is_note_mark(tag);
    !is_mark
        && (has_role(tag, &["doc-footnote", "doc-endnote", "doc-endnotes"])
            || has_type(tag, NAMES)
            || has_class(tag, NAMES)
            || has_class(tag, &["msofootnotetext", "msoendnotetext"])
            || ["footnote", "footnote-list", "endnote", "endnote-list"].contains(&element.as_str()))
}

/// True if the element is the mark of a footnote, or what leads back from one.
pub(super) fn is_note_mark(tag: &Tag) -> bool {
    const CLASSES: &[&str] = &[
        "footnote-back",
        "footnote-backref",
        "footnote-ref",
        "footnoteref",
        "msoendnotereference",
        "msofootnotereference",
        "noteref",
    ];
    tag.name == "sup"
        || has_role(tag, &["doc-noteref", "doc-backlink"])
        || has_type(tag, &["noteref", "backlink"])
        || has_class(tag, CLASSES)
        || (tag.name == "a" && has_class(tag, &["endnote", "footnote"]))
}

fn has_class(tag: &Tag, names: &[&str]) -> bool {
    has_word(tag.value("class"), names)
}

fn has_role(tag: &Tag, names: &[&str]) -> bool {
    has_word(tag.value("role"), names)
}

fn has_type(tag: &Tag, names: &[&str]) -> bool {
    has_word(tag.value("epub:type"), names)
}

fn has_word(value: &str, words: &[&str]) -> bool {
    value.split_ascii_whitespace().any(|here| words.iter().any(|word| word.eq_ignore_ascii_case(here)))
}
