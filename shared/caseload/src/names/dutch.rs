//! Dutch names: the frequent ones by their frequency, and a long tail put together from what Dutch surnames are made of.
//!
//! Counts of the most frequent surnames are those of the register in 2007 (Meertens Instituut / CBG), rounded. The order of
//! given names is a rough one, by generation: who was born before 1990 has christening names and a call name.

use super::{Surname, join};
use crate::draws::Draws;

/// The most frequent surnames, with how many bore them (thousands).
pub const HEADS: [(&str, &str, u32); 25] = [
    ("de", "Jong", 84),
    ("", "Jansen", 74),
    ("de", "Vries", 71),
    ("van den", "Berg", 57),
    ("van", "Dijk", 56),
    ("", "Bakker", 55),
    ("", "Janssen", 54),
    ("", "Visser", 50),
    ("", "Smit", 42),
    ("", "Meijer", 38),
    ("de", "Boer", 38),
    ("", "Mulder", 36),
    ("de", "Groot", 36),
    ("", "Bos", 35),
    ("", "Vos", 30),
    ("", "Peters", 30),
    ("", "Hendriks", 29),
    ("", "Dekker", 28),
    ("van", "Leeuwen", 28),
    ("", "Brouwer", 25),
    ("de", "Wit", 24),
    ("", "Dijkstra", 24),
    ("", "Smits", 23),
    ("de", "Graaf", 21),
    ("van der", "Meer", 21),
];

/// Frequent surnames below the first 25, roughly in order. A prefix stands before a bar.
#[rustfmt::skip]
pub const FREQUENT: &[&str] = &[
    "van der|Linden", "Kok", "Jacobs", "de|Haan", "Vermeulen", "van den|Heuvel", "van der|Veen", "van den|Broek",
    "de|Bruijn", "de|Bruin", "van der|Heijden", "Schouten", "van|Beek", "Willems", "van|Vliet", "van de|Ven",
    "Hoekstra", "Maas", "Verhoeven", "Koster", "van|Dam", "van der|Wal", "Prins", "Blom", "Huisman", "Peeters",
    "de|Jonge", "Kuipers", "van|Veen", "Postma", "Kuiper", "Veenstra", "Kramer", "van den|Brink", "Scholten",
    "van|Wijk", "Bosch", "Jonker", "Kooiman", "Martens", "van der|Velde", "van|Doorn", "de|Lange", "Wolters",
    "Evers", "Willemsen", "Hermans", "Bosman", "van|Loon", "Timmermans", "van|Dongen", "Bosma", "van der|Horst",
    "Schipper", "Vink", "van|Es", "Hofman", "Groen", "Koning", "Verbeek", "de|Ruiter", "Hoogland", "Molenaar",
    "Sanders", "Wouters", "van|Rijn", "Boersma", "Mol", "Driessen", "van der|Laan", "Gerritsen", "Roos", "Driesen",
    "van|Os", "Zijlstra", "van der|Vliet", "Post", "Bouwman", "Kuijpers", "van|Eijk", "Smeets", "de|Leeuw",
    "Terpstra", "Kroon", "Hartman", "van der|Pol", "van|Ommen", "Claassen", "van de|Velde", "Schutte", "Dirks",
    "van den|Bosch", "van|Iersel", "Boon", "Hendriksen", "Cornelissen", "Vonk", "van|Rooij", "van der|Ploeg",
    "Admiraal", "van|Gelder", "Verweij", "Goossens", "de|Koning", "Pieters", "Aarts", "Kortekaas", "de|Vos",
    "Bekker", "Lammers", "van der|Meulen", "Sijbrandij", "Nijhuis", "Snijders", "Rietveld", "van|Houten",
    "van|Schaik", "Franken", "Verschuren", "de|Rooij", "Jaspers", "van|Zanten", "Dijkman", "Schaap", "Bouma",
    "Hofstra", "van|Buuren", "Wiersma", "van der|Zee", "Bijl", "Mulders", "Geerts", "Hendrikx", "Vermeer", "Konings",
    "van|Vuuren", "Kamphuis", "Veldhuis", "van|Kessel", "Romijn", "Swinkels", "van|Hoof", "Zwart", "Ubink",
    "van 't|Hof", "in 't|Veld", "ter|Horst", "ten|Cate", "te|Velde", "op den|Camp", "Verhagen", "Reijnders",
    "Christiaans", "van|Lith", "Boonstra", "Dekkers", "Hulst", "Kuijper", "Rademaker", "Stam", "Tuinstra",
    "Wagenaar", "Ijpma", "Ypma", "Meyer", "Meijers", "Luijten", "van|Nieuwkerk", "Tromp", "Slagter", "Visscher",
    "Bruins", "Bakx",
];

/// What a place by which a family is called begins with.
#[rustfmt::skip]
const SITES: &[&str] = &[
    "Zand", "Linden", "Berken", "Eiken", "Beuken", "Esch", "Elzen", "Wilgen", "Hazel", "Doorn", "Heide", "Veen",
    "Broek", "Meer", "Polder", "Dijk", "Water", "Steen", "Kalk", "Klei", "Leem", "Grind", "Rijn", "Vecht", "Dommel",
    "Schelde", "Noord", "Zuid", "Oost", "West", "Hoog", "Laag", "Groot", "Klein", "Nieuw", "Oud", "Lang", "Breed",
    "Kort", "Scherpen", "Groenen", "Rooden", "Witten", "Zwarten", "Blauwen", "Gulden", "Zilver", "Kooren", "Haver",
    "Gerst", "Rogge", "Boekweit", "Vlas", "Hoppen", "Appel", "Peren", "Kersen", "Noten", "Roosen", "Lelie", "Klaver",
    "Vos", "Wolfs", "Haas", "Raven", "Valken", "Arends", "Hanen", "Ganzen", "Zwanen", "Kraaien", "Duiven", "Schapen",
    "Ossen", "Paarden", "Beeren", "Molen", "Kerk", "Kapel", "Klooster", "Borg", "Kasteel", "Hof", "Brug", "Sluis",
    "Tol", "Markt", "Poort", "Wal", "Kruis", "Winter", "Somer", "Morgen", "Avond", "Sterren", "Zonnen", "Maan",
    "Ruiter", "Ridder", "Bisschop", "Koninks", "Graven",
];

/// What it ends with.
#[rustfmt::skip]
const FEATURES: &[&str] = &[
    "berg", "bergen", "veld", "velden", "horst", "bosch", "broek", "dal", "dijk", "donk", "drecht", "eng", "gaard",
    "geest", "hage", "ham", "heuvel", "hof", "hoven", "hout", "huis", "huizen", "huijzen", "kamp", "kerk", "laar",
    "land", "lo", "loo", "meer", "mond", "oord", "poel", "rade", "schot", "steeg", "steen", "stein", "straten",
    "vliet", "voort", "waard", "weg", "werf", "wijk", "wijck", "wold", "woud", "zijl", "brink", "beek", "beeck",
    "brug", "daal", "weide", "akker",
];

/// What a prefix is, and what it asks of the end: most tails have none.
const PREFIXES: [(&str, usize); 9] = [
    ("", 52),
    ("van", 26),
    ("van de", 5),
    ("van den", 5),
    ("van der", 7),
    ("van 't", 1),
    ("ten", 1),
    ("ter", 2),
    ("de", 1),
];

/// Given names out of which patronymics were made.
#[rustfmt::skip]
const FATHERS: &[&str] = &[
    "Aalbert", "Adriaan", "Albert", "Alewijn", "Andries", "Anton", "Arend", "Arnold", "Baltus", "Barend", "Bart",
    "Berend", "Boudewijn", "Bruin", "Christiaan", "Claes", "Coen", "Cornelis", "Daniel", "David", "Derk", "Diederik",
    "Dirk", "Douwe", "Egbert", "Elbert", "Engbert", "Evert", "Ewout", "Ferdinand", "Floris", "Folkert", "Frans",
    "Frederik", "Gerard", "Gerlof", "Gerrit", "Gijsbert", "Godfried", "Govert", "Harm", "Hendrik", "Herman",
    "Hessel", "Hidde", "Hubert", "Huib", "Jacob", "Jan", "Jelle", "Jeroen", "Jochem", "Joost", "Jorrit", "Klaas",
    "Koen", "Koert", "Lambert", "Leendert", "Lodewijk", "Lourens", "Lubbert", "Maarten", "Marcel", "Mathijs",
    "Meindert", "Melchior", "Menno", "Nanning", "Olivier", "Otto", "Pauwel", "Pieter", "Reinier", "Remmelt",
    "Roelof", "Rutger", "Ruurd", "Sander", "Siebe", "Siebren", "Simon", "Steven", "Sweer", "Tammo", "Teunis",
    "Thomas", "Tijmen", "Tobias", "Udo", "Walraven", "Wessel", "Wiebe", "Wigger", "Wijnand", "Willem", "Wolter",
    "Wouter", "IJsbrand", "Zeger",
];

/// How they end, by region.
#[rustfmt::skip]
const SONS: &[&str] = &[
    "s", "sen", "sma", "inga", "ema", "ing", "ink", "sens", "tsen", "ma", "stra", "man", "x", "sz",
];

/// Trades, with the endings they were written with.
#[rustfmt::skip]
const TRADES: &[&str] = &[
    "Wever", "Kuyper", "Slager", "Metselaar", "Timmer", "Zadelaar", "Draaijer", "Glazenmaker", "Hoedenmaker",
    "Touwslager", "Verver", "Schilder", "Ketelaar", "Potter", "Spijker", "Zeeman", "Stuurman", "Schoenmaker",
    "Kleermaker", "Rentmeester", "Burgmeijer", "Wijnmaker", "Brander", "Turfsteker", "Rietdekker", "Scheper",
    "Veerman", "Tolenaar", "Voogd", "Bode",
];

/// How names of trades end.
const OF_TRADES: &[&str] = &["", "s", "mans", "se", "sma"];

/// How many tails there are.
pub const TAILS: usize = 61_440;

/// The surname at a place of the tail; the same for the same place. Places are spread, so that neighbours in rank do not
/// look alike.
pub fn tail(place: usize) -> Surname {
    let at = |list: &[&'static str], place: usize| list.get(place % list.len().max(1)).copied().unwrap_or_default();
    // An odd multiplier passes every place once.
    let spread = place.wrapping_mul(40_503) % TAILS.next_power_of_two();
    let (kind, rest) = (spread % 16, spread / 16);
    // Each patronymic and each trade once, so that none is more frequent than its rank.
    let patronymics = FATHERS.len() * SONS.len();
    let trade = rest.wrapping_sub(patronymics);
    match kind {
        0 if rest < patronymics => Surname::plain(&format!("{}{}", at(FATHERS, rest), at(SONS, rest / FATHERS.len()))),
        0 if trade < TRADES.len() * OF_TRADES.len() => {
            Surname::plain(&format!("{}{}", at(TRADES, trade), at(OF_TRADES, trade / TRADES.len())))
        }
        _ => {
            let site = at(SITES, rest);
            let feature = at(FEATURES, rest / SITES.len() + kind * 4);
            let suffix = match kind {
                4 | 5 => "s",
                6 => "er",
                7 => "man",
                _ => "",
            };
            let end = if suffix.is_empty() { kind + rest / 7 } else { 0 };
            let prefix = if suffix.is_empty() { heavy(end * 37 % 100) } else { "" };
            Surname { prefix: prefix.to_owned(), core: join(site, feature, suffix) }
        }
    }
}

/// The prefix in whose share a percentage falls.
fn heavy(percent: usize) -> &'static str {
    let mut left = percent;
    for (prefix, weight) in PREFIXES {
        match left.checked_sub(weight) {
            Some(rest) => left = rest,
            None => return prefix,
        }
    }
    ""
}

/// A surname, as frequent as it is: six of a hundred have one of the first 25, sixteen one of the next, the rest one of the
/// tail, whose first has about the 256th rank of the country.
pub fn surname(draws: &mut Draws) -> Surname {
    match draws.below(100) {
        0..=5 => {
            let weights = HEADS.map(|(_, _, count)| count);
            HEADS.get(draws.weighted(&weights)).map_or_else(Surname::default, |(prefix, core, _)| Surname {
                prefix: (*prefix).to_owned(),
                core: (*core).to_owned(),
            })
        }
        6..=21 => Surname::barred(draws.frequent(FREQUENT, 26)),
        _ => tail(draws.zipf(TAILS, 256)),
    }
}

/// Christening names of women born before 1990.
#[rustfmt::skip]
pub const WOMEN: &[&str] = &[
    "Maria", "Johanna", "Anna", "Wilhelmina", "Elisabeth", "Cornelia", "Catharina", "Hendrika", "Adriana",
    "Petronella", "Jacoba", "Margaretha", "Theodora", "Antonia", "Gerarda", "Francisca", "Geertruida", "Christina",
    "Helena", "Monique", "Sandra", "Linda", "Esther", "Saskia", "Ingrid", "Mirjam", "Patricia", "Marieke", "Marloes",
    "Ellen", "Karin", "Petra", "Yvonne", "Sylvia", "Nicole", "Daniëlle", "Bianca", "Astrid", "Anita", "Jolanda",
    "Annemarie", "Suzanne", "Wendy", "Natasja", "Chantal", "Miranda", "Femke", "Nienke", "Sanne", "Renske", "Ilse",
    "Judith", "Simone", "Manon", "Priscilla", "Kimberley", "Samantha", "Denise", "Melissa", "Marjolein", "Lotte",
    "Hilde", "Aleida", "Grietje", "Trijntje", "Sjoukje", "Tjitske", "Wietske", "Froukje", "Hiltje", "Janneke",
    "Willemijn", "Josephina", "Cécile", "Renée", "Zoë", "Chloé", "Anne-Marie", "Marie-José", "Anne-Fleur",
];

/// Christening names of men born before 1990.
#[rustfmt::skip]
pub const MEN: &[&str] = &[
    "Johannes", "Jan", "Cornelis", "Hendrik", "Willem", "Petrus", "Gerrit", "Pieter", "Jacobus", "Antonius",
    "Wilhelmus", "Franciscus", "Hendrikus", "Adrianus", "Martinus", "Johan", "Theodorus", "Gerardus", "Jacob",
    "Dirk", "Lambertus", "Leonardus", "Marcel", "Dennis", "Patrick", "Erik", "Michel", "Ronald", "Robert", "Richard",
    "Peter", "Paul", "Marco", "Sander", "Jeroen", "Bas", "Mark", "Martijn", "Maarten", "Jeffrey", "Danny", "Kevin",
    "Roy", "Ricardo", "Bart", "Wouter", "Thijs", "Rutger", "Floris", "Arend", "Albertus", "Everardus", "Rudolf",
    "Frederik", "Simon", "Reinier", "Klaas", "Sjoerd", "Douwe", "Jelle", "Wiebe", "Sietse", "Anne", "Harm", "Geert",
    "Egbert", "Christiaan", "IJsbrand", "René", "André", "François", "Noël", "Theo", "Christoffel", "Nicolaas",
    "Aloysius", "Bernardus", "Jan-Willem", "Jan-Peter",
];

/// Names of girls born since 1990.
#[rustfmt::skip]
pub const GIRLS: &[&str] = &[
    "Emma", "Julia", "Sophie", "Lotte", "Anna", "Lisa", "Eva", "Sara", "Tess", "Mila", "Saar", "Noor", "Nora", "Zoë",
    "Fleur", "Isa", "Lieke", "Fenna", "Evi", "Roos", "Lynn", "Maud", "Femke", "Sanne", "Britt", "Iris", "Amber",
    "Jasmijn", "Olivia", "Yara", "Milou", "Elin", "Liv", "Nina", "Floor", "Esmée", "Anouk", "Naomi", "Demi", "Kim",
    "Laura", "Michelle", "Lise", "Liza", "Sofie", "Evie", "Noa", "Nova", "Lina", "Luna", "Lara", "Senna", "Jade",
    "Elise", "Elisa", "Puck", "Pien", "Feline", "Fay", "Charlotte", "Chloë", "Loïs", "Romy", "Robin", "Quinty",
    "Shannon", "Chayenne", "Angel", "Destiny", "Merel", "Hanna", "Hannah", "Suze", "Guusje", "Jet", "Janna",
    "Hailey", "Vajèn", "Rosalie", "Rosanne",
];

/// Names of boys born since 1990.
#[rustfmt::skip]
pub const BOYS: &[&str] = &[
    "Daan", "Sem", "Lucas", "Levi", "Finn", "Luuk", "Milan", "Bram", "Noah", "Thijs", "Tim", "Jesse", "Thomas",
    "Lars", "Ruben", "Stijn", "Julian", "Sven", "Max", "Jayden", "Liam", "James", "Luca", "Mees", "Teun", "Gijs",
    "Siem", "Hugo", "Jens", "Tygo", "Ties", "Niels", "Rick", "Mike", "Kevin", "Dylan", "Nick", "Robin", "Stan",
    "Job", "Pim", "Tom", "Floris", "Jurre", "Xavi", "Dean", "Boaz", "Benjamin", "Samuel", "Sam", "Jelle", "Olivier",
    "Quinn", "Owen", "Morris", "Mason", "Joris", "Koen", "Wout", "Mick", "Mats", "Matz", "Jayson", "Jaydon",
    "Damian", "Djayden", "Chéron", "Daniël", "Michaël", "Raphaël", "Noël", "Hidde", "Sietse", "Jorn", "Björn",
    "Sören", "Twan", "Tijn", "Tijmen", "Timo",
];

/// What people with a christening name are called every day.
pub const CALL_NAMES: &[(&str, &[&str])] = &[
    ("Johannes", &["Jan", "Hans", "Johan", "Joop"]),
    ("Cornelis", &["Kees", "Cees", "Cor"]),
    ("Hendrik", &["Henk", "Rik"]),
    ("Hendrikus", &["Henk", "Harry", "Driek"]),
    ("Wilhelmus", &["Wim", "Willem"]),
    ("Willem", &["Wim", "Pim"]),
    ("Petrus", &["Piet", "Peter"]),
    ("Pieter", &["Piet", "Peter"]),
    ("Antonius", &["Ton", "Anton", "Toon"]),
    ("Jacobus", &["Jaap", "Koos", "Jack", "Sjaak"]),
    ("Jacob", &["Jaap", "Koos"]),
    ("Gerardus", &["Gerard", "Ger"]),
    ("Adrianus", &["Ad", "Arjan", "Janus"]),
    ("Martinus", &["Martin", "Tinus"]),
    ("Theodorus", &["Theo", "Dorus"]),
    ("Franciscus", &["Frans", "Frank"]),
    ("Leonardus", &["Leo", "Leen"]),
    ("Lambertus", &["Bert", "Lambert"]),
    ("Albertus", &["Bert", "Albert"]),
    ("Bernardus", &["Ben", "Bernard"]),
    ("Nicolaas", &["Nico", "Klaas"]),
    ("Christoffel", &["Chris", "Stoffel"]),
    ("Christiaan", &["Chris"]),
    ("Aloysius", &["Wies", "Loek"]),
    ("Frederik", &["Fred", "Frits"]),
    ("Gerrit", &["Ger", "Gert"]),
    ("Catharina", &["Karin", "Toos", "Ina", "Trijn"]),
    ("Elisabeth", &["Els", "Lies", "Bep", "Liesbeth"]),
    ("Johanna", &["Jo", "Anja", "Hanneke", "Joke"]),
    ("Wilhelmina", &["Willy", "Mien", "Wil"]),
    ("Cornelia", &["Corrie", "Nel", "Cora"]),
    ("Hendrika", &["Rika", "Riek", "Henny"]),
    ("Adriana", &["Jeanne", "Adrie", "Ada"]),
    ("Petronella", &["Nel", "Petra", "Ella"]),
    ("Jacoba", &["Co", "Coby"]),
    ("Margaretha", &["Greet", "Marga", "Gré"]),
    ("Theodora", &["Thea", "Dora"]),
    ("Antonia", &["Toos", "Tonnie"]),
    ("Maria", &["Marie", "Ria", "Marijke", "Mieke"]),
    ("Geertruida", &["Truus", "Trudy"]),
    ("Francisca", &["Sien", "Cisca"]),
    ("Aleida", &["Alie", "Ali"]),
    ("Sophie", &["Sofie", "Fie"]),
    ("Benjamin", &["Ben"]),
    ("Samuel", &["Sam"]),
    ("Thomas", &["Tom"]),
    ("Charlotte", &["Lotte"]),
    ("Robert", &["Rob", "Bob"]),
    ("Ronald", &["Ron"]),
    ("Richard", &["Ries", "Rick"]),
];

/// Where people were born, with the ways it is written.
pub const PLACES: &[&[&str]] = &[
    &["Amsterdam", "A'dam", "Amsterdam-Zuidoost"],
    &["Rotterdam", "R'dam"],
    &["'s-Gravenhage", "Den Haag", "s Gravenhage", "The Hague"],
    &["Utrecht"],
    &["Eindhoven"],
    &["Groningen"],
    &["Tilburg"],
    &["Almere"],
    &["Breda"],
    &["Nijmegen"],
    &["Enschede"],
    &["Haarlem"],
    &["Arnhem"],
    &["Zaanstad", "Zaandam"],
    &["'s-Hertogenbosch", "Den Bosch", "s-Hertogenbosch"],
    &["Zwolle"],
    &["Leiden"],
    &["Leeuwarden", "Ljouwert"],
    &["Maastricht"],
    &["Dordrecht", "Dordt"],
    &["Ede", "Ede Gld"],
    &["Emmen"],
    &["Venlo"],
    &["Deventer"],
    &["Delft"],
    &["Hilversum"],
    &["Bergen", "Bergen (NH)", "Bergen (L)"],
];
