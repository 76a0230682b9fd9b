// What must not show: the invented people on the judge's pages, what somebody is charged with on the steward's.

import { readFileSync } from "node:fs";

const demonstration = readFileSync(new URL("../../services/courthouse/src/dev/demo.rs", import.meta.url), "utf8");
const list = demonstration.match(/fn personal_values\(\)[^{]*\{\s*vec!\[([^\]]*)\]/)?.[1] ?? "";

/** Names, numbers, birth dates and addresses of the demonstration, read from where the demonstration keeps them. */
export const PERSONAL = [...list.matchAll(/"([^"]+)"/g)].map(([, value]) => value);

/** Words of what the demonstration charges somebody with, in both languages, and any article of the criminal code. */
const OFFENCES = [
  "mishandeling", "assault", "diefstal", "theft", "beroving", "robbery", "afpersing", "extortion",
  "bedreiging", "threat", "stalking", "belaging", "geweld", "violence", "violent", "zeden", "rape", "verkrachting",
  "ten laste", "tenlastelegging", "charged with", "Sr 285", "Sr 300", "Sr 304", "Sr 317",
];

/** Which values of the demonstration stand in `html`, as words of their own. */
export function named(html) {
  return PERSONAL.filter((value) => new RegExp(`(?<![\\p{L}\\d])${value}(?![\\p{L}\\d])`, "iu").test(html));
}

/** Which words of an offence stand in `html`: a word may go on, the number of an article may not. */
export function offences(html) {
  return OFFENCES.filter((word) => new RegExp(`(?<![\\p{L}\\d])${word}(?!\\d)`, "iu").test(html));
}
