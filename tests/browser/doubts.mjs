// Events of two courts' systems in which as many people as wanted may each be one person or two: each stands in a family case and
// in a criminal one, by the same name and birth date and without a number. All invented.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const GIVEN = ["Aaltje", "Berend", "Cornelis", "Dirkje", "Engelbert", "Fokke", "Geertruida", "Hidde", "Ietje", "Jitske"];
const SURNAMES = ["Aalbersberg", "Boonstra", "Claassens", "Driebergen", "Everwijn", "Fluitman", "Goedkoop", "Hulshof"];

/** An id that is the same each time for the same name. */
function id(name) {
  const hex = createHash("sha256").update(name).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The events of one case: registered, a party for each person, and what else is told of it. */
function story(court, jurisdiction, system, number, proceeding, role, people, more = []) {
  const source = `urn:nld:oin:00000001823288444000:systeem:${system}-${court.toLowerCase()}`;
  const subject = id(`${court}/${jurisdiction}/doubts`);
  const registered = { proceeding, court, numbers: number, registeredOn: "2026-09-01" };
  const parties = people.map((person, index) => ({ partyId: `p${index}`, roles: [role], person }));
  const told = [["case-registered", registered], ...parties.map((party) => ["party-added", party]), ...more];
  return told.map(([what, data], index) => JSON.stringify({
    specversion: "1.0", id: id(`${subject}/${index}`), source, type: `nl.${jurisdiction}-cases.${what}.v1`, subject,
    time: `2026-09-02T08:${String(index % 60).padStart(2, "0")}:00Z`, sequence: String(index + 1),
    datacontenttype: "application/json", data,
  })).join("\n");
}

/** Somebody whom nobody resembles, charged with what no code list knows. */
const UNKNOWN = [
  ["party-added", { partyId: "s0", roles: ["suspect"], person: { surname: "Zonnebloem", givenNames: "Xander", birthDate: "1948-02-01" } }],
  ...["998", "999"].map((article) => ["charge-brought", {
    chargeId: `c${article}`, suspect: "s0", victims: [], articles: [article], period: { from: "2026-05-02" }, tags: [],
  }]),
];

const twoDigits = (number) => String(number).padStart(2, "0");

/** Has both courts publish, with the program and on the stack that the environment names. */
export function publishDoubts(many) {
  const people = [...Array(many).keys()].map((index) => ({
    surname: SURNAMES[index % SURNAMES.length],
    givenNames: GIVEN[Math.floor(index / SURNAMES.length) % GIVEN.length],
    birthDate: `${1950 + (index % 50)}-${twoDigits(1 + (index % 12))}-${twoDigits(2 + (index % 26))}`,
  }));
  const stories = {
    "rbgel-civiel": story("RBGEL", "family", "civiel", "C/05/712500 / FA RK 26-950", "divorce", "petitioner", people),
    "rbove-straf": story("RBOVE", "criminal", "straf", "08/100300-26", "adult-criminal", "victim", people, UNKNOWN),
  };
  const [program, stack] = [process.env.VERBAND_PROGRAM, process.env.VERBAND_STACK];
  for (const [publisher, events] of Object.entries(stories)) {
    const file = join(stack, `${publisher}.ndjson`);
    writeFileSync(file, `${events}\n`);
    execFileSync(program, ["--folder", stack, "publish", file, "--as", publisher], { stdio: "ignore" });
  }
}
