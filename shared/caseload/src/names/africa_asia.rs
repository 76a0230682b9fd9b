//! Names of the Horn of Africa, Ghana and China.

use super::{Customs, Inheritance, Surname};
use crate::draws::{Draws, Rate};

pub const HORN: Customs = Customs {
    women: HORN_WOMEN,
    men: HORN_MEN,
    girls: HORN_WOMEN,
    boys: HORN_MEN,
    surname: no_surname,
    more_given: [Rate::NEVER, Rate::NEVER, Rate::NEVER],
    first_rank: 6,
    mononym: Rate::percent(3),
    inheritance: Inheritance::Patronymic,
    surname_first: false,
    takes_partner_name: Rate::NEVER,
    spellings: &[
        ("ay", "ai"),
        ("ay", "ey"),
        ("ie", "e"),
        ("e", "ie"),
        ("kh", "k"),
        ("ts", "s"),
        ("z", "s"),
        ("ss", "s"),
        ("gh", "g"),
        ("h", ""),
        ("x", "h"),
        ("c", ""),
        ("aa", "a"),
        ("w", "u"),
        ("Mohamed", "Maxamed"),
        ("Mohamed", "Muhammed"),
        ("Yusuf", "Yuusuf"),
        ("Ahmed", "Axmed"),
        ("Ghebre", "Gebre"),
        ("i", "e"),
        ("j", "y"),
    ],
    places: &[
        &["Asmara", "Asmera"],
        &["Keren", "Cheren"],
        &["Addis Abeba", "Addis Ababa"],
        &["Mogadishu", "Mogadishu Somalië", "Muqdisho", "Mogadiscio"],
        &["Hargeysa", "Hargeisa"],
        &["Massawa", "Mitsiwa"],
        &["Mendefera", "Adi Ugri"],
        &["Mekele", "Mekelle"],
        &["Barentu"],
        &["Senafe"],
    ],
};

#[rustfmt::skip]
const HORN_WOMEN: &[&str] = &[
    "Selam", "Helen", "Rahel", "Feruz", "Winta", "Semhar", "Luwam", "Freweini", "Letebrhan", "Abrehet", "Mehret",
    "Saba", "Bethlehem", "Tigist", "Hanna", "Almaz", "Hodan", "Fadumo", "Halimo", "Khadra", "Sahra", "Ifrah",
    "Faiza", "Amina", "Nasra", "Ayaan", "Hawa", "Zeinab", "Deka", "Ubah",
];
#[rustfmt::skip]
const HORN_MEN: &[&str] = &[
    "Tesfay", "Haile", "Yonas", "Samuel", "Filmon", "Abraham", "Berhane", "Kidane", "Mehari", "Gebre", "Tekle",
    "Fitsum", "Daniel", "Dawit", "Robel", "Amanuel", "Biniam", "Habtom", "Medhanie", "Mulugeta", "Solomon",
    "Tewelde", "Weldu", "Yohannes", "Zeray", "Mohamed", "Ahmed", "Abdi", "Ali", "Hassan", "Yusuf", "Omar", "Ibrahim",
    "Abdullahi", "Farah", "Warsame", "Jama", "Nur", "Osman", "Abdirahman", "Ismail", "Mahad", "Gebremedhin",
    "Tesfamariam", "Habtemariam", "Okbazghi", "Woldemichael", "Ghebremeskel", "Kiflemariam", "Negash", "Araya",
    "Asmelash", "Kahsay", "Hagos", "Girmay",
];

/// There is none: what stands in its place are the names of father and grandfather.
fn no_surname(draws: &mut Draws) -> Surname {
    let father = draws.frequent(HORN_MEN, 6);
    Surname::plain(&format!("{father} {}", draws.frequent(HORN_MEN, 6)))
}

pub const GHANAIAN: Customs = Customs {
    women: GHANAIAN_WOMEN,
    men: GHANAIAN_MEN,
    girls: GHANAIAN_WOMEN,
    boys: GHANAIAN_MEN,
    surname: ghanaian,
    more_given: [Rate::percent(60), Rate::percent(12), Rate::NEVER],
    first_rank: 4,
    mononym: Rate::NEVER,
    inheritance: Inheritance::Surname,
    surname_first: true,
    takes_partner_name: Rate::percent(55),
    spellings: &[
        ("kw", "qu"),
        ("Kofi", "Koffi"),
        ("Kwame", "Kwami"),
        ("Yaw", "Yao"),
        ("ei", "ey"),
        ("ey", "ei"),
        ("k", "c"),
        ("oa", "wa"),
        ("u", "oe"),
        ("ng", "n"),
        ("gy", "dj"),
        ("Owusu", "Owoesoe"),
        ("-", " "),
        (" ", "-"),
        ("e", "i"),
        ("h", ""),
    ],
    places: &[
        &["Kumasi", "Koemasi"],
        &["Accra", "Akkra"],
        &["Obuasi"],
        &["Tema"],
        &["Takoradi", "Sekondi-Takoradi"],
        &["Sunyani"],
        &["Cape Coast"],
        &["Amsterdam", "Amsterdam-Zuidoost", "A'dam"],
    ],
};

#[rustfmt::skip]
const GHANAIAN_WOMEN: &[&str] = &[
    "Abena", "Akosua", "Ama", "Afia", "Yaa", "Adwoa", "Esi", "Akua", "Mary", "Grace", "Comfort", "Mercy", "Felicia",
    "Beatrice", "Joyce", "Gifty", "Patience", "Agnes", "Vida", "Charity", "Elizabeth", "Rita", "Esther", "Doris",
    "Theresa",
];
#[rustfmt::skip]
const GHANAIAN_MEN: &[&str] = &[
    "Kofi", "Kwame", "Kwabena", "Kwaku", "Yaw", "Kwasi", "Kojo", "Emmanuel", "Samuel", "Joseph", "Isaac", "Daniel",
    "Michael", "Stephen", "Francis", "Eric", "Richard", "Ebenezer", "Charles", "George", "Kwadwo", "Prince", "Nana",
    "Felix", "Collins",
];
#[rustfmt::skip]
const GHANAIAN_SURNAMES: &[&str] = &[
    "Mensah", "Owusu", "Boateng", "Osei", "Appiah", "Asante", "Agyemang", "Opoku", "Amoah", "Adjei", "Sarpong",
    "Antwi", "Acheampong", "Addo", "Yeboah", "Frimpong", "Ofori", "Amponsah", "Asamoah", "Boakye", "Bonsu",
    "Danquah", "Darko", "Gyamfi", "Kyei", "Manu", "Nkansah", "Ntim", "Oppong", "Prempeh", "Quaye", "Sackey",
    "Tetteh", "Twumasi", "Wiafe", "Ampofo", "Ansah", "Badu", "Donkor",
];

fn ghanaian(draws: &mut Draws) -> Surname {
    let first = draws.frequent(GHANAIAN_SURNAMES, 3);
    if draws.below(10) < 6 {
        return Surname::plain(first);
    }
    let second = draws.frequent(GHANAIAN_SURNAMES, 3);
    Surname::plain(&format!("{first}{}{second}", if draws.below(2) == 0 { " " } else { "-" }))
}

pub const CHINESE: Customs = Customs {
    women: CHINESE_WOMEN,
    men: CHINESE_MEN,
    girls: CHINESE_WOMEN,
    boys: CHINESE_MEN,
    surname: chinese,
    more_given: [Rate::percent(8), Rate::NEVER, Rate::NEVER],
    first_rank: 12,
    mononym: Rate::NEVER,
    inheritance: Inheritance::Surname,
    surname_first: true,
    takes_partner_name: Rate::percent(10),
    spellings: &[
        ("x", "hs"),
        ("zh", "ch"),
        ("q", "ch"),
        ("ian", "ien"),
        ("iu", "ieu"),
        ("ang", "eung"),
        ("Wang", "Wong"),
        ("Li", "Lee"),
        ("Chen", "Chan"),
        ("Zhang", "Cheung"),
        ("Zheng", "Cheng"),
        ("Liu", "Lau"),
        ("Wu", "Ng"),
        ("Huang", "Wong"),
        ("-", ""),
        (" ", ""),
        ("ü", "u"),
        ("ong", "ung"),
        ("oe", "u"),
        ("Lin", "Lam"),
    ],
    places: &[
        &["Wenzhou", "Wenchow", "Zhejiang"],
        &["Hong Kong", "Hongkong", "Kowloon"],
        &["Guangzhou", "Kanton", "Canton"],
        &["Qingtian", "Tsingtien"],
        &["Shanghai", "Sjanghai"],
        &["Beijing", "Peking"],
        &["Fuzhou", "Foochow"],
        &["Rotterdam", "R'dam"],
    ],
};

#[rustfmt::skip]
const CHINESE_WOMEN: &[&str] = &[
    "Mei", "Xiaoling", "Li", "Ying", "Yan", "Fang", "Min", "Jing", "Xiuying", "Lihua", "Yuan", "Mei-Ling",
    "Siu Ling", "Wai Yee", "Ka Yan", "Xinyi", "Yutong", "Zihan", "Jia Yi", "Man Yee", "Suk Yin", "Hui", "Hong",
    "Qian", "Ting", "Xue", "Yun", "Jiaqi", "Lan",
];
#[rustfmt::skip]
const CHINESE_MEN: &[&str] = &[
    "Wei", "Jun", "Ming", "Lei", "Tao", "Jian", "Feng", "Bo", "Hao", "Kai", "Zhiqiang", "Jianguo", "Xiaoming",
    "Kwok Wai", "Chi Keung", "Wing Hong", "Ka Ming", "Haoran", "Yuxuan", "Zihao", "Yichen", "Man Kit", "Siu Ming",
    "Guang", "Peng", "Qiang", "Xin", "Yong", "Zhe",
];
#[rustfmt::skip]
const CHINESE_SURNAMES: &[&str] = &[
    "Wang", "Li", "Zhang", "Liu", "Chen", "Yang", "Huang", "Zhao", "Wu", "Zhou", "Xu", "Sun", "Ma", "Zhu", "Hu",
    "Guo", "He", "Lin", "Gao", "Luo", "Zheng", "Liang", "Xie", "Song", "Tang", "Han", "Feng", "Deng", "Cao", "Peng",
    "Zeng", "Xiao", "Tian", "Dong", "Pan", "Cai", "Jiang", "Yu", "Du", "Ye", "Cheng", "Wei", "Su", "Lü", "Ding",
    "Ren", "Shen", "Wong", "Chan", "Cheung", "Lau", "Ng", "Lam", "Kwok", "Tsang", "Man", "Hui", "Yip", "Tse",
    "Ouyang", "Zhan", "Fu", "Zou",
];

fn chinese(draws: &mut Draws) -> Surname {
    Surname::plain(draws.frequent(CHINESE_SURNAMES, 2))
}
