//! How a population is made up.

use crate::draws::{Draws, Rate};
use crate::names::Origin;

/// Shares of a population. They are plausible, not measured: no statistics exist of who is in linked proceedings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shares {
    /// Weights of the origins of names, in the order of [`Origin::ALL`].
    pub origins: [u32; 11],
    /// Parents of two origins.
    pub mixed: Rate,
    /// Files with one parent only.
    pub single: Rate,
    /// Couples of one sex.
    pub same_sex: Rate,
    /// Couples and single people without children in proceedings: known to criminal cases alone.
    pub childless: Rate,
    /// A child that is the twin of the one before. In the country one birth in seventy; here far more, since twins are what
    /// a matcher gets wrong.
    pub twins: Rate,
    /// Twins whose names begin alike, often with the same initial.
    pub alike_twins: Rate,
    /// A son with all his father's names, likewise a parent with the grandparent's.
    pub father_and_son: Rate,
    /// A family of which a parent has a namesake somewhere else with the same birth date and all the same given names, who has
    /// nothing to do with it. With a name of any frequency that hardly ever happens, so it is rare here too, and still far
    /// commoner than in the country.
    pub doubles: Rate,
    /// Couples that are or were married.
    pub married: Rate,
    /// A first parent who goes to a shelter with the children.
    pub shelter: Rate,
    /// A first parent whose address is hidden for another reason.
    pub hidden: Rate,
    /// A first parent with a new partner in the house.
    pub patchwork: Rate,
    /// A child that is placed in an institution.
    pub placed: Rate,
    /// A family with a grandparent in its cases.
    pub grandparents: Rate,
    /// Persons with another than a Dutch name who are foreign nationals.
    pub foreign: Rate,
    /// Adults of Moroccan, Arabic and East African origin whose registered birth date is 1 January or 1 July.
    pub first_of_january: Rate,
    /// Suspects with two numbers in the criminal chain, where one is intended.
    pub second_skn: Rate,
}

impl Default for Shares {
    fn default() -> Self {
        Self {
            // Dutch, Turkish, Moroccan, Hindustani, Antillean, Polish, Slavic, Horn, Ghanaian, Chinese, Arabic.
            origins: [62, 6, 7, 5, 5, 4, 3, 2, 1, 1, 4],
            mixed: Rate::percent(12),
            single: Rate::percent(14),
            same_sex: Rate::percent(3),
            childless: Rate::percent(24),
            twins: Rate::percent(5),
            alike_twins: Rate::percent(45),
            father_and_son: Rate::percent(6),
            doubles: Rate::per_10_000(3),
            married: Rate::percent(62),
            shelter: Rate::percent(8),
            hidden: Rate::percent(5),
            patchwork: Rate::percent(35),
            placed: Rate::percent(4),
            grandparents: Rate::percent(9),
            foreign: Rate::percent(35),
            first_of_january: Rate::percent(22),
            second_skn: Rate::percent(3),
        }
    }
}

impl Shares {
    /// An origin, as often as its weight.
    pub(crate) fn origin(&self, draws: &mut Draws) -> Origin {
        Origin::ALL.get(draws.weighted(&self.origins)).copied().unwrap_or(Origin::Dutch)
    }
}
