//! The linker at work on a journal of its own.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::LazyLock;

use domain::decision::Tag;
use domain::decisions::choose_model::ChooseModel;
use domain::fact::linker::WhyWithdrawn;
use domain::fact::steward::{Ruling, RulingReason, RulingUndone};
use domain::fact::{Actor, Author, IntakeFact, StewardFact, Subject};
use domain::ids::{EventId, FactId, KeyId, MatchId, PartyId};
use jiff::{SignedDuration, Timestamp};
use journal::{Cause, IndexKey, Journal, KeyEncryptionKey, PoolOptions, Transaction, Vault};
use linker::Linker;
use matching::engine::Engine;
use matching::gate::Policy;
use matching::model::Model;
use sqlx::Connection;
use tokio::sync::Mutex;
use verband_tests::Database;
use zeroize::Zeroizing;

use crate::facts::facts;
use crate::story::{Said, Story, What};

/// The model of courts, made ready under either policy.
static ENGINES: LazyLock<[Arc<Engine>; 2]> = LazyLock::new(|| {
    [Policy::Rules, Policy::Numbers].map(|policy| Arc::new(Engine::new(Model::of_courts().unwrap(), policy).unwrap()))
});

/// How many facts are handled together at most: those of one case are then decided on at once.
const TOGETHER: usize = 4;

/// A register with its journal.
pub struct Register {
    pub database: Database,
    intake: Journal,
    steward: Journal,
    /// What decides.
    pub engine: Arc<Engine>,
    pub linker: Linker,
    /// How much of a story was told already.
    told: Mutex<usize>,
}

fn vault() -> Vault {
    let kek = KeyEncryptionKey { number: 1, bytes: Zeroizing::new([7; 32]) };
    Vault::new(kek, &IndexKey(Zeroizing::new([8; 32])))
}

/// When an event of a version happened.
pub fn time_of(version: u64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_hours(i64::try_from(version).unwrap())
}

impl Register {
    pub async fn open(policy: usize) -> Self {
        let engine = Arc::clone(&ENGINES[policy % 2]);
        let database = Database::fresh().await;
        let journal = |author: Author| {
            let options = PoolOptions { max_connections: 6, application: "test" };
            Journal::new(journal::connect(&database.url(author.as_str()), &options).unwrap(), author)
        };
        let linker = Linker::new(journal(Author::Linker), vault(), Arc::clone(&engine));
        let (intake, steward) = (journal(Author::Intake), journal(Author::Steward));
        Self { database, intake, steward, engine, linker, told: Mutex::new(0) }
    }

    /// Forgets everything, which only its owner can.
    pub async fn empty(&self) {
        let mut owner = self.database.connect("postgres").await;
        for statement in [
            "alter table journal.facts disable trigger facts_are_final",
            "truncate journal.facts, journal.inbox, journal.parked, journal.keys, linker.records, linker.keys, linker.doors, linker.ties, linker.pairs, linker.names, linker.merges, linker.aliases, linker.persons, linker.in_force, linker.activations, linker.building, linker.meanwhile, linker.set_aside",
            "alter table journal.facts enable trigger facts_are_final",
        ] {
            sqlx::query(statement).execute(&mut owner).await.unwrap();
        }
        owner.close().await.unwrap();
        *self.told.lock().await = 0;
    }

    /// Everything of a story is told in some order, some of it twice, and handled by so many deciders as it comes.
    pub async fn live(&self, story: &Story, seed: u64, deciders: usize) {
        let waiting = story.order(seed);
        let waiting = Mutex::new(VecDeque::from(waiting));
        let mut working = Vec::with_capacity(deciders);
        working.resize_with(deciders, || self.decide(story, &waiting));
        futures::future::join_all(working).await;
        *self.told.lock().await = story.said.len();
    }

    async fn decide(&self, story: &Story, waiting: &Mutex<VecDeque<usize>>) {
        loop {
            // One at a time or a few, so that some are decided on together.
            let next: Vec<usize> = {
                let mut waiting = waiting.lock().await;
                let count = waiting.front().map_or(0, |number| 1 + number % TOGETHER).min(waiting.len());
                waiting.drain(..count).collect()
            };
            if next.is_empty() {
                return;
            }
            let mut facts = Vec::new();
            for number in next {
                facts.extend(self.tell_all(story, number).await);
            }
            self.linker.clone().handle(facts).await.unwrap();
        }
    }

    /// Tells something. Answers the facts: the correction, where it is one, and what it says.
    async fn tell_all(&self, story: &Story, number: usize) -> Vec<FactId> {
        let mut facts = vec![self.tell(story, number).await];
        if matches!(story.said[number], Said::Told { corrects: Some(_), .. }) {
            let event = EventId::derived(&["said", &number.to_string()]);
            facts.push(FactId::derived(&["intake", &event.uuid().to_string(), "2"]));
        }
        facts
    }

    /// Hears something again that was told before.
    pub async fn heard_again(&self, linker: &Linker, story: &Story, number: usize) {
        let id = self.tell(story, number).await;
        linker.clone().handle(vec![id]).await.unwrap();
    }

    /// What is new of a story is told, and nobody handles it yet. Answers the facts.
    pub async fn only_told(&self, story: &Story) -> Vec<FactId> {
        let told = std::mem::replace(&mut *self.told.lock().await, story.said.len());
        let mut facts = Vec::new();
        for number in told..story.said.len() {
            facts.push(self.tell(story, number).await);
        }
        facts
    }

    /// A story is in the journal and in the read model, as if it had been handled and nothing decided about it.
    pub async fn was_handled(&self, story: &Story) {
        self.only_told(story).await;
        let mut owner = self.database.connect("postgres").await;
        sqlx::query("insert into journal.inbox (consumer, fact) select 'linker', id from journal.facts")
            .execute(&mut owner)
            .await
            .unwrap();
        owner.close().await.unwrap();
        assert!(self.linker.rebuild(|_| ()).await.unwrap().is_some());
    }

    /// The linker after a restart of its process.
    pub fn restarted(&self) -> Linker {
        Linker::new(self.linker.journal.clone(), vault(), Arc::clone(&self.engine))
    }

    /// A digest of the read model in use.
    pub async fn read_model(&self) -> String {
        self.linker.try_rebuild().await.unwrap().expect("nobody else builds one").before
    }

    /// The read model is gone, as after a migration.
    pub async fn loses_its_read_model(&self) {
        self.owner_does(
            "truncate linker.records, linker.keys, linker.doors, linker.ties, linker.pairs, linker.names, linker.merges,
             linker.aliases, linker.persons",
        )
        .await;
    }

    /// The database lets nobody in any more, and throws out who is.
    pub async fn goes_away(&self) {
        self.owner_does(
            "do $$ begin execute format('alter database %I connection limit 0', current_database()); end $$",
        )
        .await;
        self.owner_does(
            "do $$ begin perform pg_terminate_backend(pid) from pg_stat_activity
             where datname = current_database() and usename = 'linker'; end $$",
        )
        .await;
    }

    /// It lets everybody in again.
    pub async fn comes_back(&self) {
        self.owner_does(
            "do $$ begin execute format('alter database %I connection limit -1', current_database()); end $$",
        )
        .await;
    }

    /// A fact that no version of this house wrote. Answers its id.
    pub async fn strange(&self, kind: &str, data: &str) -> FactId {
        let id = FactId::derived(&["strange", kind]);
        let mut owner = self.database.connect("postgres").await;
        sqlx::query(
            "insert into journal.facts (id, kind, tags, data, cause, actor, event_time)
             values ($1, $2, '{}', $3::jsonb, $1, 'service:intake', now())",
        )
        .bind(id.uuid())
        .bind(kind)
        .bind(data)
        .execute(&mut owner)
        .await
        .unwrap();
        owner.close().await.unwrap();
        id
    }

    /// The database refuses whatever the linker says of a record.
    pub async fn refuses(&self, party: PartyId) {
        self.owner_does("create table if not exists public.refused (tag text)").await;
        self.owner_does(
            "create or replace function public.refuse() returns trigger language plpgsql security definer as $$ begin
                 if new.kind like 'linker.%' and exists (select from public.refused where tag = any(new.tags)) then
                     raise exception 'what was said is refused';
                 end if;
                 return new;
             end $$",
        )
        .await;
        self.owner_does(
            "create or replace trigger refuses before insert on journal.facts for each row execute function public.refuse()",
        )
        .await;
        let mut owner = self.database.connect("postgres").await;
        let tag = Tag::from(party).as_str().to_owned();
        sqlx::query("insert into public.refused (tag) values ($1)").bind(tag).execute(&mut owner).await.unwrap();
        owner.close().await.unwrap();
    }

    /// It refuses nothing any more.
    pub async fn refuses_nothing(&self) {
        self.owner_does("truncate public.refused").await;
    }

    /// The link that was written last ends, by no decision of anybody's.
    pub async fn loses_a_link(&self) {
        self.owner_does(
            "insert into journal.facts (id, kind, tags, data, cause, actor, event_time)
             select gen_random_uuid(), 'linker.link-withdrawn', tags,
                    jsonb_build_object('link', data -> 'link', 'cases', data -> 'cases', 'because', 'case-withdrawn'),
                    cause, actor, event_time
             from journal.facts where kind = 'linker.cases-linked' order by position desc limit 1",
        )
        .await;
    }

    async fn owner_does(&self, statement: &'static str) {
        let mut owner = self.database.connect("postgres").await;
        sqlx::query(statement).execute(&mut owner).await.unwrap();
        owner.close().await.unwrap();
    }

    /// What the facts of a kind say, in order.
    pub async fn said(&self, kind: &str) -> Vec<serde_json::Value> {
        let mut owner = self.database.connect("postgres").await;
        let query = sqlx::query_scalar("select data from journal.facts where kind = $1 order by position").bind(kind);
        let data = query.fetch_all(&mut owner).await.unwrap();
        owner.close().await.unwrap();
        data
    }

    /// How many facts the linker wrote.
    pub async fn facts_of_linker(&self) -> i64 {
        let mut owner = self.database.connect("postgres").await;
        let query = sqlx::query_scalar("select count(*) from journal.facts where kind like 'linker.%'");
        let count = query.fetch_one(&mut owner).await.unwrap();
        owner.close().await.unwrap();
        count
    }

    /// Why questions were withdrawn, in order.
    pub async fn withdrawn(&self) -> Vec<WhyWithdrawn> {
        let mut owner = self.database.connect("postgres").await;
        let query = sqlx::query_scalar(
            "select data -> 'because' from journal.facts where kind = 'linker.question-withdrawn' order by position",
        );
        let reasons: Vec<serde_json::Value> = query.fetch_all(&mut owner).await.unwrap();
        owner.close().await.unwrap();
        reasons.into_iter().map(|reason| serde_json::from_value(reason).unwrap()).collect()
    }

    /// Two operators put the other policy in force, and the register is decided anew by it.
    pub async fn switches(&self, policy: usize) -> Arc<Engine> {
        let engine = Arc::clone(&ENGINES[(policy + 1) % 2]);
        let code = engine.id().rsplit('/').next().unwrap().to_owned();
        let by = |who: &str| Subject::parse(who).unwrap();
        let actor = Actor::service(Author::Linker);
        let (of, proposed_by) = (engine.id().to_owned(), by("femke"));
        let wish = ChooseModel::Propose {
            engine: of,
            policy: code,
            model: self.linker.sealed(&engine).unwrap(),
            by: proposed_by,
        };
        let known = self.linker.choose(&wish, actor.clone(), Timestamp::UNIX_EPOCH).await.unwrap();
        let proposal = *known.proposals.iter().find(|(_, proposal)| proposal.is_open()).unwrap().0;
        let wish = ChooseModel::Approve { proposal, by: by("gerda") };
        self.linker.choose(&wish, actor, Timestamp::UNIX_EPOCH).await.unwrap();
        let mut owner = self.database.connect("postgres").await;
        let query = sqlx::query_scalar(
            "select id from journal.facts where kind = 'linker.model-activated' order by position desc limit 1",
        );
        let activated: uuid::Uuid = query.fetch_one(&mut owner).await.unwrap();
        owner.close().await.unwrap();
        for _ in 0..2 {
            self.linker.clone().handle(vec![FactId::from_uuid(activated)]).await.unwrap();
        }
        engine
    }

    /// Whoever puts models in force does so, until there is nothing left to do.
    pub async fn decides_anew(&self) {
        while self.linker.activate(|| true).await.unwrap() {}
        assert_eq!(self.database.count("select count(*) from linker.activations").await, 0);
    }

    /// Some records are erased, twice, which only the database's owner can.
    pub async fn forget(&self, story: &mut Story, seed: u64) {
        let options = PoolOptions { max_connections: 2, application: "test" };
        let pool = journal::connect(&self.database.url("postgres"), &options).unwrap();
        let owner = Linker::new(Journal::new(pool, Author::Linker), vault(), Arc::clone(&self.engine));
        for party in story.some_parties(seed) {
            assert!(owner.forget(party, Timestamp::UNIX_EPOCH).await.unwrap());
            assert!(!owner.forget(party, Timestamp::UNIX_EPOCH).await.unwrap(), "there is nothing left");
            story.erased.insert(party);
        }
    }

    /// What is new of a story is told and handled.
    pub async fn live_on(&self, story: &Story) {
        let told = std::mem::replace(&mut *self.told.lock().await, story.said.len());
        for number in told..story.said.len() {
            let facts = self.tell_all(story, number).await;
            self.linker.clone().handle(facts).await.unwrap();
        }
    }

    async fn facts(&self, transaction: &mut Transaction, number: usize, said: &Said) -> Vec<IntakeFact> {
        let key = match said {
            Said::Told { what: What::Added { party, .. } | What::Details { party, .. }, .. } => KeyId::of_party(*party),
            _ => KeyId::of_event(EventId::derived(&["said", &number.to_string()])),
        };
        let key = vault().make_keys(transaction.sql(), &[key]).await.unwrap().remove(0);
        facts(number, said, &|what, plain| key.seal::<()>(what, plain).unwrap().sealed)
    }

    /// Writes something into the journal, once however often it is told, and before it what it follows on.
    async fn tell(&self, story: &Story, number: usize) -> FactId {
        let said = &story.said[number];
        if let Said::Ruled { after: Some(before), .. } | Said::Undone { after: before, .. } = said {
            Box::pin(self.tell(story, *before)).await;
        }
        let event = EventId::derived(&["said", &number.to_string()]);
        let author = if matches!(said, Said::Told { .. }) { Author::Intake } else { Author::Steward };
        let because = Cause { id: event.uuid(), actor: Actor::service(author), event_time: Timestamp::UNIX_EPOCH };
        let id = FactId::derived(&[author.as_str(), &event.uuid().to_string(), "1"]);
        match said {
            Said::Told { case, .. } => {
                let mut transaction = self.intake.begin().await.unwrap();
                transaction.lock(&[(*case).into(), event.into()].into()).await.unwrap();
                if transaction.fact(id).await.unwrap().is_none() {
                    let facts = self.facts(&mut transaction, number, said).await;
                    transaction.append(facts, &because).await.unwrap();
                    transaction.commit().await.unwrap();
                }
            }
            Said::Ruled { pair, .. } | Said::Undone { pair, .. } => {
                let mut transaction = self.steward.begin().await.unwrap();
                transaction.lock(&[pair.a.into()].into()).await.unwrap();
                if transaction.fact(id).await.unwrap().is_none() {
                    transaction.append(vec![of_steward(said)], &because).await.unwrap();
                    transaction.commit().await.unwrap();
                }
            }
        }
        id
    }
}

/// What a steward said of a pair.
fn of_steward(said: &Said) -> StewardFact {
    let by = Subject::parse("steward").unwrap();
    match said {
        Said::Ruled { pair, same, seen, .. } => {
            let ruling = Ruling {
                question: MatchId::between(*pair),
                pair: *pair,
                by,
                reason: RulingReason::SeenInFile,
                note: None,
                evidence: seen.as_deref().cloned(),
                opinions: Vec::new(),
                parted_in: None,
            };
            if *same { StewardFact::PairConfirmed(ruling) } else { StewardFact::PairRejected(ruling) }
        }
        Said::Undone { pair, of, .. } => StewardFact::RulingUndone(RulingUndone {
            question: MatchId::between(*pair),
            pair: *pair,
            ruling: ruling_of(*of),
            by,
            parted_in: None,
        }),
        Said::Told { .. } => unreachable!("a court said it"),
    }
}

/// The fact of a ruling that was said as number so many.
pub fn ruling_of(number: usize) -> FactId {
    FactId::derived(&["steward", &EventId::derived(&["said", &number.to_string()]).uuid().to_string(), "1"])
}
