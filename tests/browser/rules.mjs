// What holds for every page, whoever reads it.

import { mkdirSync } from "node:fs";

import AxeBuilder from "@axe-core/playwright";

import { check } from "./tally.mjs";

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const PAGE_BYTES = 60 * 1024;
const STYLE_BYTES = 25 * 1024;
const WIDE = { width: 1280, height: 800 };
// The width at which 1.4.10 wants no scrolling sideways.
const NARROW = { width: 320, height: 640 };
// Where to leave pictures of the pages; nowhere when it is not set.
const PICTURES = process.env.PICTURES;

/** Checks the page that `person` stands on; `name` and `lang` are what it should be. */
export async function checkPage(person, name, lang) {
  const { page } = person;
  const at = `${name} ${lang}${person.script ? "" : " without script"}`;
  check(`${at}: html lang`, (await page.getAttribute("html", "lang")) === lang);
  const headings = await page.locator("h1").count();
  check(`${at}: one h1`, headings === 1, `${headings}`);
  const bytes = (await person.document.body()).length;
  check(`${at}: at most ${PAGE_BYTES} bytes`, bytes <= PAGE_BYTES, `${bytes}`);
  await checkWidths(person, at);
  await checkFirstTab(person, at);
  if (person.script) await checkAccessibility(page, at, lang);
  // The key of a text stands where the text is missing.
  const text = await page.locator("body").innerText();
  check(`${at}: no text is missing`, !/\b[a-z]+(-[a-z]+)*-(heading|hint|caption|text)\b/.test(text));
}

/** Checks what can be checked of a page that cannot be loaded again, such as the answer to a form. */
export async function checkShown(person, name, lang) {
  const at = `${name} ${lang}${person.script ? "" : " without script"}`;
  await checkWidths(person, at);
  if (person.script) await checkAccessibility(person.page, at, lang);
}

async function checkWidths(person, at) {
  const { page } = person;
  for (const size of [WIDE, NARROW]) {
    await page.setViewportSize(size);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    check(`${at}: fits ${size.width} px`, width <= size.width, `${width}`);
    if (PICTURES) {
      mkdirSync(PICTURES, { recursive: true });
      const path = `${PICTURES}/${at.replaceAll(" ", "-")}-${size.width}.png`;
      await page.screenshot({ path, fullPage: true });
    }
  }
  // A table that becomes blocks has nothing left to scroll; one that would be cut off is found here.
  const cut = await page.evaluate(() =>
    [...document.querySelectorAll("main *")].filter((element) => element.scrollWidth > element.clientWidth + 1 &&
      element.clientWidth > 1 && getComputedStyle(element).overflowX !== "visible").map((element) => element.className));
  check(`${at}: nothing is cut off at ${NARROW.width} px`, cut.length === 0, cut.join(", "));
  await page.setViewportSize(WIDE);
}

async function checkFirstTab(person, at) {
  const { page } = person;
  // A fresh page: what was clicked before would be where the Tab key goes on from.
  await page.reload();
  await page.keyboard.press("Tab");
  const first = await page.evaluate(() => {
    const { className, textContent } = document.activeElement;
    const { top, bottom } = document.activeElement.getBoundingClientRect();
    return { className, textContent, isSeen: top >= 0 && bottom > top };
  });
  check(`${at}: the Tab key reaches the skip link first`, first.className === "skip", first.className);
  check(`${at}: the skip link is seen when it has focus`, first.isSeen && first.textContent.trim() !== "");
  await page.keyboard.press("Enter");
  const focused = await page.evaluate(() => document.activeElement.id);
  check(`${at}: the skip link leads to the content`, focused === "main", focused);
}

async function checkAccessibility(page, at, lang) {
  // Colours do not depend on the language: dark is looked at once.
  for (const colorScheme of lang === "nl" ? ["light", "dark"] : ["light"]) {
    await page.emulateMedia({ colorScheme });
    const { violations, passes } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
    const found = violations.map(({ id, nodes }) => `${id} at ${nodes.map(({ target }) => target).join(" and ")}`);
    check(`${at}: axe in ${colorScheme}`, violations.length === 0 && passes.length > 0, found.join("; "));
  }
  await page.emulateMedia({ colorScheme: "light" });
}

/** Checks what can only be said once somebody is done: where requests went, and what the browser complained of. */
export async function checkVisit(person) {
  const who = `${person.subject}${person.script ? "" : " without script"}`;
  check(`${who}: no request to elsewhere`, person.elsewhere.length === 0, person.elsewhere.join(", "));
  check(`${who}: no complaint of the browser`, person.complaints.length === 0, person.complaints.join("; "));
}

/** Checks the size of the style sheet, which is the same on every page; reads it before anything clears the cache. */
export async function checkStyles(person) {
  const bytes = person.styles === null ? 0 : (await person.styles.body()).length;
  check(`${person.subject}: a style sheet of at most ${STYLE_BYTES} bytes`, bytes > 0 && bytes <= STYLE_BYTES, `${bytes}`);
}
