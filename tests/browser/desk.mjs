// A day at the desk: a steward works through a queue by the keyboard alone, two want the same question at once, and a question
// that is looked at is kept. What a page says is held against the desk's API, asked with the same session.

import { Person } from "./browser.mjs";
import { checkPage, checkShown, checkVisit } from "./rules.mjs";
import { check } from "./tally.mjs";

/** The people of `doubts.mjs` stand in cases of these courts. */
const COURTS = ["RBGEL", "RBOVE"];
/** How many questions a steward works through. */
const TASKS = 20;

/** A question, a list or whatever else the desk's API answers to this person. */
async function api(person, path) {
  const answer = await person.context.request.get(`${person.origin}/v1${path}`);
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()}`);
  return answer.json();
}

async function openQuestions(person) {
  const found = [];
  let next = "";
  do {
    const page = await api(person, `/questions?limit=100${next}`);
    found.push(...page.questions);
    next = page.next ? `&cursor=${encodeURIComponent(page.next)}` : "";
  } while (next !== "");
  const ours = found.filter(({ cases }) => cases.every((card) => COURTS.includes(card?.court)));
  return ours.map(({ id }) => id).sort();
}

/** The questions about the people of `doubts.mjs`, once all of them are asked. */
export async function doubts(person, many) {
  for (let tries = 0; tries < 120; tries += 1) {
    const found = await openQuestions(person);
    if (found.length >= many) return found;
    await person.page.waitForTimeout(500);
  }
  throw new Error(`fewer than ${many} questions came up`);
}

/** Waits until the linker has followed what was done with a question: until nothing is said of it any more. */
async function settles(person, question) {
  let [last, alike] = ["", 0];
  while (alike < 5) {
    await person.page.waitForTimeout(300);
    const { changedAt, status } = await api(person, `/questions/${question}`);
    alike = last === `${changedAt} ${status}` ? alike + 1 : 0;
    last = `${changedAt} ${status}`;
  }
}

const idOf = (person) => new URL(person.page.url()).pathname.match(/^\/questions\/([0-9a-f-]{36})/)?.[1];

/** Presses the key that stands on a button; the browser's own access key, so that no letter alone does anything. */
async function presses(person, letter) {
  const label = person.page.locator(`button[accesskey="${letter.toLowerCase()}"] kbd`);
  check(`the key ${letter} stands on its button`, (await label.first().innerText()) === letter);
  await person.presses(letter.toLowerCase());
}

/** Chooses a ground by the keyboard, and writes a word on it. */
async function explains(person, words) {
  await person.tabsTo("#reason");
  await person.page.keyboard.press("ArrowDown");
  await person.page.keyboard.press("Tab");
  await person.page.keyboard.type(words);
}

const CHOICES = ["S", "D", "S", "D", "T"];

/** Twenty questions, no mouse: taken up, thought about, decided, and the next one. */
export async function worksByKeyboard(browser, steward, ours) {
  const person = await Person.open(browser, steward);
  const { page } = person;
  await person.signsIn();
  await presses(person, "N");
  const done = new Map();
  let aside = 0;
  while (done.size < TASKS) {
    const question = idOf(person);
    if (!ours.has(question)) {
      // Somebody else's work today: it is set aside, and the next one comes.
      if ((aside += 1) > 20) throw new Error("only others' questions come up");
      await presses(person, "K");
      continue;
    }
    check("a question comes up once", !done.has(question));
    const choice = CHOICES[done.size % CHOICES.length];
    const words = `Nagekeken, nummer ${done.size}.`;
    await explains(person, words);
    await presses(person, choice);
    if (choice !== "T") {
      if (done.size === 0) await checkShown(person, "preview", "nl");
      const decided = await page.locator("dl.facts dd").first().innerText();
      check("the preview repeats the decision", (decided === "Eén persoon") === (choice === "S"), decided);
      await presses(person, "B");
    }
    check("it says that it is recorded", (await page.locator('main p[role="status"]').count()) === 1);
    done.set(question, { choice, words });
    const entry = await api(person, `/questions/${question}`);
    checkRecorded(entry, choice, words);
    if (done.size === TASKS - 1) {
      // The one before the last was a mistake: taken back by a key as well, and given anew.
      await settles(person, question);
      await presses(person, "U");
      await settles(person, question);
      await page.reload();
      const back = await api(person, `/questions/${question}`);
      check("what was taken back is asked again", back.status === "open" && back.rulings[0].withdrawn === true);
      await explains(person, words);
      await presses(person, choice);
      await presses(person, "B");
      const again = await api(person, `/questions/${question}`);
      check("and can be ruled on again", again.rulings.filter(({ withdrawn }) => !withdrawn).length === 1);
    }
    await presses(person, "N");
  }
  check(`${TASKS} questions by keyboard`, done.size === TASKS);
  await noLetterAlone(person);
  await checkVisit(person);
}

function checkRecorded(entry, choice, words) {
  if (choice === "T") {
    check("who cannot tell leaves it to others", entry.status === "open" && entry.spoken && entry.rulings.length === 0);
    return;
  }
  const [ruling] = entry.rulings;
  const wanted = choice === "S";
  check("the API has the ruling", entry.rulings.length === 1 && ruling.same === wanted, JSON.stringify(entry.rulings));
  check("with its words and who gave it", ruling?.note === words && ruling?.by.join() === "steward-dirk");
}

/** WCAG 2.1.4: a letter alone does nothing, so that speech input and a stray key decide nothing. */
async function noLetterAlone(person) {
  const before = person.page.url();
  for (const letter of "sdtknubc") await person.page.keyboard.press(letter);
  check("a letter alone does nothing", person.page.url() === before);
}

/** Two stewards at two browsers, at one question: one has it in hand, one decides. */
export async function race(browser, stewards, [first, second]) {
  const people = [];
  for (const steward of stewards) {
    const person = await Person.open(browser, steward);
    await person.signsIn();
    people.push(person);
  }
  const both = (act) => Promise.all(people.map(act));
  const opens = (question) => both(({ page, origin }) => page.goto(`${origin}/questions/${question}`));

  await opens(first);
  await both((person) => presses(person, "C"));
  const holds = await both(({ page }) => page.locator('form[action$="/release"]').count());
  check("of two who take up a question one has it", holds.reduce((sum, one) => sum + one, 0) === 1, holds.join());
  const other = people[holds.indexOf(0)].page;
  check("the other is told", (await other.locator('main p.notice[role="status"]').count()) === 1);
  check("and cannot decide", (await other.locator("#reason").count()) === 0);

  await opens(second);
  await both(async (person) => {
    await explains(person, `Van ${person.subject}.`);
    await presses(person, person === people[0] ? "S" : "D");
  });
  await both((person) => presses(person, "B"));
  const { rulings } = await api(people[0], `/questions/${second}`);
  check("of two who decide at once one wins", rulings.length === 1, JSON.stringify(rulings));
  const winner = rulings[0].by[0];
  const loser = people.find(({ subject }) => subject !== winner);
  check("who wins said what stands", rulings[0].same === (winner === people[0].subject) && rulings[0].note === `Van ${winner}.`);
  const shown = await loser.page.locator('section[role="alert"] li').allInnerTexts();
  check("the other is told what changed", shown.length > 0, shown.join());
  const given = await loser.page.locator("ul.list li").allInnerTexts();
  check("and by whom", given.length === 1 && given[0].includes(winner), given.join());
  check("and keeps what they wrote", (await loser.page.inputValue("#note")) === `Van ${loser.subject}.`);
  await checkShown(loser, "overtaken question", "nl");
  for (const person of people) await checkVisit(person);
}

/** A page that is open and seen keeps its question; one that is not lets go, and says when it was let go. */
export async function keeps(browser, [steward, colleague], question) {
  const person = await Person.open(browser, steward);
  const { page } = person;
  await person.signsIn();
  // The page's own clock, so that a quarter of an hour takes no quarter of an hour.
  await page.clock.install();
  const beats = [];
  page.on("request", (request) => {
    if (request.method() === "PUT") beats.push(new URL(request.url()).pathname);
  });
  const passes = async (minutes) => {
    await page.clock.runFor(minutes * 60_000);
    await page.waitForTimeout(300);
  };
  const shows = (state) => page.evaluate((value) => {
    Object.defineProperty(document, "visibilityState", { value, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);
  await page.goto(`${person.origin}/questions/${question}`);
  await presses(person, "C");
  const until = await page.locator("#hand").innerText();
  check("it says until when", /\d{2}:\d{2}/.test(until), until);
  check("nothing is asked at once", beats.length === 0);
  await passes(11);
  check("while it is seen it is kept", beats.length === 2, beats.join());
  check("by the desk's API", beats.every((path) => path === `/v1/questions/${question}/claim`));
  check("and it says so", !/\d{2}:\d{2}/.test(await page.locator("#hand").innerText()));
  await shows("hidden");
  await passes(11);
  check("while nobody sees it nothing is kept", beats.length === 2, beats.join());

  const other = await Person.open(browser, colleague);
  await other.signsIn();
  await other.page.goto(`${other.origin}/questions/${question}`);
  check("a colleague sees that it is in hand", (await other.page.locator('button[accesskey="c"]').count()) === 0);
  await person.context.request.delete(`${person.origin}/v1/questions/${question}/claim`);
  await other.page.reload();
  await presses(other, "C");
  await page.fill("#note", "Half een gedachte");
  // The browser reports an answer of 409 as an error; here it is what is wanted.
  const complaints = person.complaints.length;
  await shows("visible");
  await page.waitForSelector('#hand[role="alert"]');
  person.complaints.splice(complaints);
  check("who comes back is told that it is another's", (await page.locator("#hand").innerText()).length > 20);
  check("and loses nothing", (await page.inputValue("#note")) === "Half een gedachte");
  const asked = beats.length;
  await passes(11);
  check("and asks no more", beats.length === asked, beats.join());
  for (const one of [person, other]) await checkVisit(one);
}

/** Without script a page says until when a question is in hand. */
export async function keepsWithoutScript(browser, steward, question) {
  const person = await Person.open(browser, { ...steward, script: false });
  await person.signsIn();
  await person.page.goto(`${person.origin}/questions/${question}`);
  await person.page.click('button[accesskey="c"]');
  const until = await person.page.locator("#hand").innerText();
  check("without script it says until when", /\d{2}:\d{2}/.test(until), until);
  await checkShown(person, "question in hand", "nl");
  await person.page.click('form[action$="/release"] button');
  await checkVisit(person);
}

/** Articles that the code list does not know: one is passed on with a proposal, and another without one. */
export async function passesOn(browser, steward, script) {
  const person = await Person.open(browser, { ...steward, script });
  const { page } = person;
  await person.signsIn();
  await page.click('nav a[href="/articles"]');
  await page.waitForURL("**/articles");
  for (const lang of ["nl", "en"]) {
    await person.reads(lang);
    await checkPage(person, "unknown articles", lang);
  }
  const row = page.locator("tbody tr").first();
  const article = (await row.locator("th").innerText()).split("\n")[0];
  check("an article is shown, and how many cases name it", /^Sr 99\d$/.test(article), article);
  check("and no case", !/\d{2}\/\d{6}-\d{2}/.test(await page.locator("main").innerText()));
  if (script) await row.locator("select").selectOption("serious");
  await row.locator("button").click();
  await page.waitForURL(/articles\?status=passed-on&notice=/);
  check("it says that it was passed on", (await page.locator('main p[role="status"]').count()) === 1);
  const passed = page.locator("tbody tr", { hasText: article });
  check("by whom", (await passed.locator("ul.list li").innerText()).includes(steward.subject));
  for (const lang of ["nl", "en"]) {
    await person.reads(lang);
    await checkPage(person, "articles passed on", lang);
  }
  await checkVisit(person);
}
