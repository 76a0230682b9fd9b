//! Sealing and forgetting.

use domain::fact::intake::PartyAdded;
use domain::fact::{Author, Body, IntakeFact, SourceVersion};
use domain::ids::{CaseId, EventId, KeyId, PartyId};
use domain::name::{NameParts, PersonName};
use domain::party::PartyDetails;
use domain::role::Role;
use jiff::Timestamp;
use journal::{Cursor, IndexKey, KeyEncryptionKey, Vault, VaultError};
use verband_tests::Database;
use zeroize::Zeroizing;

use crate::{cause, journal};

fn vault(number: i16) -> Vault {
    let kek = KeyEncryptionKey { number, bytes: Zeroizing::new([7; 32]) };
    Vault::new(kek, &IndexKey(Zeroizing::new([8; 32])))
}

#[tokio::test]
async fn a_dropped_key_leaves_the_journal_readable_and_the_person_gone() {
    let database = Database::fresh().await;
    let (intake, linker) = (journal(&database, Author::Intake), journal(&database, Author::Linker));
    let (case, party) = (CaseId::derived(&["c"]), PartyId::derived(&["p"]));
    let name = PersonName::parse(&NameParts { surname: Some("El Amrani"), ..NameParts::default() }).unwrap();
    let details = PartyDetails { name, ..PartyDetails::default() };

    let mut transaction = intake.begin().await.unwrap();
    let key = vault(1).make_keys(transaction.sql(), &[KeyId::of_party(party)]).await.unwrap().remove(0);
    let added = IntakeFact::PartyAdded(PartyAdded {
        case,
        party,
        version: SourceVersion { sequence: 1, time: Timestamp::UNIX_EPOCH, event: EventId::derived(&["e"]) },
        roles: [Role::parse("petitioner").unwrap()].into(),
        capacity: None,
        details: key.seal("party", &details.to_plaintext()).unwrap(),
        died: false,
    });
    let id = transaction.append(vec![added.clone()], &cause(1)).await.unwrap()[0].id;
    transaction.commit().await.unwrap();

    // The linker opens what intake sealed.
    let Some(fact) = linker.fact(id).await.unwrap() else { panic!("the fact is there") };
    let Body::Intake(IntakeFact::PartyAdded(read)) = &fact.body else { panic!("and reads: {fact:?}") };
    let mut transaction = linker.begin().await.unwrap();
    let opened = vault(1).keys(transaction.sql(), &[read.details.key]).await.unwrap().remove(0).expect("a key");
    assert_eq!(PartyDetails::from_plaintext(&opened.open("party", &read.details).unwrap()).unwrap(), details);
    // A process with another key-encryption key says so instead of failing in the dark.
    let other = vault(2).keys(transaction.sql(), &[read.details.key]).await;
    assert!(matches!(other, Err(VaultError::OtherKek { wrapped: 1, held: 2, .. })));
    drop(transaction);

    let mut transaction = intake.begin().await.unwrap();
    assert!(Vault::drop_key(transaction.sql(), KeyId::of_party(party)).await.unwrap());
    assert!(
        !Vault::drop_key(transaction.sql(), KeyId::of_party(party)).await.unwrap(),
        "there is nothing left to drop"
    );
    let again = vault(1).make_keys(transaction.sql(), &[KeyId::of_party(party)]).await;
    assert!(matches!(again, Err(VaultError::Dropped(_))), "and no new key takes its place");
    drop(again);
    transaction.commit().await.unwrap();

    let mut transaction = linker.begin().await.unwrap();
    assert!(vault(1).keys(transaction.sql(), &[KeyId::of_party(party)]).await.unwrap()[0].is_none());
    drop(transaction);
    assert_eq!(linker.fact(id).await.unwrap().expect("the fact stays").body, added.into());
    assert_eq!(database.count("select count(*) from journal.facts where data::text like '%Amrani%'").await, 0);
    assert_eq!(linker.settled(Author::Intake, Cursor::default(), 10).await.unwrap().len(), 1, "and is handed on");
}
