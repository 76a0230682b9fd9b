//! `verband validate`: whether events would be taken, without a server, by the code that takes them.

use anyhow::{Result, bail};
use contract::{Channel, Received, envelope};
use domain::court::Court;
use domain::fact::intake::Reason;

use super::Line;

/// The subject on which an event of a court is published.
///
/// # Errors
/// What is wrong with an event that does not say its type.
pub fn subject(bytes: &[u8], court: Court) -> Result<String, Reason> {
    let event = Received::new(&[], bytes).event()?;
    let kind = envelope::kind(&event).ok_or_else(|| Reason {
        pointer: "/type".to_owned(),
        code: "type.format".to_owned(),
        text: "expected nl.<jurisdiction>-cases.<what-happened>.v1".to_owned(),
    })?;
    Ok(Channel { jurisdiction: kind.jurisdiction, court, what: kind.what }.to_string())
}

/// Everything that is wrong with an event of a court; nothing for a good one.
pub fn faults(bytes: &[u8], court: Court) -> Vec<Reason> {
    let event = match Received::new(&[], bytes).event() {
        Ok(event) => event,
        Err(reason) => return vec![reason],
    };
    // An event without a readable type has no subject; what else is wrong is told all the same.
    let subject = subject(bytes, court).unwrap_or_else(|_| Channel::UNKNOWN.to_owned());
    contract::read(&subject, &event).err().unwrap_or_default()
}

/// The court of a case's registration, for a file that comes with no other word about it.
pub fn court_of(lines: &[Line]) -> Option<Court> {
    lines.iter().find_map(|line| {
        let event = Received::new(&[], &line.bytes).event().ok()?;
        Court::parse(event.pointer("/data/court")?.as_str()?).ok()
    })
}

/// Prints what is wrong, a line each: line, place, code, what to do.
///
/// # Errors
/// When anything is.
#[expect(clippy::print_stdout, reason = "this is what the command is for")]
pub fn run(lines: &[Line], court: Option<Court>) -> Result<()> {
    let Some(court) = court.or_else(|| court_of(lines)).or_else(|| Court::all().next()) else {
        bail!("no court: name one with --court");
    };
    let mut refused = 0;
    for line in lines {
        let faults = faults(&line.bytes, court);
        refused += usize::from(!faults.is_empty());
        for Reason { pointer, code, text } in faults {
            println!("{}: {} {code}: {text}", line.number, if pointer.is_empty() { "/" } else { &pointer });
        }
    }
    if refused > 0 {
        bail!("{refused} of {} events would be refused", lines.len());
    }
    println!("{} events, all good", lines.len());
    Ok(())
}

#[cfg(test)]
mod tests {
    use contract::files;
    use contract::kinds::KINDS;

    use super::*;

    #[test]
    fn every_example_is_good_and_a_broken_one_is_told() {
        let rotterdam = Court::parse("RBROT").unwrap();
        for kind in KINDS {
            for of in kind.of {
                let event = files::example(kind, *of).to_string().into_bytes();
                assert_eq!(faults(&event, rotterdam), [], "{}", kind.name);
                assert_eq!(subject(&event, rotterdam).unwrap(), files::example_subject(kind, *of));
            }
        }
        assert_eq!(faults(b"{", rotterdam)[0].code, "event.json");
        assert_eq!(faults(b"\xff{}", rotterdam)[0].code, "event.encoding");
        assert_eq!(faults(br#"{"id":"a","id":"b"}"#, rotterdam)[0].code, "event.field-twice");
        let codes: Vec<String> = faults(b"{}", rotterdam).into_iter().map(|reason| reason.code).collect();
        assert!(codes.iter().filter(|code| *code == "field.missing").count() >= 8, "{codes:?}");
    }

    #[test]
    fn a_file_whose_court_is_told_in_it_needs_no_other_word() {
        let registered = KINDS.iter().find(|kind| kind.name == "case-registered").unwrap();
        let bytes = files::example(registered, registered.of[0]).to_string().into_bytes();
        let lines = [Line { number: 1, bytes }];
        assert_eq!(court_of(&lines).map(Court::code), Some("RBROT"));
        assert!(run(&lines, None).is_ok());
        assert!(run(&lines, Court::parse("RBAMS").ok()).is_err());
    }
}
