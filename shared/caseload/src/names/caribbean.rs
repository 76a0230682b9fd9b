//! Names of Suriname (Hindustani) and of the Dutch Caribbean.

use super::{Customs, Inheritance, Surname};
use crate::draws::{Draws, Rate};

pub const HINDUSTANI: Customs = Customs {
    women: HINDUSTANI_WOMEN,
    men: HINDUSTANI_MEN,
    girls: HINDUSTANI_GIRLS,
    boys: HINDUSTANI_BOYS,
    surname: hindustani,
    more_given: [Rate::percent(35), Rate::percent(12), Rate::NEVER],
    first_rank: 6,
    mononym: Rate::percent(1),
    inheritance: Inheritance::Surname,
    surname_first: false,
    takes_partner_name: Rate::percent(75),
    spellings: &[
        ("dien", "din"),
        ("din", "dien"),
        ("persad", "pershad"),
        ("persad", "prasad"),
        ("oe", "u"),
        ("u", "oe"),
        ("sj", "sh"),
        ("dj", "j"),
        ("tj", "ch"),
        ("ie", "i"),
        ("i", "ie"),
        ("w", "v"),
        ("kh", "k"),
        ("oo", "o"),
        ("ee", "i"),
        ("singh", "sing"),
        ("sing", "singh"),
        ("dewi", "devi"),
        ("k", "c"),
    ],
    places: SURINAME,
};

const SURINAME: &[&[&str]] = &[
    &["Paramaribo", "Paramaribo Suriname", "P'bo", "Suriname"],
    &["Nickerie", "Nieuw Nickerie"],
    &["Saramacca", "Saramakka"],
    &["Wanica", "Wanika"],
    &["Commewijne", "Commewyne"],
    &["'s-Gravenhage", "Den Haag"],
    &["Rotterdam", "R'dam"],
    &["Zoetermeer"],
];

#[rustfmt::skip]
const HINDUSTANI_WOMEN: &[&str] = &[
    "Radha", "Sita", "Indra", "Sharda", "Soenita", "Anita", "Rita", "Usha", "Asha", "Rabia", "Sabitri", "Chandra",
    "Lilawatie", "Devika", "Kamla", "Premwatie", "Roshni", "Shanta", "Soerjpatie", "Wanita", "Malti", "Bhagwandei",
    "Farida", "Nazma", "Jamuna", "Parwatie", "Rajkoemarie", "Satwantie",
];
#[rustfmt::skip]
const HINDUSTANI_MEN: &[&str] = &[
    "Soerinder", "Rajesh", "Ramesh", "Anil", "Sunil", "Ashok", "Dewanand", "Krishna", "Vinod", "Radjen", "Roy",
    "Harry", "Chandrikapersad", "Djainarain", "Jagdies", "Mahinder", "Sewnarain", "Bhagwan", "Hardeo", "Iwan",
    "Kries", "Mohamed", "Rashied", "Naresh", "Prem", "Sanjai", "Satish", "Soebhas",
];
#[rustfmt::skip]
const HINDUSTANI_GIRLS: &[&str] = &[
    "Anjali", "Priya", "Shivani", "Kavita", "Roshni", "Sharmila", "Varsha", "Aisha", "Jaya", "Kiran", "Maya",
    "Nisha", "Pooja", "Rani", "Ranie", "Shanaya", "Shania", "Vaishnavi", "Xaviera", "Samira", "Sarita", "Savita",
];
#[rustfmt::skip]
const HINDUSTANI_BOYS: &[&str] = &[
    "Ravi", "Raj", "Vikash", "Vishal", "Ajay", "Akash", "Amit", "Arjun", "Avinash", "Dinesh", "Jay", "Kishan",
    "Kiran", "Nikhil", "Rahul", "Rohan", "Rishi", "Sandeep", "Shailesh", "Sharwin", "Varun", "Yash", "Xavier",
];
#[rustfmt::skip]
const HINDUSTANI_SURNAMES: &[&str] = &[
    "Ramdin", "Singh", "Persad", "Mahabier", "Jagroep", "Ramautar", "Bhagwandin", "Ramcharan", "Sewdien", "Biharie",
    "Soekhai", "Kalloe", "Jagesar", "Ramlal", "Hira", "Oedit", "Doerga", "Kanhai", "Lachman", "Mangal", "Nandlal",
    "Orie", "Parbhoe", "Ramkisoen", "Sardjoe", "Tewarie", "Autar", "Baldew", "Chotkan", "Ganga", "Gopal", "Jhinkoe",
    "Mohan", "Narain", "Sital", "Alladin", "Ishaak", "Khodabaks", "Nazir", "Rahman", "Gobardhan", "Matai", "Algoe",
];
#[rustfmt::skip]
const HINDUSTANI_STARTS: &[&str] = &[
    "Ram", "Sew", "Bhag", "Hari", "Deo", "Jag", "Mata", "Gang", "Kali", "Dew", "Raj", "Chand", "Mahade", "Nara",
    "Para", "Soer", "Bal", "Bis", "Gaja", "Inder", "Jai", "Kishen", "Lal", "Mohan", "Rag",
];
#[rustfmt::skip]
const HINDUSTANI_ENDS: &[&str] = &[
    "persad", "dien", "singh", "lal", "charan", "narain", "dew", "nath", "autar", "deo", "das", "sahai", "bali",
    "kisoen", "adhin", "raj", "pal", "mohan", "dat", "bhajan",
];

fn hindustani(draws: &mut Draws) -> Surname {
    if draws.below(10) < 5 {
        return Surname::plain(draws.frequent(HINDUSTANI_SURNAMES, 5));
    }
    let start = draws.word(HINDUSTANI_STARTS);
    Surname::plain(&format!("{start}{}", draws.word(HINDUSTANI_ENDS)))
}

pub const ANTILLEAN: Customs = Customs {
    women: ANTILLEAN_WOMEN,
    men: ANTILLEAN_MEN,
    girls: ANTILLEAN_GIRLS,
    boys: ANTILLEAN_BOYS,
    surname: antillean,
    more_given: [Rate::percent(80), Rate::percent(30), Rate::percent(10)],
    first_rank: 8,
    mononym: Rate::NEVER,
    inheritance: Inheritance::Double,
    surname_first: false,
    takes_partner_name: Rate::percent(45),
    spellings: &[
        ("ez", "es"),
        ("s", "z"),
        ("z", "s"),
        ("é", "e"),
        ("í", "i"),
        ("ó", "o"),
        ("á", "a"),
        ("ñ", "n"),
        ("ch", "tj"),
        ("qu", "k"),
        ("j", "y"),
        ("i", "y"),
        ("y", "i"),
        ("v", "b"),
        ("ph", "f"),
        ("c", "k"),
        ("ll", "l"),
    ],
    places: &[
        &["Willemstad", "Willemstad Curaçao", "Curaçao", "Curacao", "Ned. Antillen"],
        &["Curaçao", "Curacao", "Nederlandse Antillen"],
        &["Oranjestad", "Aruba", "Oranjestad Aruba"],
        &["Bonaire", "Kralendijk", "Kralendijk Bonaire"],
        &["Philipsburg", "Sint Maarten", "St. Maarten"],
        &["Dordrecht"],
        &["Tilburg"],
        &["Den Helder"],
    ],
};

#[rustfmt::skip]
const ANTILLEAN_WOMEN: &[&str] = &[
    "Maria", "Luisa", "Carmen", "Rosa", "Marva", "Shirley", "Jacqueline", "Solange", "Ludmila", "Mirugia",
    "Altagracia", "Dolores", "Magaly", "Monica", "Sulaika", "Raquel", "Gisela", "Ivonne", "Lisette", "Nilda",
    "Omaira", "Rudsela", "Swinda", "Zulaika",
];
#[rustfmt::skip]
const ANTILLEAN_MEN: &[&str] = &[
    "Juan", "Carlos", "Rudolf", "Franklin", "Edwin", "Raymond", "Hubert", "Ricardo", "Etienne", "Orlando", "Marlon",
    "Sherwin", "Urvin", "Rignald", "Gilbert", "Elvis", "Nelson", "Roderick", "Angelo", "Richenel", "Winston",
    "Eugène", "Giovanni", "Hensley",
];
#[rustfmt::skip]
const ANTILLEAN_GIRLS: &[&str] = &[
    "Shanice", "Shantelle", "Chanel", "Jairaisa", "Jahzara", "Kiara", "Keisha", "Naomi", "Nashaira", "Rochelle",
    "Rashida", "Tiara", "Tianna", "Xiomara", "Ziënna", "Gianna", "Giovanna", "Quiana", "Zoë", "Shurendy",
];
#[rustfmt::skip]
const ANTILLEAN_BOYS: &[&str] = &[
    "Jayden", "Jurgen", "Jurensley", "Rayshawn", "Rayvon", "Shaquille", "Kevin", "Keven", "Dwayne", "Tyrone",
    "Gershon", "Sherjandro", "Zephaniah", "Xander", "Quincy", "Ruendrick", "Giandro", "Jeandro", "Diego", "Elijah",
];
#[rustfmt::skip]
const ANTILLEAN_SURNAMES: &[&str] = &[
    "Martina", "Maria", "Martis", "Martha", "Isenia", "Rosalia", "Felicia", "Cijntje", "Juliana", "Josefa", "Sambo",
    "Pieters", "Doran", "Winklaar", "Croes", "Tromp", "Maduro", "Geerman", "Thode", "Kelly", "Richardson", "Gumbs",
    "Hassell", "Leito", "de|Windt", "de|Palm", "de la|Cruz", "Rojer", "Schotborgh", "Albertus", "Alberto",
    "Bernadina", "Conquet", "Daal", "Eustatia", "Francisca", "Girigorie", "Hernandez", "Jansen", "Koeiman",
    "Lourens", "Meulens", "Nicolina", "Obispo", "Paulina", "Regina", "Sillé", "Tecla", "Ursula", "Virginia", "Wanga",
    "Zimmerman", "de|Lannoy", "Sprock", "Vrutaal", "Manuel", "Anita", "Elisabeth", "Provence", "Balentien",
    "Clementina", "Confesora", "Damascus", "Faustina", "Flocker", "Hooi", "Ignacio", "Jonis",
];

fn antillean(draws: &mut Draws) -> Surname {
    let mut surname = Surname::barred(draws.frequent(ANTILLEAN_SURNAMES, 8));
    // The mother's name after the father's, as on the Spanish mainland.
    if draws.chance(Rate::percent(22)) {
        let second = Surname::barred(draws.frequent(ANTILLEAN_SURNAMES, 8));
        surname.core = format!("{} {}", surname.core, second.whole());
    }
    surname
}
