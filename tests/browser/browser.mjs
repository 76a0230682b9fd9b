// A real Chromium, and what it saw while somebody used it: requests, complaints, and the weight of what arrived.

import { chromium } from "playwright-core";

// Root cannot use the sandbox; the rest keeps Chromium from asking the network for anything of its own.
const ARGUMENTS = [
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts the browser that `CHROMIUM` names. */
export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ARGUMENTS });
}

/** A person at a browser of their own, on one site of Verband: nothing is shared with another person. */
export class Person {
  /** Opens a window for `subject` at `origin`, with or without script. */
  static async open(browser, { subject, origin, signIn, script = true, dark = false }) {
    const context = await browser.newContext({
      javaScriptEnabled: script,
      locale: "nl-NL",
      timezoneId: "Europe/Amsterdam",
      colorScheme: dark ? "dark" : "light",
    });
    context.setDefaultTimeout(15_000);
    const person = new Person();
    Object.assign(person, { subject, origin, signIn, script, context });
    Object.assign(person, { isSigningIn: false, elsewhere: [], complaints: [], document: null, styles: null, devtools: null });
    person.page = await context.newPage();
    person.#watch();
    return person;
  }

  #watch() {
    const provider = (url) => new URL(url).origin === this.signIn;
    this.context.on("request", (request) => {
      const { origin, protocol } = new URL(request.url());
      const isAllowed = origin === this.origin || protocol === "data:" || (this.isSigningIn && provider(request.url()));
      if (!isAllowed) this.elsewhere.push(request.url());
    });
    this.context.on("response", (response) => {
      if (!response.url().startsWith(this.origin) || response.status() !== 200) return;
      const type = response.request().resourceType();
      if (type === "document") this.document = response;
      if (type === "stylesheet") this.styles ??= response;
    });
    this.page.on("console", (message) => {
      // The page of the sign-in provider is not one of ours.
      if (message.type() === "error" && !provider(message.location().url || this.page.url())) {
        this.complaints.push(message.text());
      }
    });
    this.page.on("pageerror", (error) => this.complaints.push(String(error)));
  }

  /** Signs in by clicking, and stands on the first page. */
  async signsIn() {
    this.isSigningIn = true;
    await this.page.goto(`${this.origin}/`);
    await this.page.getByRole("button", { name: this.subject, exact: true }).click();
    await this.page.waitForURL(`${this.origin}/**`);
    this.isSigningIn = false;
  }

  /** Chooses a language by clicking. */
  async reads(lang) {
    const choice = `form.language button[value="${lang}"]`;
    await this.page.click(choice);
    await this.page.waitForSelector(`html[lang="${lang}"]`, { state: "attached" });
  }

  /** Loads the page again until `selector` is on it. */
  async waitsFor(selector, seconds = 60) {
    const last = Date.now() + seconds * 1000;
    while ((await this.page.locator(selector).count()) === 0) {
      if (Date.now() > last) throw new Error(`${this.subject} waited ${seconds} s for ${selector}`);
      await this.page.waitForTimeout(500);
      await this.page.reload();
    }
  }

  /** Presses Tab until what has focus fits `selector`; answers how often, or throws after `most` times. */
  async tabsTo(selector, most = 60) {
    for (let presses = 1; presses <= most; presses += 1) {
      await this.page.keyboard.press("Tab");
      if (await this.page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return presses;
    }
    throw new Error(`the Tab key does not reach ${selector}`);
  }

  /** Presses Alt and a letter, which is how Chromium takes an access key on Linux, and waits for the page it leads to. */
  async presses(letter) {
    this.devtools ??= await this.context.newCDPSession(this.page);
    const key = { modifiers: 1, key: letter, code: `Key${letter.toUpperCase()}` };
    key.windowsVirtualKeyCode = letter.toUpperCase().charCodeAt(0);
    const send = (type, more) => this.devtools.send("Input.dispatchKeyEvent", { type, ...key, ...more });
    // The library leaves out the character where Alt is held, and an access key is the character's.
    const loaded = this.page.waitForEvent("load");
    await send("rawKeyDown");
    await send("char", { text: letter, unmodifiedText: letter });
    await Promise.all([loaded, send("keyUp").catch(() => {})]);
  }

  /** Presses Enter on what has focus, which leads to another page. */
  async enters() {
    await Promise.all([this.page.waitForEvent("load"), this.page.keyboard.press("Enter")]);
  }
}
