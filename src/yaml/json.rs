//! The values of a file that is JSON, as the packs that ship are laid out. They stand nowhere.

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::tree::{At, Tree, YamlValue};

/// The values that this JSON is.
///
/// # Errors
/// If it is no JSON.
pub(super) fn parse(name: &str, json: &'static str) -> Result<Tree, serde_json::Error> {
    let mut tree = Tree::new(name.into(), "".into());
    tree.root = JsonSeed(&mut tree).deserialize(&mut serde_json::Deserializer::from_str(json))?;
    Ok(tree)
}

/// Reads a value of JSON into a tree, and tells where it is among its values.
struct JsonSeed<'t>(&'t mut Tree);

impl JsonSeed<'_> {
    fn push(self, value: YamlValue) -> At {
        self.0.push(value, (0, 0), false)
    }
}

impl DeserializeSeed<'static> for JsonSeed<'_> {
    type Value = At;

    fn deserialize<D: Deserializer<'static>>(self, deserializer: D) -> Result<At, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Visitor<'static> for JsonSeed<'_> {
    type Value = At;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<At, E> {
        Ok(self.push(YamlValue::Null))
    }

    fn visit_bool<E>(self, value: bool) -> Result<At, E> {
        Ok(self.push(YamlValue::Bool(value)))
    }

    fn visit_u64<E>(self, value: u64) -> Result<At, E> {
        Ok(self.push(YamlValue::Number(value.into())))
    }

    fn visit_i64<E>(self, value: i64) -> Result<At, E> {
        Ok(self.push(YamlValue::Number(value.into())))
    }

    fn visit_f64<E>(self, value: f64) -> Result<At, E> {
        Ok(self.push(YamlValue::Number(value.into())))
    }

    fn visit_str<E>(self, value: &str) -> Result<At, E> {
        Ok(self.push(YamlValue::Text(value.to_owned().into())))
    }

    fn visit_borrowed_str<E>(self, value: &'static str) -> Result<At, E> {
        Ok(self.push(YamlValue::Text(value.into())))
    }

    fn visit_seq<A: SeqAccess<'static>>(self, mut list: A) -> Result<At, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(JsonSeed(self.0))? {
            items.push(item);
        }
        Ok(self.push(YamlValue::List(items)))
    }

    fn visit_map<A: MapAccess<'static>>(self, mut map: A) -> Result<At, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = map.next_key_seed(JsonSeed(self.0))? {
            entries.push((key, map.next_value_seed(JsonSeed(self.0))?));
        }
        Ok(self.push(YamlValue::Map(entries)))
    }
}
