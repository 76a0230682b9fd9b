//! Polish, Ukrainian and Russian names. Surnames are kept in the masculine form; a woman's is made from it.

use super::{Customs, Inheritance, Surname};
use crate::draws::{Draws, Rate};

pub const POLISH: Customs = Customs {
    women: POLISH_WOMEN,
    men: POLISH_MEN,
    girls: POLISH_GIRLS,
    boys: POLISH_BOYS,
    surname: polish,
    more_given: [Rate::percent(40), Rate::percent(2), Rate::NEVER],
    first_rank: 5,
    mononym: Rate::NEVER,
    inheritance: Inheritance::Gendered,
    surname_first: false,
    takes_partner_name: Rate::percent(80),
    spellings: &[
        ("ł", "l"),
        ("ą", "a"),
        ("ę", "e"),
        ("ś", "s"),
        ("ć", "c"),
        ("ń", "n"),
        ("ż", "z"),
        ("ź", "z"),
        ("ó", "o"),
        ("sz", "sh"),
        ("sz", "s"),
        ("cz", "ch"),
        ("cz", "tsj"),
        ("rz", "z"),
        ("w", "v"),
        ("ski", "sky"),
        ("ska", "ski"),
        ("cka", "cki"),
        ("ski", "skie"),
        ("j", "y"),
        ("Aleks", "Alex"),
        ("ch", "h"),
    ],
    places: &[
        &["Warszawa", "Warschau", "Warsaw"],
        &["Kraków", "Krakow", "Krakau"],
        &["Łódź", "Lodz"],
        &["Wrocław", "Wroclaw", "Breslau"],
        &["Gdańsk", "Gdansk"],
        &["Poznań", "Poznan"],
        &["Opole"],
        &["Szczecin", "Stettin"],
        &["Bydgoszcz"],
        &["Lublin"],
        &["Częstochowa", "Czestochowa"],
        &["Kielce"],
    ],
};

#[rustfmt::skip]
const POLISH_WOMEN: &[&str] = &[
    "Anna", "Katarzyna", "Maria", "Małgorzata", "Agnieszka", "Barbara", "Ewa", "Krystyna", "Elżbieta", "Magdalena",
    "Joanna", "Aleksandra", "Monika", "Teresa", "Danuta", "Dorota", "Beata", "Justyna", "Izabela", "Renata", "Iwona",
    "Sylwia", "Edyta", "Kinga", "Paulina", "Żaneta", "Bożena", "Grażyna", "Jolanta", "Urszula",
];
#[rustfmt::skip]
const POLISH_MEN: &[&str] = &[
    "Piotr", "Krzysztof", "Andrzej", "Tomasz", "Paweł", "Jan", "Marcin", "Michał", "Jakub", "Adam", "Łukasz",
    "Marek", "Grzegorz", "Stanisław", "Mateusz", "Dariusz", "Mariusz", "Zbigniew", "Wojciech", "Jerzy", "Robert",
    "Rafał", "Sławomir", "Jacek", "Artur", "Kamil", "Przemysław", "Radosław", "Dawid", "Sebastian", "Bartosz",
    "Zdzisław",
];
#[rustfmt::skip]
const POLISH_GIRLS: &[&str] = &[
    "Julia", "Zuzanna", "Zofia", "Lena", "Maja", "Hanna", "Oliwia", "Alicja", "Natalia", "Wiktoria", "Amelia",
    "Nikola", "Emilia", "Antonina", "Gabriela", "Martyna", "Weronika", "Karolina", "Klaudia", "Oliwka", "Olga",
    "Nadia", "Iga", "Laura", "Lilianna",
];
#[rustfmt::skip]
const POLISH_BOYS: &[&str] = &[
    "Jakub", "Antoni", "Szymon", "Jan", "Filip", "Kacper", "Aleksander", "Franciszek", "Mikołaj", "Wojciech", "Adam",
    "Kamil", "Oskar", "Igor", "Wiktor", "Dominik", "Oliwier", "Olaf", "Maksymilian", "Marcel", "Dawid", "Damian",
    "Patryk", "Hubert",
];
#[rustfmt::skip]
const POLISH_SURNAMES: &[&str] = &[
    "Nowak", "Kowalski", "Wiśniewski", "Wójcik", "Kowalczyk", "Kamiński", "Lewandowski", "Zieliński", "Szymański",
    "Woźniak", "Dąbrowski", "Kozłowski", "Jankowski", "Mazur", "Wojciechowski", "Kwiatkowski", "Krawczyk",
    "Kaczmarek", "Piotrowski", "Grabowski", "Zając", "Pawłowski", "Michalski", "Król", "Wieczorek", "Jabłoński",
    "Wróbel", "Nowakowski", "Majewski", "Olszewski", "Stępień", "Malinowski", "Jaworski", "Adamczyk", "Dudek",
    "Nowicki", "Pawlak", "Górski", "Witkowski", "Walczak", "Sikora", "Baran", "Rutkowski", "Michalak", "Szewczyk",
    "Ostrowski", "Tomaszewski", "Pietrzak", "Zalewski", "Wróblewski",
];
#[rustfmt::skip]
const POLISH_STARTS: &[&str] = &[
    "Bor", "Brzez", "Bukow", "Chmiel", "Czarn", "Dęb", "Gaw", "Głow", "Jasin", "Jod", "Kalin", "Kamien", "Kopcz",
    "Krasn", "Lesz", "Lip", "Makow", "Mod", "Olech", "Ostr", "Pogorz", "Rud", "Sieradz", "Sosn", "Święc", "Tarn",
    "Tymin", "Wierzb", "Wilcz", "Zabor", "Zdan", "Żuraw",
];
#[rustfmt::skip]
const POLISH_ENDS: &[&str] = &[
    "owski", "iński", "ewski", "icki", "ecki", "ak", "czyk", "iak", "ewicz", "owicz", "ik", "ek",
];

fn polish(draws: &mut Draws) -> Surname {
    if draws.below(10) < 5 {
        return Surname::plain(draws.frequent(POLISH_SURNAMES, 6));
    }
    let start = draws.word(POLISH_STARTS);
    Surname::plain(&format!("{start}{}", draws.word(POLISH_ENDS)))
}

pub const UKRAINIAN: Customs = Customs {
    women: UKRAINIAN_WOMEN,
    men: UKRAINIAN_MEN,
    girls: UKRAINIAN_GIRLS,
    boys: UKRAINIAN_BOYS,
    surname: ukrainian,
    more_given: [Rate::percent(3), Rate::NEVER, Rate::NEVER],
    first_rank: 5,
    mononym: Rate::NEVER,
    inheritance: Inheritance::Gendered,
    surname_first: true,
    takes_partner_name: Rate::percent(80),
    spellings: &[
        ("Oleksandr", "Aleksandr"),
        ("Oleksandr", "Alexander"),
        ("Olena", "Elena"),
        ("Mykola", "Nikolai"),
        ("Dmytro", "Dmitri"),
        ("Serhii", "Sergei"),
        ("Serhii", "Sergiy"),
        ("Yulia", "Julia"),
        ("ii", "y"),
        ("ii", "iy"),
        ("y", "i"),
        ("i", "y"),
        ("kh", "h"),
        ("h", "g"),
        ("sh", "sch"),
        ("ch", "tsj"),
        ("zh", "j"),
        ("yu", "ju"),
        ("ya", "ja"),
        ("ia", "ya"),
        ("v", "w"),
        ("enko", "enco"),
        ("ts", "tz"),
        ("Y", "J"),
        ("ks", "x"),
    ],
    places: &[
        &["Kyiv", "Kiev", "Kyjiv"],
        &["Kharkiv", "Charkov", "Kharkov"],
        &["Odesa", "Odessa"],
        &["Dnipro", "Dnepropetrovsk", "Dnjepr"],
        &["Lviv", "Lvov", "Lemberg"],
        &["Zaporizhzhia", "Zaporozhye"],
        &["Mariupol", "Marioepol"],
        &["Kherson", "Cherson"],
        &["Moskva", "Moskou", "Moscow"],
        &["Sint-Petersburg", "Leningrad", "Saint Petersburg"],
    ],
};

#[rustfmt::skip]
const UKRAINIAN_WOMEN: &[&str] = &[
    "Olena", "Oksana", "Natalia", "Iryna", "Tetiana", "Svitlana", "Olha", "Halyna", "Liudmyla", "Yulia", "Maryna",
    "Anna", "Kateryna", "Viktoria", "Nadiia", "Valentyna", "Larysa", "Inna", "Alla", "Nataliya", "Yelena",
    "Yevheniia",
];
#[rustfmt::skip]
const UKRAINIAN_MEN: &[&str] = &[
    "Oleksandr", "Serhii", "Volodymyr", "Andrii", "Mykola", "Vasyl", "Ivan", "Viktor", "Yurii", "Oleh", "Dmytro",
    "Mykhailo", "Ihor", "Petro", "Anatolii", "Bohdan", "Ruslan", "Roman", "Vitalii", "Yevhen", "Maksym", "Stanislav",
    "Valerii",
];
#[rustfmt::skip]
const UKRAINIAN_GIRLS: &[&str] = &[
    "Sofiia", "Anna", "Mariia", "Anastasiia", "Polina", "Daryna", "Zlata", "Solomiia", "Yeva", "Veronika", "Diana",
    "Milana", "Alisa", "Kira", "Yelyzaveta", "Valeriia", "Viktoriia", "Arina", "Alina", "Albina",
];
#[rustfmt::skip]
const UKRAINIAN_BOYS: &[&str] = &[
    "Artem", "Maksym", "Matvii", "Nazar", "Tymofii", "Danylo", "David", "Denys", "Kyrylo", "Illia", "Bohdan", "Mark",
    "Marko", "Ivan", "Yehor", "Nikita", "Vladyslav", "Arsen", "Davyd",
];
#[rustfmt::skip]
const UKRAINIAN_SURNAMES: &[&str] = &[
    "Shevchenko", "Kovalenko", "Bondarenko", "Tkachenko", "Kravchenko", "Oliinyk", "Koval", "Shevchuk", "Polishchuk",
    "Bondar", "Melnyk", "Lysenko", "Marchenko", "Rudenko", "Savchenko", "Moroz", "Petrenko", "Klymenko", "Pavlenko",
    "Kravchuk", "Kuzmenko", "Levchenko", "Ponomarenko", "Vasylenko", "Hrytsenko", "Ivanov", "Petrov", "Sidorov",
    "Smirnov", "Volkov", "Kuznetsov", "Popov", "Romanov", "Zakharchuk", "Yaremchuk", "Kovalskyi", "Zelinskyi",
];
#[rustfmt::skip]
const UKRAINIAN_STARTS: &[&str] = &[
    "Bab", "Chern", "Dem", "Fed", "Had", "Hor", "Hryhor", "Kost", "Kyr", "Lav", "Luk", "Mak", "Mart", "Maz", "Naz",
    "Ost", "Pan", "Prok", "Rom", "Sam", "Sem", "Stef", "Tar", "Tym", "Vakul", "Vor", "Yak", "Zin", "Zhad", "Zub",
];
#[rustfmt::skip]
const UKRAINIAN_ENDS: &[&str] = &[
    "enko", "chuk", "iuk", "yshyn", "ets", "ov", "iv", "skyi", "ych", "chenko", "iak", "iko",
];

fn ukrainian(draws: &mut Draws) -> Surname {
    if draws.below(10) < 5 {
        return Surname::plain(draws.frequent(UKRAINIAN_SURNAMES, 5));
    }
    let start = draws.word(UKRAINIAN_STARTS);
    Surname::plain(&format!("{start}{}", draws.word(UKRAINIAN_ENDS)))
}

/// The feminine form of a Slavic surname; the same when it has none.
pub fn feminine(masculine: &str) -> String {
    for (man, woman) in
        [("ski", "ska"), ("cki", "cka"), ("dzki", "dzka"), ("skyi", "ska"), ("ov", "ova"), ("ev", "eva"), ("in", "ina")]
    {
        if let Some(stem) = masculine.strip_suffix(man) {
            return format!("{stem}{woman}");
        }
    }
    masculine.to_owned()
}

/// The masculine form of a Slavic surname; the same when it has none.
pub fn masculine(feminine: &str) -> String {
    for (woman, man) in [("ska", "ski"), ("cka", "cki"), ("dzka", "dzki"), ("ova", "ov"), ("eva", "ev")] {
        if let Some(stem) = feminine.strip_suffix(woman) {
            return format!("{stem}{man}");
        }
    }
    feminine.to_owned()
}

#[cfg(test)]
mod tests {
    use super::feminine;

    #[test]
    fn a_woman_has_the_feminine_form() {
        for (man, woman) in [
            ("Kowalski", "Kowalska"),
            ("Nowicki", "Nowicka"),
            ("Petrov", "Petrova"),
            ("Nowak", "Nowak"),
            ("Kovalskyi", "Kovalska"),
        ] {
            assert_eq!(feminine(man), woman);
        }
    }
}
