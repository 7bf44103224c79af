// Run by tests/page.rs: opens the page at argument 2 in Chromium, does there what the scenario at argument 1 says, and writes what
// it saw as JSON. PLAYWRIGHT is the folder of playwright-core, CHROMIUM the browser.

import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const { chromium } = createRequire(import.meta.url)(process.env.PLAYWRIGHT);
const [scenario, file] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
const url = pathToFileURL(file).href;

// What must never happen: said by every page that is opened.
const noise = [];

async function open({ width = 1280, height = 900, before, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, ...options });
  const page = await context.newPage();
  page.on("console", (message) => noise.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => noise.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => noise.push(`dialog: ${dialog.message()}`) && dialog.dismiss());
  page.on("request", (request) => request.url() === url || noise.push(`request: ${request.url()}`));
  if (before) await page.addInitScript(before);
  await page.goto(url);
  return page;
}

// The text of each element that a selector finds and that is seen.
const seen = (page, selector) =>
  page.$$eval(selector, (elements) => elements.filter((element) => element.checkVisibility()).map((element) => element.innerText.trim()));
const ids = (page, selector) =>
  page.$$eval(selector, (elements) => elements.filter((element) => element.checkVisibility()).map((element) => element.id));
const focused = (page) => page.evaluate(() => document.activeElement.id || document.activeElement.localName);
const status = (page) => page.innerText(".status");

// The least contrast of any text that is seen with what is behind it, and that text.
const contrast = (page) =>
  page.evaluate(() => {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    const rgba = (color) => {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
      return Array.from(canvas.getImageData(0, 0, 1, 1).data);
    };
    const luminance = (color) => {
      const [r, g, b] = color.map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (element) => {
      for (let at = element; at; at = at.parentElement) {
        const color = rgba(getComputedStyle(at).backgroundColor);
        if (color[3] === 255) return color;
      }
      return rgba("canvas");
    };
    let least = [99, ""];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { parentElement: element, data } = texts.currentNode;
      if (!data.trim() || !element.checkVisibility() || element.closest(".unsaid")) continue;
      const [a, b] = [rgba(getComputedStyle(element).color), behind(element)].map(luminance);
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      if (ratio < least[0]) least = [ratio, data.trim()];
    }
    return least;
  });

const scenarios = {
  // Marks open their notes; of several findings at one place each click opens the next; one is open at a time.
  async marks() {
    const page = await open();
    const opened = async () => [await ids(page, ".note.open"), await seen(page, ".note .more dt")];
    const result = { before: await opened() };
    await page.click('mark[data-f="2"]');
    result.mark = await opened();
    await page.click("mark.several");
    result.first = await ids(page, ".note.open");
    await page.click("mark.several");
    result.second = await ids(page, ".note.open");
    result.colours = await page.$$eval("mark.open", (marks) => marks.map((mark) => mark.textContent));
    await page.click(".note:not(.open) .message");
    result.note = await ids(page, ".note.open");
    await page.click(".note.open button >> text=Next");
    result.next = await ids(page, ".note.open");
    await page.click(".note.open button >> text=Close");
    result.closed = await ids(page, ".note.open");
    await page.click("#d1f7");
    result.number = await ids(page, ".note.open");
    result.near = await seen(page, ".near");
    await page.click(".note.open .related a");
    result.related = await focused(page);
    result.hash = await page.evaluate(() => location.hash);
    return result;
  },

  // Severities, packs and words narrow what is shown.
  async filters() {
    const page = await open();
    const shown = async () => [await ids(page, ".note"), await ids(page, ".draft"), await status(page)];
    const result = { all: await shown() };
    result.labels = await seen(page, ".tones label");
    await page.uncheck('input[value="warning"]');
    result.without_warnings = await shown();
    result.still_marked = await page.$$eval("mark.is-warning", (marks) => marks.length);
    await page.check('input[value="warning"]');
    await page.click(".packs summary");
    await page.uncheck('input[name="pack"][value="framing"]');
    result.without_framing = await shown();
    await page.check('input[name="pack"][value="framing"]');
    await page.check('input[value="suppressed"]');
    result.with_suppressed = await shown();
    await page.fill('input[type="search"]', "TARGET of the");
    result.words = await shown();
    await page.fill('input[type="search"]', "no such words");
    result.nothing = await shown();
    return result;
  },

  // Keys move, open and close, and leave alone what is typed and what goes with a modifier.
  async keys() {
    const page = await open();
    const steps = [];
    const press = async (...keys) => {
      for (const key of keys) {
        await page.keyboard.press(key);
        steps.push([key, await focused(page), (await ids(page, ".note.open")).join()]);
      }
    };
    await press("n", "j", "ArrowRight", "p", "k", "ArrowLeft", "ArrowDown", "ArrowUp", "Enter", "Escape", "Control+n");
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
    await press("/", "n");
    const typed = await page.inputValue('input[type="search"]');
    await press("Escape", "?");
    const help = await seen(page, "dialog dd");
    await page.uncheck('input[name="letters"]');
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => document.activeElement === document.body);
    await press("n", "ArrowRight");
    return { steps, outline, typed, help: help.length };
  },

  // A page in which everything tries to be more than text.
  async hostile() {
    const page = await open();
    const texts = (selector) => page.$$eval(selector, (all) => all.map((element) => element.textContent.replaceAll("\n", "")));
    const result = { text: await texts(".title, .paragraph, .item, .cell"), notes: await page.locator(".note").count() };
    result.first = (await texts(".note"))[0];
    result.failures = await page.innerText(".failures li");
    result.scripts = await page.evaluate(() => document.scripts.length);
    result.elements = await page.$$eval("body *", (all) => [...new Set(all.map((element) => element.localName))].sort());
    result.handlers = await page.$$eval("*", (all) => all.flatMap((element) => element.getAttributeNames()).filter((name) => /^on|^style$/.test(name)));
    result.links = await page.$$eval("a", (links) => [...new Set(links.map((link) => link.protocol))]);
    for (const key of ["n", "n", "Enter", "Escape"]) await page.keyboard.press(key);
    result.opened = await page.evaluate(() => location.hash);
    // What the parser of HTML made of the page is what the parser of XML makes of it: nothing has been mended.
    result.same = await page.evaluate((source) => {
      const xml = new DOMParser().parseFromString(source, "application/xhtml+xml");
      const html = new DOMParser().parseFromString(source, "text/html");
      const shape = (element) => [element.localName, element.getAttributeNames().map((name) => [name, element.getAttribute(name)]),
        Array.from(element.childNodes, (node) => (node.nodeType === 1 ? shape(node) : node.nodeType === 3 ? node.data : ""))];
      const [a, b] = [xml, html].map((tree) => JSON.stringify(shape(tree.querySelector("body"))).replaceAll("\\n", ""));
      return a === b && !xml.querySelector("parsererror");
    }, process.env.XML);
    result.quiet = [...noise];
    // And if a script or an image came in after all, the policy of the page would not have it.
    await page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "document.title = 'owned'";
      const image = document.createElement("img");
      image.src = "https://example.org/owned.png";
      document.body.append(script, image);
    });
    await page.waitForTimeout(100);
    result.title = await page.title();
    result.blocked = noise.splice(0).filter((line) => line.startsWith("console:")).length;
    return result;
  },

  // Light and dark, wide and narrow.
  async looks() {
    const result = {};
    for (const colorScheme of ["light", "dark"]) {
      for (const width of [1280, 360]) {
        const page = await open({ width, height: 740, colorScheme, hasTouch: width === 360 });
        await page.click("#d1f2");
        const [ratio, text] = await contrast(page);
        const box = await page.$eval(".note.open", (note) => note.getBoundingClientRect().toJSON());
        const mark = await page.$eval("mark.open", (mark) => mark.getBoundingClientRect().toJSON());
        result[`${colorScheme} ${width}`] = {
          paper: await page.evaluate(() => getComputedStyle(document.body).backgroundColor),
          poor: ratio < 4.5 ? `${text}: ${ratio}` : null,
          scrolls: await page.evaluate(() => document.documentElement.scrollWidth > innerWidth),
          beside: box.left >= mark.right,
          below: box.top >= mark.bottom && box.bottom <= 740,
        };
        await page.context().close();
      }
    }
    return result;
  },

  // Without a script, and with one that fails, nothing is hidden and nothing is offered that does not work.
  async plain() {
    const result = {};
    const fails = () => { Element.prototype.removeAttribute = Element.prototype.append = () => { throw new Error("on purpose"); }; };
    for (const [name, options] of Object.entries({ "no script": { javaScriptEnabled: false }, "failing script": { before: fails } })) {
      for (const width of [1280, 360]) {
        const page = await open({ width, ...options });
        const count = (selector) => page.locator(`${selector} >> visible=true`).count();
        result[`${name} ${width}`] = [await page.locator(".note").count(), await count(".note"), await count(".more .why"), await count(".filters")];
        await page.context().close();
      }
    }
    result.noise = noise.splice(0).filter((line) => !line.includes("on purpose"));
    return result;
  },

  // On paper every note is there, open or not; a reason is there once.
  async print() {
    const page = await open();
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    return {
      notes: [await page.locator(".note").count(), (await ids(page, ".note")).length],
      reasons: (await seen(page, ".why")).length,
      see: await seen(page, ".see"),
      filters: (await seen(page, ".filters")).length,
      address: await page.$eval(".why a", (link) => getComputedStyle(link, "::after").content),
      ink: await page.evaluate(() => getComputedStyle(document.body).color),
    };
  },

  // Many drafts are a list, and a finding unfolds its own.
  async folded() {
    const page = await open();
    const unfolded = async () => page.$$eval(".draft[open]", (drafts) => drafts.map((draft) => draft.id));
    const result = { before: [await unfolded(), await seen(page, ".draft h2")] };
    await page.keyboard.press("p");
    result.last = [await unfolded(), await focused(page)];
    await page.goto(`${url}#d3n1`);
    await page.reload();
    result.linked = [await unfolded(), await ids(page, ".note.open")];
    // On paper all are unfolded: by the style, and for browsers that do not know it by the script, which folds them again.
    const hidden = () => page.$$eval(".sheet", (sheets) => sheets.filter((sheet) => !sheet.checkVisibility({ contentVisibilityAuto: false })).length);
    result.paper = [await hidden()];
    await page.emulateMedia({ media: "print" });
    result.paper.push(await hidden());
    await page.emulateMedia({ media: "screen" });
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    result.paper.push((await unfolded()).length);
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    result.paper.push((await unfolded()).length);
    return result;
  },
};

try {
  const result = await scenarios[scenario]();
  process.stdout.write(JSON.stringify({ ...result, noise }));
} finally {
  await browser.close();
}
