//! Whether two answers, or two pages, can be told apart by anything but what they say.

use std::collections::BTreeSet;

use serde_json::Value;

/// Everything that an answer has, by name and kind of value, and nothing of what it says. Of a list: what any of it has.
pub fn shape(of: &Value, at: &str, into: &mut BTreeSet<String>) {
    match of {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| shape(value, &format!("{at}.{name}"), into)),
        Value::Array(items) => items.iter().for_each(|item| shape(item, &format!("{at}[]"), into)),
        leaf => {
            let kind = match leaf {
                Value::Null => "null",
                Value::Bool(_) => "bool",
                Value::Number(_) => "number",
                _ => "text",
            };
            into.insert(format!("{at}: {kind}"));
        }
    }
}

/// The elements of a page with what they are called by and where they lead, without ids and without what stands in them.
pub fn skeleton(page: &str, question: &str) -> Vec<String> {
    let tags = page.split('<').filter_map(|part| part.split_once('>')).map(|(tag, _)| tag);
    let plain = |tag: &str| {
        !["path", "rect", "text", "line", "ins", "del", "/ins", "/del"].contains(&tag.split(' ').next().unwrap_or(""))
    };
    let kept = |tag: &str| {
        let parts = tag.replace(question, "ID");
        let (name, rest) = parts.split_once(' ').unwrap_or((&parts, ""));
        let attributes = rest.split("\" ").filter(|part| {
            ["name=", "action=", "href=", "class=", "id=", "type="].iter().any(|kept| part.starts_with(kept))
        });
        format!("{name} {}", attributes.collect::<Vec<_>>().join(" "))
    };
    tags.filter(|tag| plain(tag)).map(kept).collect()
}
