//! Documents of office suites, as the tests make them.

#[allow(dead_code, reason = "targets need a part")]
#[path = "../../tests/integration/common/odt.rs"]
pub(crate) mod odt;
#[allow(dead_code, reason = "targets need a part")]
#[path = "../../tests/integration/common/word.rs"]
pub(crate) mod word;
