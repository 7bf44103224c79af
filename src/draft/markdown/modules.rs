//! Code of MDX between paragraphs: what a draft imports and exports.

/// True if a paragraph is code of MDX: what it imports and exports, as JavaScript has it. The name of a module is quoted and has no space and
/// no capital at its beginning; what is exported is declared with `=`, brackets or braces.
pub(super) fn is_module_code(paragraph: &str) -> bool {
    let first = paragraph.lines().next().unwrap_or_default().trim_end();
    let is_import = first.strip_prefix("import ").is_some_and(|rest| {
        let (names, module) = rest.split_once(" from ").unwrap_or((rest, ""));
        let is_open = names.starts_with('{') && !names.contains('}') && first.ends_with(['{', ',']);
        is_module(rest) || is_open || (is_module(module) && names.split(',').all(is_binding))
    });
    let is_export = first.strip_prefix("export ").is_some_and(|rest| {
        let has = |start: &str, signs: &[char]| rest.strip_prefix(start).is_some_and(|rest| rest.contains(signs));
        // One name stands before the sign.
        let declares = |start: &str| {
            let declared = rest.strip_prefix(start).and_then(|rest| rest.split_once('='));
            declared.is_some_and(|(name, _)| is_identifier(name.trim()))
        };
        let from = rest.rsplit_once(" from ").map(|(_, module)| is_module(module));
        (rest.starts_with('{') && from.unwrap_or(rest.contains('}')))
            || (rest.starts_with('*') && from == Some(true))
            || ["const ", "let ", "var "].into_iter().any(declares)
            || has("default ", &['(', '{', '=', ';', '<'])
            || ["function ", "async function ", "class "].iter().any(|start| has(start, &['(', '{']))
    });
    let ends_as_code = paragraph.trim_end().ends_with([';', '}', ')', ']', '"', '\'', '`', ',', '{']);
    (is_import || is_export) && ends_as_code
}

/// True for the quoted name of a module, such as `'./chart.js'`.
fn is_module(text: &str) -> bool {
    let text = text.trim_end_matches(';');
    let name = ['"', '\''].into_iter().find_map(|quote| text.strip_prefix(quote)?.strip_suffix(quote));
    name.is_some_and(|name| {
        !name.contains(char::is_whitespace)
            && name.starts_with(|c: char| c.is_lowercase() || matches!(c, '.' | '/' | '@' | '~'))
    })
}

/// True for a name that an import binds: `x`, `{x`, `x}`, `* as x`.
fn is_binding(text: &str) -> bool {
    let text = text.trim_matches(['{', '}', ' ']);
    text.is_empty() || text.split(" as ").all(|name| name == "*" || is_identifier(name))
}

fn is_identifier(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '$'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_of_modules_is_told_from_text() {
        let code = [
            "import x from 'y'",
            "import {\n  a,\n} from \"y\";",
            "import './a.css'",
            "import * as x from 'y'",
            "export const a = {\n  b: 1,\n}",
            "export default ({children}) => <div>{children}</div>;",
            "export {a} from 'b'",
        ];
        for paragraph in code {
            assert!(is_module_code(paragraph), "{paragraph}");
        }
        let text = [
            "import duties from China rose by 5%.",
            "export controls = a tool",
            "export default judgments",
            "export const",
            "import x from 'y'\nThe leaders met.",
            "Import x from 'y'",
            "import duties from \"China\"",
            "import quotas, tariffs from 'China containment'",
            "import rules {as agreed}",
            "export controls and export const, as agreed (see Annex)",
            "export const controls (= tools)",
            "export {controls",
        ];
        for paragraph in text {
            assert!(!is_module_code(paragraph), "{paragraph}");
        }
    }
}
