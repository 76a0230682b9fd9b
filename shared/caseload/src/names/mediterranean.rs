//! Turkish, Moroccan and Arabic names.

use super::{Customs, Inheritance, Surname};
use crate::draws::{Draws, Rate};

pub const TURKISH: Customs = Customs {
    women: TURKISH_WOMEN,
    men: TURKISH_MEN,
    girls: TURKISH_GIRLS,
    boys: TURKISH_BOYS,
    surname: turkish,
    more_given: [Rate::percent(22), Rate::percent(3), Rate::NEVER],
    first_rank: 5,
    mononym: Rate::NEVER,
    inheritance: Inheritance::Surname,
    surname_first: false,
    takes_partner_name: Rate::percent(85),
    spellings: &[
        ("ı", "i"),
        ("ş", "s"),
        ("ş", "sh"),
        ("ş", "sch"),
        ("ç", "c"),
        ("ç", "ch"),
        ("ç", "tj"),
        ("ğ", "g"),
        ("ğ", ""),
        ("ö", "o"),
        ("ö", "oe"),
        ("ü", "u"),
        ("ü", "ue"),
        ("İ", "I"),
        ("yı", "i"),
        ("c", "dj"),
        ("kk", "k"),
        ("ey", "ei"),
    ],
    places: &[
        &["İstanbul", "Istanbul", "Istanboel"],
        &["Ankara"],
        &["Kayseri", "Kayseri Turkije"],
        &["Konya", "Konia"],
        &["Yozgat"],
        &["Karaman"],
        &["Aksaray"],
        &["Trabzon"],
        &["Sivas"],
        &["Emirdağ", "Emirdag"],
        &["Rotterdam", "R'dam"],
        &["'s-Gravenhage", "Den Haag"],
        &["Deventer"],
    ],
};

#[rustfmt::skip]
const TURKISH_WOMEN: &[&str] = &[
    "Fatma", "Ayşe", "Emine", "Hatice", "Zeynep", "Elif", "Meryem", "Şerife", "Sultan", "Hanife", "Songül", "Gülsüm",
    "Zehra", "Havva", "Hacer", "Döndü", "Sevgi", "Yasemin", "Özlem", "Filiz", "Nurcan", "Sibel", "Derya", "Gül",
    "Hülya", "Leyla", "Necla", "Nurten", "Sevim", "Türkan", "Ümmühan", "Güler", "Aynur", "Tülay", "Semra", "Dilek",
    "Hilal", "Kübra", "Rabia",
];
#[rustfmt::skip]
const TURKISH_MEN: &[&str] = &[
    "Mehmet", "Mustafa", "Ahmet", "Ali", "Hüseyin", "Hasan", "İbrahim", "İsmail", "Osman", "Yusuf", "Murat", "Ömer",
    "Ramazan", "Halil", "Süleyman", "Abdullah", "Mahmut", "Recep", "Salih", "Fatih", "Kadir", "Emre", "Hakan",
    "Adem", "Kemal", "Yaşar", "Bekir", "Musa", "Metin", "Orhan", "Erkan", "Serkan", "Volkan", "Uğur", "Özgür",
    "Cemal", "Şükrü", "Gökhan", "Çetin", "Turgut",
];
#[rustfmt::skip]
const TURKISH_GIRLS: &[&str] = &[
    "Elif", "Zeynep", "Selin", "Sena", "Esila", "Defne", "Ecrin", "Azra", "Nisa", "Ela", "Eylül", "Melek", "Büşra",
    "Beyza", "Ceylin", "Asya", "Aylin", "Aleyna", "Dilara", "Melisa", "Esra", "İrem", "Sude", "Sümeyye", "Hira",
    "Yağmur", "Duru", "Seda", "Sema", "Meryem", "Merve", "Eda", "Ebru", "Tuğba",
];
#[rustfmt::skip]
const TURKISH_BOYS: &[&str] = &[
    "Yusuf", "Emir", "Eymen", "Kerem", "Ömer", "Mert", "Miraç", "Berat", "Enes", "Furkan", "Burak", "Emre",
    "Batuhan", "Kaan", "Can", "Cem", "Efe", "Ege", "Alp", "Arda", "Ali", "Hamza", "Ensar", "Tarık", "Barış",
    "Oğuzhan", "Umut", "Doğukan", "Tuna", "Selim", "Semih", "Sinan", "Yiğit",
];
#[rustfmt::skip]
const TURKISH_SURNAMES: &[&str] = &[
    "Yılmaz", "Kaya", "Demir", "Çelik", "Şahin", "Yıldız", "Yıldırım", "Öztürk", "Aydın", "Özdemir", "Arslan",
    "Doğan", "Kılıç", "Aslan", "Çetin", "Kara", "Koç", "Kurt", "Özkan", "Şimşek", "Polat", "Korkmaz", "Özcan",
    "Çakır", "Erdoğan", "Yavuz", "Can", "Acar", "Şen", "Aktaş", "Güler", "Yalçın", "Güneş", "Bozkurt", "Bulut",
    "Keskin", "Ünal", "Turan", "Gül", "Özer", "Işık", "Kaplan", "Avcı", "Sarı", "Tekin", "Taş", "Köse", "Yüksel",
    "Ateş", "Aksoy", "Uçar", "Coşkun", "Erdem", "Karaca", "Duman", "Toprak", "Ekinci", "Akın", "Bayram", "Uysal",
    "Karataş", "Güven", "Akbaş", "Durmuş", "Ceylan",
];
#[rustfmt::skip]
const TURKISH_STARTS: &[&str] = &[
    "Ak", "Kara", "Öz", "Er", "Gök", "Bal", "Demir", "Kara", "Boz", "Gül", "Tek", "Uz", "Sarı", "Yeşil", "Altın",
    "Çam", "Taş", "Kor", "Alp", "Şen",
];
#[rustfmt::skip]
const TURKISH_ENDS: &[&str] = &[
    "demir", "taş", "kaya", "oğlu", "soy", "türk", "bulut", "bay", "çay", "dağ", "er", "gün", "han", "kan", "kurt",
    "pınar", "polat", "su", "tekin", "yürek", "yıldız", "göz", "ay", "ateş", "el", "men",
];

fn turkish(draws: &mut Draws) -> Surname {
    match draws.below(10) {
        0..=6 => Surname::plain(draws.frequent(TURKISH_SURNAMES, 4)),
        7 => {
            let father = draws.word(TURKISH_MEN);
            Surname::plain(&format!("{father}oğlu"))
        }
        _ => {
            let start = draws.word(TURKISH_STARTS);
            Surname::plain(&format!("{start}{}", draws.word(TURKISH_ENDS)))
        }
    }
}

pub const MOROCCAN: Customs = Customs {
    women: MOROCCAN_WOMEN,
    men: MOROCCAN_MEN,
    girls: MOROCCAN_GIRLS,
    boys: MOROCCAN_BOYS,
    surname: moroccan,
    more_given: [Rate::percent(6), Rate::NEVER, Rate::NEVER],
    first_rank: 4,
    mononym: Rate::NEVER,
    inheritance: Inheritance::Surname,
    surname_first: false,
    takes_partner_name: Rate::percent(15),
    spellings: &[
        ("ou", "u"),
        ("ou", "oe"),
        ("u", "ou"),
        ("kh", "ch"),
        ("gh", "g"),
        ("dj", "j"),
        ("j", "dj"),
        ("ch", "sh"),
        ("ss", "s"),
        ("s", "ss"),
        ("mm", "m"),
        ("ai", "ay"),
        ("ay", "ai"),
        ("i", "y"),
        ("aa", "a"),
        ("a", "aa"),
        ("q", "k"),
        ("k", "q"),
        ("Moham", "Muham"),
        ("Mohamed", "Mohammed"),
        ("Mohamed", "Mohamad"),
        ("ah", "a"),
        ("z", "s"),
        ("f", "ph"),
        ("ï", "i"),
    ],
    places: &[
        &["Nador", "Nador (Marokko)"],
        &["Al Hoceima", "Al Hoceïma", "Alhucemas", "El Hoceima"],
        &["Casablanca", "Dar El Beida"],
        &["Oujda", "Oudja"],
        &["Tanger", "Tangier"],
        &["Tétouan", "Tetouan", "Tetuan"],
        &["Berkane"],
        &["Fès", "Fes", "Fez"],
        &["Beni Said", "Beni-Saïd"],
        &["Amsterdam", "A'dam"],
        &["Utrecht"],
        &["Gouda"],
    ],
};

#[rustfmt::skip]
const MOROCCAN_WOMEN: &[&str] = &[
    "Fatima", "Khadija", "Naima", "Malika", "Fatiha", "Rachida", "Aicha", "Samira", "Mina", "Latifa", "Karima",
    "Saida", "Hafida", "Yamina", "Fadma", "Zohra", "Habiba", "Jamila", "Nadia", "Souad", "Hanan", "Ikram", "Siham",
    "Loubna", "Fatima-Zohra", "Bouchra", "Houria", "Mimount", "Najat", "Rahma",
];
#[rustfmt::skip]
const MOROCCAN_MEN: &[&str] = &[
    "Mohamed", "Ahmed", "Abdelkader", "Hassan", "Said", "Mustapha", "Abdellah", "Mimoun", "Rachid", "Khalid",
    "Abderrahman", "Driss", "Hamid", "Youssef", "Omar", "Ali", "Abdelaziz", "Brahim", "Mourad", "Jamal", "Aziz",
    "Karim", "Noureddine", "Abdelhamid", "Tarik", "El Hassan", "Lahcen", "Houssain", "M'hamed", "Redouan", "Soufian",
    "Zakaria",
];
#[rustfmt::skip]
const MOROCCAN_GIRLS: &[&str] = &[
    "Yasmina", "Salma", "Nour", "Amina", "Imane", "Aya", "Hafsa", "Safae", "Ikram", "Sara", "Lina", "Ines", "Hiba",
    "Dina", "Marwa", "Maryam", "Rania", "Dounia", "Assia", "Sanae", "Manal", "Meryem", "Soumaya", "Chaimae",
    "Kawtar", "Oumaima",
];
#[rustfmt::skip]
const MOROCCAN_BOYS: &[&str] = &[
    "Mohamed", "Mohammed", "Ayoub", "Bilal", "Ilias", "Ilyas", "Adam", "Rayan", "Anas", "Younes", "Yassin",
    "Yassine", "Ibrahim", "Imran", "Amine", "Nabil", "Soufiane", "Hamza", "Zakaria", "Ismail", "Marouan", "Ouassim",
    "Mehdi", "Achraf", "Walid", "Nassim", "Naoufal", "Oussama",
];
#[rustfmt::skip]
const MOROCCAN_SURNAMES: &[&str] = &[
    "El|Amrani", "El|Idrissi", "Bouzid", "El|Khattabi", "Amghar", "Azzouzi", "Ben|Ali", "El|Fassi", "Chaouch",
    "Haddou", "El|Yaakoubi", "Bakkali", "Saidi", "El|Ouali", "Zerouali", "Belhaj", "Mansouri", "El|Morabet",
    "Ait|Ouali", "Aarab", "El|Hamdaoui", "Bouali", "Tahiri", "Benali", "Chaabi", "Akkouh", "El|Moussaoui",
    "Boukhari", "El|Haddad", "Kaddouri", "Ouled|Haj", "El|Mokhtari", "Bennani", "Ouaziz", "El|Allali", "Azouagh",
    "Essabri", "Achahbar", "El|Kaddouri", "Salhi",
];
#[rustfmt::skip]
const MOROCCAN_PARTICLES: &[&str] = &[
    "El", "El", "El", "Ben", "Ait", "Bou", "Al", "Oulad", "",
];
#[rustfmt::skip]
const MOROCCAN_STARTS: &[&str] = &[
    "Ham", "Kar", "Bar", "Yous", "Mess", "Bouch", "Zer", "Tah", "Khal", "Hak", "Mans", "Idr", "Far", "Ghaz", "Lam",
    "Ouar", "Chah", "Sab", "Rah", "Azz", "Bakk", "Dah", "Jab", "Mour", "Naj", "Ouah", "Qad", "Rif", "Said", "Tam",
];
#[rustfmt::skip]
const MOROCCAN_ENDS: &[&str] = &[
    "aoui", "ouni", "ani", "achi", "mari", "fi", "idi", "rani", "bi", "kani", "oudi", "assi", "ouri", "ati", "loui",
    "ghi",
];

fn moroccan(draws: &mut Draws) -> Surname {
    if draws.below(10) < 5 {
        return Surname::barred(draws.frequent(MOROCCAN_SURNAMES, 4));
    }
    let prefix = draws.word(MOROCCAN_PARTICLES);
    let start = draws.word(MOROCCAN_STARTS);
    Surname { prefix: prefix.to_owned(), core: format!("{start}{}", draws.word(MOROCCAN_ENDS)) }
}

pub const ARABIC: Customs = Customs {
    women: ARABIC_WOMEN,
    men: ARABIC_MEN,
    girls: ARABIC_WOMEN,
    boys: ARABIC_MEN,
    surname: arabic,
    more_given: [Rate::percent(12), Rate::percent(10), Rate::NEVER],
    first_rank: 4,
    mononym: Rate::percent(4),
    inheritance: Inheritance::Surname,
    surname_first: false,
    takes_partner_name: Rate::percent(10),
    spellings: &[
        ("Al-", "Al "),
        ("Al ", "El "),
        ("Al ", "Al-"),
        ("ou", "u"),
        ("u", "ou"),
        ("oo", "u"),
        ("ee", "i"),
        ("i", "ee"),
        ("sh", "ch"),
        ("kh", "ch"),
        ("q", "k"),
        ("dh", "d"),
        ("gh", "g"),
        ("aa", "a"),
        ("Mohammad", "Muhammad"),
        ("Mohammad", "Mohamad"),
        ("Mohammad", "Mohammed"),
        ("ay", "ai"),
        ("ah", "a"),
        ("ss", "s"),
        ("y", "i"),
        ("Abdul", "Abd al"),
        ("j", "dj"),
    ],
    places: &[
        &["Damascus", "Damaskus", "Dimashq"],
        &["Aleppo", "Halab", "Alep"],
        &["Homs", "Hims"],
        &["Deir ez-Zor", "Dayr az Zawr", "Deir al-Zour"],
        &["Al-Hasakah", "Hasaka", "Al Hasaka"],
        &["Qamishli", "Kamishli", "Al Qamishli"],
        &["Daraa", "Dar'a"],
        &["Idlib"],
        &["Baghdad", "Bagdad"],
        &["Mosul", "Mosoel"],
        &["Latakia", "Lattakia"],
    ],
};

#[rustfmt::skip]
const ARABIC_WOMEN: &[&str] = &[
    "Fatima", "Maryam", "Noor", "Rana", "Hala", "Rasha", "Reem", "Sara", "Lina", "Layla", "Mona", "Huda", "Amal",
    "Heba", "Samar", "Rima", "Dalal", "Ghada", "Hanan", "Iman", "Khadija", "Mariam", "Nisreen", "Nadia", "Rahaf",
    "Razan", "Shahd", "Sidra", "Walaa", "Wafaa", "Yara", "Zainab", "Zahra", "Batoul", "Jana", "Judy", "Tala",
];
#[rustfmt::skip]
const ARABIC_MEN: &[&str] = &[
    "Mohammad", "Ahmad", "Mahmoud", "Khaled", "Omar", "Ali", "Hassan", "Hussein", "Ibrahim", "Yousef", "Mustafa",
    "Abdullah", "Abdulrahman", "Samer", "Bashar", "Fadi", "Firas", "Ghassan", "Hamza", "Imad", "Jamal", "Kareem",
    "Louay", "Maher", "Majd", "Mazen", "Nabil", "Nizar", "Osama", "Qusay", "Rami", "Saeed", "Tarek", "Wael", "Yaman",
    "Zaid", "Ziad", "Anas",
];
#[rustfmt::skip]
const ARABIC_SURNAMES: &[&str] = &[
    "Al|Ahmad", "Al|Mohammad", "Al|Hassan", "Al|Hussein", "Khalil", "Ibrahim", "Al|Ali", "Darwish", "Haddad",
    "Khoury", "Saleh", "Al|Khatib", "Othman", "Hamdan", "Al|Masri", "Nasser", "Al|Abdullah", "Shaheen", "Al|Sayed",
    "Mansour", "Issa", "Al|Jasem", "Al|Omar", "Abbas", "Sheikho", "Hajji", "Barakat", "Ismail", "Suleiman",
    "Al|Najjar", "Kassem", "Youssef", "Al|Obaid",
];
#[rustfmt::skip]
const ARABIC_STARTS: &[&str] = &[
    "Halab", "Homs", "Dimashq", "Shar", "Kurd", "Hamw", "Jabb", "Rif", "Nass", "Zoub", "Khatt", "Shamm", "Azm",
    "Bait", "Droub", "Qass", "Tall", "Rash", "Sabb", "Maar", "Aswad", "Jbail", "Hour", "Naim", "Fayy", "Akk",
];
#[rustfmt::skip]
const ARABIC_ENDS: &[&str] = &[
    "i", "awi", "ani", "our", "ash", "ab", "ad", "oun", "oub", "ar", "i", "ri",
];

fn arabic(draws: &mut Draws) -> Surname {
    if draws.below(10) < 5 {
        return Surname::barred(draws.frequent(ARABIC_SURNAMES, 4));
    }
    let prefix = if draws.below(10) < 7 { "Al" } else { "" };
    let start = draws.word(ARABIC_STARTS);
    Surname { prefix: prefix.to_owned(), core: format!("{start}{}", draws.word(ARABIC_ENDS)) }
}
