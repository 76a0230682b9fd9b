// Takes the pictures of the README anew, of the demonstration before anybody touches it: in English, as wide as a page is read.

import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

import { Person } from "./browser.mjs";

const SIZE = { width: 1000, height: 900 };
const ROW = "tbody th a";

/** Leaves a picture of what `person` sees, from the top of `selector` down. */
async function picture(person, path, selector = "body") {
  const to = fileURLToPath(new URL(`../../services/${path}.png`, import.meta.url));
  mkdirSync(dirname(to), { recursive: true });
  await person.page.locator(selector).first().evaluate((element) => element.scrollIntoView({ block: "start" }));
  await person.page.screenshot({ path: to });
}

async function signedIn(browser, who) {
  const person = await Person.open(browser, who);
  await person.page.setViewportSize(SIZE);
  await person.signsIn();
  await person.waitsFor(ROW);
  await person.reads("en");
  return person;
}

/** The queue, a comparison, what would follow from a ruling, how the house runs, and a signal. */
export async function takePictures(browser, { judge, steward, operator }) {
  const desk = await signedIn(browser, steward);
  await picture(desk, "steward/pictures/queue");
  await desk.page.locator('a[href*="kind=possible"]').click();
  await desk.page.locator(ROW).first().click();
  await desk.page.waitForURL("**/questions/*");
  await picture(desk, "steward/pictures/comparison");
  await desk.page.selectOption("#reason", "seen-in-file");
  await desk.page.click('button[name="same"][value="true"]');
  await desk.page.waitForSelector('form[action$="/rulings"] button');
  await picture(desk, "steward/pictures/preview");
  const house = await Person.open(browser, operator);
  await house.page.setViewportSize(SIZE);
  await house.signsIn();
  await house.reads("en");
  await picture(house, "steward/pictures/operations");
  const inbox = await signedIn(browser, judge);
  await inbox.page.locator(ROW).first().click();
  await inbox.page.waitForURL("**/signals/*");
  await picture(inbox, "alerts/pictures/signal");
}

/** The page on which a person whose records may be of two is parted. It asks a question, so it is taken after everything else. */
export async function takeSplitPicture(browser, steward) {
  const desk = await signedIn(browser, steward);
  const suspicion = 'form[action$="/suspicions"] button';
  for (const status of ["open", "ruled"]) {
    await desk.page.goto(`${desk.origin}/?status=${status}`);
    const questions = await desk.page.locator(ROW).evaluateAll((links) => links.map((link) => link.href));
    for (const question of questions) {
      await desk.page.goto(question);
      for (let which = 0; which < (await desk.page.locator(suspicion).count()); which += 1) {
        await desk.page.locator("details", { has: desk.page.locator(suspicion) }).evaluate((details) => { details.open = true; });
        await desk.page.locator(suspicion).nth(which).click();
        await desk.page.waitForURL("**notice=suspected");
        await desk.page.click('form[action$="/group"] button');
        await desk.page.waitForSelector("#part");
        if ((await desk.page.locator('form[action$="/splits/preview"]').count()) > 0) {
          await picture(desk, "steward/pictures/split", "#links");
          return;
        }
        await desk.page.goto(question);
      }
    }
  }
  throw new Error("nobody can be parted");
}
