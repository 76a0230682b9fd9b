// Two people use Verband in a real browser: a judge, who is told, and a steward, who decides. The demonstration runs
// already, at the addresses in `VERBAND_JUDGE`, `VERBAND_STEWARD` and `VERBAND_SIGN_IN`.

import { Person, launch } from "./browser.mjs";
import { doubts, keeps, keepsWithoutScript, passesOn, race, worksByKeyboard } from "./desk.mjs";
import { checkPage, checkStyles, checkVisit } from "./rules.mjs";
import { publishDoubts } from "./doubts.mjs";
import { takePictures, takeSplitPicture } from "./pictures.mjs";
import { PERSONAL, named, offences } from "./secrets.mjs";
import { check, close, part } from "./tally.mjs";

const LANGUAGES = ["nl", "en"];
const ROW = "tbody th a";

const address = (name) => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return new URL(value).origin;
};
const signIn = address("VERBAND_SIGN_IN");
const judge = { subject: "judge-anna", origin: address("VERBAND_JUDGE"), signIn };
const clerk = { subject: "clerk-elif", origin: judge.origin, signIn };
const steward = { subject: "steward-dirk", origin: address("VERBAND_STEWARD"), signIn };
const operator = { ...steward, subject: "operator-femke" };
const colleague = { ...steward, subject: "steward-hanna" };
// How many questions the desk gets for a day's work, besides those of the demonstration.
const DOUBTS = 24;

/** Walks through the list, its first row and signing out, in both languages; `look` reads each page. */
async function visit(person, names, look) {
  const { page } = person;
  const read = async (name) => {
    for (const lang of LANGUAGES) {
      await person.reads(lang);
      await checkPage(person, name, lang);
      look(name, lang, await page.content());
    }
  };
  await person.signsIn();
  await person.waitsFor(ROW);
  await checkStyles(person);
  await read(names[0]);
  await page.locator(ROW).first().click();
  await page.waitForURL(/\/(signals|questions)\//);
  await read(names[1]);
  await page.click("form.sign-out button");
  await page.waitForURL("**/signed-out");
  await read("signed out");
  await checkVisit(person);
}

/** The judge's pages say what the matter is, and name nobody. */
function namesNobody(name, lang, html) {
  const shown = named(html);
  check(`${name} ${lang}: nobody is named`, shown.length === 0, `${shown.length} values`);
  if (name === "signal") {
    check(`${name} ${lang}: it says what is charged`, offences(html).length > 0);
  }
}

/** The steward's pages show who may be whom, and nothing of what anybody is charged with. */
function saysNoOffence(name, lang, html) {
  const shown = offences(html);
  check(`${name} ${lang}: no word of an offence`, shown.length === 0, shown.join(", "));
  if (name === "question") {
    check(`${name} ${lang}: it shows whom it is about`, named(html).length > 0);
  }
}

async function acknowledgeByKeyboard(browser) {
  const person = await Person.open(browser, judge);
  const { page } = person;
  await person.signsIn();
  await person.waitsFor(ROW);
  await person.tabsTo(ROW);
  await person.enters();
  check("by keyboard: the signal is open", page.url().includes("/signals/"), page.url());
  await person.tabsTo('form[action$="/acknowledgements"] button');
  const outline = await page.evaluate(() => parseFloat(getComputedStyle(document.activeElement).outlineWidth));
  check("by keyboard: focus is seen", outline >= 3, `${outline}`);
  await person.enters();
  const left = await page.locator('form[action$="/acknowledgements"]').count();
  check("by keyboard: nothing is left to acknowledge", left === 0);
  check("by keyboard: it says so", (await page.locator('main [role="status"]').count()) > 0);
  await page.goto(`${judge.origin}/`);
  check("by keyboard: the list counts nothing unread", (await page.locator("tr.unread").count()) === 0);
  await checkVisit(person);
  return person;
}

/** A judge who looks before a decision: the cases, one of them, its history, what was asked, and an attestation to print. */
async function consult(browser, script) {
  const person = await Person.open(browser, { ...judge, script });
  const { page } = person;
  const read = async (name) => {
    for (const lang of LANGUAGES) {
      await person.reads(lang);
      await checkPage(person, name, lang);
      namesNobody(name, lang, await page.content());
    }
  };
  await person.signsIn();
  await person.waitsFor(ROW);
  const signals = await page.locator(ROW).evaluateAll((links) => links.map((link) => link.href));
  for (const signal of signals) await page.goto(signal);
  const drawn = await page.locator("svg.timeline rect").count();
  const said = await page.locator("figure:has(svg.timeline) + .table tbody tr").count();
  check("a timeline has a row for each mark", drawn > 0 && drawn === said, `${drawn} marks, ${said} rows`);
  await page.goto(`${judge.origin}/cases`);
  await read("cases");
  await page.locator(ROW).first().click();
  await page.waitForURL("**/cases/*");
  const own = page.url();
  const lines = await page.locator("svg.graph line").count();
  const rows = await page.locator("figure:has(svg.graph) + .table tbody tr").count();
  check("a graph has a row for each line", lines > 0 && lines === rows, `${lines} lines, ${rows} rows`);
  await read("case");
  await page.click('form[action$="/procedure-histories"] button');
  await page.waitForURL("**/procedure-history*");
  await read("procedure history");
  await page.goto(`${judge.origin}/information-requests`);
  await read("requests");
  await page.goto(own);
  await page.click('form[action$="/attestations"] button');
  await page.waitForURL("**/attestations/*");
  check("an attestation says nothing of an offence", offences(await page.content()).length === 0);
  await read("attestation");
  await checkVisit(person);
}

/** A judge asks for a version for a party, and a clerk lets it go: with script for one party, without for the other. */
async function checkBeforeTelling(browser, script) {
  const asks = await Person.open(browser, { ...judge, script });
  await asks.signsIn();
  await asks.waitsFor(ROW);
  await asks.page.getByRole("link", { name: /712345/ }).first().click();
  await asks.page.waitForURL("**/signals/*");
  const asking = asks.page.locator('form[action$="/party-versions"]');
  await asking.locator("select").selectOption({ index: script ? 0 : 1 });
  await asking.locator("button").click();
  await asks.page.waitForURL(/notice=prepared/);
  await checkVisit(asks);

  const person = await Person.open(browser, { ...clerk, script });
  const { page } = person;
  const read = async (name) => {
    for (const lang of LANGUAGES) {
      await person.reads(lang);
      await checkPage(person, name, lang);
      namesNobody(name, lang, await page.content());
    }
  };
  await person.signsIn();
  check("a clerk begins with what waits to be read", page.url().endsWith("/escalations"), page.url());
  await read("escalations");
  check("and reads nothing of an offence", offences(await page.content()).length === 0);
  await page.locator('a[href="/party-versions"]').click();
  await page.waitForURL("**/party-versions");
  await read("checks");
  const waiting = page.locator('form[action$="/checks"] button.primary');
  check("one version waits", (await waiting.count()) === 1, `${await waiting.count()}`);
  await waiting.click();
  await page.waitForURL(/party-versions\?notice=/);
  check("it says what became of it", (await page.locator('main [role="status"]').count()) === 1);
  await read("checks done");
  check("nothing waits any more", (await waiting.count()) === 0);
  await checkVisit(person);
}

/** The steward has no script; the judge has, and sits in front of the list. */
async function confirmAndTell(browser, told) {
  const person = await Person.open(browser, { ...steward, script: false });
  await person.signsIn();
  await person.waitsFor(ROW);
  const { page } = person;
  const open = await page.locator(ROW).count();
  const signals = await told.page.locator(ROW).count();
  await page.locator('a[href*="kind=possible"]').click();
  await page.locator(ROW).first().click();
  // Nothing is recorded without a ground, and what was written is kept: the browser alone would not let it through.
  await page.evaluate(() => document.querySelector("#reason").removeAttribute("required"));
  await page.fill("#note", "Nagevraagd.");
  await page.click('button[name="same"][value="true"]');
  check("a ruling without a ground is refused", (await page.locator("#fault").count()) === 1);
  check("what was written is kept", (await page.inputValue("#note")) === "Nagevraagd.");
  await page.selectOption("#reason", "source-confirmed");
  await page.click('button[name="same"][value="true"]');
  // First what would follow; nothing is recorded before it is confirmed.
  await page.waitForSelector('form[action$="/rulings"] button');
  const foreseen = await page.locator("main").innerText();
  check("the consequences are shown", /bericht|notice/.test(foreseen), foreseen);
  check("and nothing of what a judge would read", offences(await page.content()).length === 0);
  await page.click('form[action$="/rulings"] button:last-of-type');
  await page.waitForSelector('main [role="status"]');
  check("it can be taken back", (await page.locator('form[action$="/withdrawals"] button').count()) === 1);
  await page.goto(`${steward.origin}/`);
  const left = await page.locator(ROW).count();
  check("the queue is one shorter", left === open - 1, `${open}, then ${left}`);
  await checkVisit(person);

  const news = told.page.locator("#news");
  await news.waitFor({ state: "visible", timeout: 30_000 });
  check("the list does not move by itself", (await told.page.locator(ROW).count()) === signals);
  await news.click();
  await told.page.waitForSelector("tr.unread");
  const rows = await told.page.locator(ROW).count();
  check("the judge sees a new signal", rows === signals + 1, `${signals}, then ${rows}`);
  await told.page.locator("tr.unread th a").click();
  await told.page.waitForURL("**/signals/**");
  await checkVisit(told);
}

/** An operator looks how the house runs, and how good the decisions are. */
async function operate(browser, script) {
  const person = await Person.open(browser, { ...operator, script });
  const { page } = person;
  await person.signsIn();
  check("an operator stands before how it runs", new URL(page.url()).pathname === "/operations", page.url());
  for (const name of ["operations", "quality", "articles"]) {
    await page.click(`nav a[href="/${name}"]`);
    await page.waitForURL(`**/${name}`);
    for (const lang of LANGUAGES) {
      await person.reads(lang);
      await checkPage(person, name, lang);
      saysNoOffence(name, lang, await page.content());
      namesNobody(name, lang, await page.content());
    }
  }
  await page.goto(`${operator.origin}/operations`);
  const [drawings, numbers] = [page.locator("svg.flow"), page.locator("svg.flow ~ .small")];
  check("it shows what flows", (await drawings.count()) > 0);
  check("each picture has its numbers beside it", (await drawings.count()) === (await numbers.count()));
  check("it counts what is in quarantine", (await page.locator("#quarantine").count()) === 1);
  await checkVisit(person);
}

const browser = await launch();
try {
  if (process.env.README_PICTURES) await takePictures(browser, { judge, steward, operator });
  check("the demonstration names somebody", PERSONAL.length > 20, `${PERSONAL.length}`);
  for (const script of [true, false]) {
    const how = script ? "" : " without script";
    await part(`the judge's pages${how}`, async () => {
      await visit(await Person.open(browser, { ...judge, script }), ["inbox", "signal"], namesNobody);
    });
    await part(`the steward's pages${how}`, async () => {
      await visit(await Person.open(browser, { ...steward, script }), ["queue", "question"], saysNoOffence);
    });
  }
  for (const script of [true, false]) {
    await part(`a clerk checks${script ? "" : " without script"}`, () => checkBeforeTelling(browser, script));
  }
  let told;
  await part("a judge acknowledges by keyboard", async () => {
    told = await acknowledgeByKeyboard(browser);
  });
  await part("a steward confirms without script, and the judge is told", () => confirmAndTell(browser, told));
  for (const script of [true, false]) {
    await part(`a judge consults before a decision${script ? "" : " without script"}`, () => consult(browser, script));
  }
  for (const script of [true, false]) {
    await part(`an operator looks${script ? "" : " without script"}`, () => operate(browser, script));
  }
  await part("a day at the desk", async () => {
    publishDoubts(DOUBTS);
    const somebody = await Person.open(browser, steward);
    await somebody.signsIn();
    const [one, other, ...rest] = await doubts(somebody, DOUBTS);
    await part("two want one question at once", () => race(browser, [steward, colleague], [one, other]));
    await part("a question that is looked at is kept", () => keeps(browser, [steward, colleague], rest[0]));
    await part("a question in hand without script", () => keepsWithoutScript(browser, steward, rest[1]));
    for (const script of [true, false]) {
      await part(`an unknown article is passed on${script ? "" : " without script"}`, () => passesOn(browser, steward, script));
    }
    await part("twenty questions by keyboard", () => worksByKeyboard(browser, steward, new Set(rest.slice(2))));
  });
  if (process.env.README_PICTURES) await takeSplitPicture(browser, steward);
} finally {
  await browser.close();
}
process.exitCode = close() ? 0 : 1;
