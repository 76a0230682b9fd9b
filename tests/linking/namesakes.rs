//! A common name with a thousand candidates: what one more costs is counted, and what is too much is asked about.

use domain::fact::linker::Question;
use linker::audit::PATIENCE;
use linker::state::State;
use linker::work::Looked;

use crate::outcome::{at_once, decided};
use crate::register::Register;
use crate::story::{Story, Who};

/// How many of one name there are.
const NAMESAKES: u64 = 1_000;
/// How many of them come one by one, the others being there.
const LIVE: u64 = 3;

const JAN: Who = Who { surname: "Jansen", given: "Jan", ..Who::NOBODY };

/// A register of namesakes, the last of whom come one by one. Answers what each of those cost.
async fn namesakes(register: &Register, who: Who) -> (Story, Vec<Looked>) {
    let mut story = Story::default();
    for number in LIVE..NAMESAKES {
        story.says(&format!("namesake {number}"), who);
    }
    register.was_handled(&story).await;
    let mut costs = Vec::new();
    for number in 0..LIVE {
        let before = register.linker.work.so_far();
        story.says(&format!("namesake {number}"), who);
        register.live_on(&story).await;
        costs.push(register.linker.work.so_far().since(before));
    }
    (story, costs)
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_thousand_one_more_costs_what_the_last_did_and_what_is_too_much_is_asked() {
    let register = Register::open(1).await;
    let (story, costs) = namesakes(&register, JAN).await;
    // Compared with each, then solved with them; nothing is read of what was ever said but what stands.
    for cost in &costs {
        assert!(cost.opened <= 2 * NAMESAKES && cost.compared <= NAMESAKES + NAMESAKES * NAMESAKES / 2, "{costs:?}");
        assert!(cost.facts <= costs[1].facts + LIVE && cost.facts <= 2 * NAMESAKES, "{costs:?}");
    }
    let once = at_once(&register.engine, &story);
    let now = decided(&register).await;
    assert_eq!(now, once, "nothing is dropped");
    let state = State::at(&register.linker.journal, None).await.unwrap();
    let asked = state.questions.values().map(|asked| &asked.said);
    let too_many: Vec<&Question> = asked.filter(|asked| asked.evidence.rule == "too-many").collect();
    assert!(!too_many.is_empty(), "that only the stronger ties were looked at is a task");
    let told = register.said("linker.match-possible").await;
    let is_told = |asked: &Question| told.contains(&serde_json::to_value(asked).unwrap());
    assert!(too_many.into_iter().all(is_told), "told as what the desk makes its tasks of");
    let report = register.linker.audit(PATIENCE).await.unwrap();
    assert!(report.findings.is_empty(), "{:#?}", report.findings);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_in_many_cases_costs_what_stands_and_not_what_was_ever_said() {
    let register = Register::open(1).await;
    let mut story = Story::default();
    let mut costs = Vec::new();
    for number in 0..40_u64 {
        story.says(&format!("case {number}"), Who { bsn: Some(0), birth: "1990-01-01", ..JAN });
        let before = register.linker.work.so_far();
        register.live_on(&story).await;
        costs.push(register.linker.work.so_far().since(before).facts);
    }
    // Of each case who was added, of every two their link, of the person what was said last; read for who and for what belongs together.
    for (cases, cost) in (1..).zip(&costs) {
        assert!(*cost <= cases * (cases - 1) / 2 + 2 * cases + 8, "{costs:?}");
    }
    assert_eq!(decided(&register).await, at_once(&register.engine, &story));
}
