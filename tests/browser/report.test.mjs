// The page of `trace --format html` in a real browser: it works, by mouse and by keyboard, and nothing of an article becomes part of it.
import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { open, start } from "./browser.mjs";
import { hostile, large, newsrooms, seeds, unescaped } from "./reports.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const files = {};
let browser;

before(async () => {
  Object.assign(files, { newsrooms: newsrooms(), seeds: seeds(), hostile: hostile(), large: large(Number(process.env.DOCUMENTS || 6600)) });
  browser = await start();
}, { timeout: 900_000 });
after(() => browser.close());

/** Opens a file, does something, and wants no complaint of the browser. */
const on = async (file, doing, { width = 1280, colorScheme = "light" } = {}) => {
  const { page, complaints } = await open(browser.context, file);
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  await doing(page);
  assert.deepEqual(complaints, []);
  await page.close();
};
const seen = (page, what) => page.locator(what).filter({ visible: true });
const count = (page, what) => seen(page, what).count();
const found = async (page) => Number((await page.locator("#found").textContent()).split(" ")[0]);

/** What on the page is not of our templates. Looks at the tree that the browser made, whoever wrote the markup. */
const foreign = (page) => page.evaluate(() => {
  const faults = [];
  const scripts = document.querySelectorAll("script:not([type='application/json']):not(.packed)");
  if (scripts.length !== 1) faults.push(`${scripts.length} scripts`);
  if (document.querySelectorAll("style").length !== 1) faults.push("a style of its own");
  for (const e of document.querySelectorAll("img,iframe,object,embed,form,base,link,audio,video,foreignObject")) faults.push(`<${e.localName}>`);
  for (const e of document.querySelectorAll("*")) {
    for (const a of e.attributes) {
      if (/^on/i.test(a.name) || a.name === "style" || a.name === "autofocus") faults.push(`${a.name} of <${e.localName}>`);
      if (["href", "src", "action", "xlink:href"].includes(a.name) && !a.value.startsWith("#")) faults.push(`${a.name}=${a.value}`);
    }
  }
  if (window.broken !== undefined) faults.push(`a script ran: ${window.broken}`);
  if (/[\u0000-\u0008\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/.test(document.documentElement.outerHTML)) faults.push("a character that turns text round");
  return faults;
});

test("each lineage is drawn: boxes apart, lines with a length, names inside their boxes", () => on(files.newsrooms, async (page) => {
  await page.locator(".cluster>details:not([open])>summary").evaluateAll((lids) => lids.forEach((lid) => lid.click()));
  const drawn = await page.evaluate(() => Array.from(document.querySelectorAll("svg.lineage"), (svg) => {
    const boxes = Array.from(svg.querySelectorAll(".node rect"), (r) => r.getBoundingClientRect());
    const apart = (a, b) => a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
    const names = Array.from(svg.querySelectorAll(".node"), (n) => {
      const box = n.querySelector("rect").getBoundingClientRect();
      return Array.from(n.querySelectorAll("text"), (t) => t.getBoundingClientRect()).every((t) => t.right <= box.right && t.bottom <= box.bottom);
    });
    return {
      boxes: boxes.length, inside: names.every(Boolean), sized: boxes.every((b) => b.width > 100 && b.height > 30),
      apart: boxes.every((a, i) => boxes.slice(i + 1).every((b) => apart(a, b))),
      lines: Array.from(svg.querySelectorAll(".line"), (l) => l.getTotalLength()).every((l) => l > 20),
    };
  }));
  assert.equal(drawn.length, 10);
  for (const d of drawn) assert.deepEqual({ ...d, boxes: d.boxes > 1 }, { boxes: true, inside: true, sized: true, apart: true, lines: true });
}));

test("search and filters choose clusters, and say how many", () => on(files.newsrooms, async (page) => {
  const all = await found(page);
  assert.equal(all, await count(page, ".cluster"));
  await page.fill("#find", "RIBERA lagunas");
  await page.waitForFunction((n) => !document.getElementById("found").textContent.startsWith(n), String(all));
  assert.equal(await found(page), 1);
  assert.match(await seen(page, ".cluster h3").textContent(), /Ribera/);
  await page.fill("#find", "no such words anywhere");
  await page.waitForFunction(() => document.getElementById("found").textContent.startsWith("0 "));
  await page.fill("#find", "");
  await page.waitForFunction((n) => document.getElementById("found").textContent.startsWith(n), String(all));
  for (const filter of ["#agency", "#relation"]) {
    for (const option of (await page.locator(`${filter} option`).all()).slice(1)) {
      await page.selectOption(filter, await option.getAttribute("value"));
      const n = await found(page);
      assert.ok(n > 0 && n <= all, `${filter}: ${n}`);
      assert.equal(await count(page, ".cluster"), n);
      const name = await option.textContent();
      for (const head of await seen(page, ".cluster .sum").allTextContents()) if (filter === "#relation") assert.ok(head.includes(name), `${head}: ${name}`);
    }
    await page.selectOption(filter, "");
  }
  const rows = {};
  for (const what of ["altered", "changed", "soft", "all"]) {
    await page.selectOption("#rows", what);
    rows[what] = await count(page, ".nway tbody tr");
  }
  assert.ok(rows.altered > 0 && rows.altered < rows.changed && rows.changed < rows.soft && rows.soft < rows.all, JSON.stringify(rows));
}));

test("an edge shows its evidence: by a click, by Enter, and a box by Space", () => on(files.newsrooms, async (page) => {
  const cluster = page.locator(".cluster").filter({ has: page.locator(".edge:nth-of-type(3)") }).first();
  if (!await cluster.locator("details").first().getAttribute("open").then((o) => o !== null)) await cluster.locator("summary").first().click();
  const edges = cluster.locator(".edge");
  const shown = async () => cluster.locator(".evidence").filter({ visible: true }).evaluateAll((list) => list.map((e) => e.id));
  await edges.nth(1).locator("text").click();
  const second = await edges.nth(1).getAttribute("data-shows");
  assert.deepEqual(await shown(), [second]);
  assert.equal(await edges.nth(1).getAttribute("aria-pressed"), "true");
  assert.match(await page.locator(`#${second}`).textContent(), /Probability 0\.\d\d/);
  await edges.nth(1).focus();
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.dataset.shows), await edges.nth(2).getAttribute("data-shows"), "Tab goes to the next edge");
  await page.keyboard.press("Enter");
  assert.deepEqual(await shown(), [await edges.nth(2).getAttribute("data-shows")]);
  await cluster.locator(".node.origin").focus();
  await page.keyboard.press(" ");
  assert.ok((await shown()).length > 1, "the box and its edges");
}));

test("two texts are read side by side, with their passages linked", () => on(files.newsrooms, async (page) => {
  const cluster = page.locator(".cluster").first();
  const select = cluster.locator("select.pair");
  await select.selectOption({ index: 2 });
  assert.equal(await cluster.locator(".side").count(), 2);
  const names = (await select.locator("option").nth(2).textContent()).split(" → ");
  assert.deepEqual(await cluster.locator(".side h5").allTextContents(), names);
  const whole = await cluster.locator(".text .body").allTextContents();
  for (const side of await cluster.locator(".side .body").all()) {
    const bare = await side.evaluate((b) => { const c = b.cloneNode(true); c.querySelectorAll("sup").forEach((s) => s.remove()); return c.textContent; });
    assert.ok(whole.includes(bare), "no letter of the text is lost");
  }
  await cluster.locator(".side .pass[tabindex]").first().click();
  assert.ok(await cluster.locator(".side:first-child .pass.here").count() > 0 && await cluster.locator(".side:last-child .pass.here").count() > 0);
  let altered = 0;
  for (let pair = 1; pair < await select.locator("option").count(); pair += 1) {
    await select.selectOption({ index: pair });
    altered += Math.min(await cluster.locator(".side .fact.altered").count(), await cluster.locator(".side .new").count());
  }
  assert.ok(altered > 0, "changed words are marked");
}));

test("what articles bring stays text", () => on(files.hostile, async (page) => {
  assert.equal(await count(page, ".cluster"), 1);
  await page.locator("select.pair").selectOption({ index: 1 });
  await page.locator(".edge").first().click();
  assert.deepEqual(await foreign(page), []);
  assert.match(await page.locator(".cluster h3").textContent(), /<script>window\.broken=6<\/script> <\/script><\/title><script>/, "the title is there, as text");
  assert.match(await page.locator(".side .body").first().textContent(), /<svg onload=window\.broken=5>/);
}));

test("these checks find a page that forgot to escape", async () => {
  const { page, complaints } = await open(browser.context, unescaped(files.hostile));
  const faults = await foreign(page);
  assert.ok(faults.some((f) => f.includes("scripts")) && faults.some((f) => f.includes("<img>")) && faults.some((f) => f.startsWith("href=javascript")), faults.join("; "));
  assert.ok(complaints.some((c) => c.includes("Content Security Policy")), "and the policy keeps its scripts from running");
  assert.equal(await page.evaluate(() => window.broken), undefined);
  await page.close();
});

for (const name of ["newsrooms", "hostile", "large"]) {
  const looks = [[1280, "light"], [390, "dark"], [1280, "dark"], [390, "light"]];
  for (const [width, colorScheme] of name === "large" ? looks.slice(0, 2) : looks) {
    test(`no serious fault of accessibility: ${name}, ${width} wide, ${colorScheme}`, () => on(files[name], async (page) => {
      await page.locator(".edge").first().locator("text").click();
      await page.locator("select.pair").first().selectOption({ index: 1 });
      if (name !== "large") for (const lid of await page.locator(".rest>details>summary").all()) await lid.click();
      await page.selectOption("#rows", "all");
      await page.evaluate(axe);
      const { violations, passes } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"], preload: false }));
      const serious = violations.filter((v) => ["serious", "critical"].includes(v.impact));
      assert.deepEqual(serious.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html).join(" | ")}`), []);
      assert.ok(passes.some((p) => p.id === "color-contrast"), "contrast was looked at");
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `the page is ${wide} wide on a screen of ${width}`);
    }, { width, colorScheme }));
  }
}

test("paper shows all: every evidence, every card, no controls", () => on(files.newsrooms, async (page) => {
  const pdf = await page.pdf({ format: "A4" });
  assert.ok(pdf.subarray(0, 5).toString() === "%PDF-" && pdf.length > 100_000, `${pdf.length} bytes`);
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  const total = await page.locator(".evidence:not(.box)").count();
  assert.ok(total > 20);
  assert.equal(await count(page, ".evidence:not(.box)"), total);
  assert.equal(await count(page, ".card"), 70);
  assert.equal(await count(page, ".tools, .pages, select"), 0);
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  assert.equal(await page.locator(".cluster>details[open]").count(), 1, "and is as it was afterwards");
}));

test("a thousand clusters stay usable", () => on(files.large, async (page) => {
  const took = async (what, doing) => {
    const begun = performance.now();
    await doing();
    console.log(`# ${what}: ${Math.round(performance.now() - begun)} ms`);
  };
  console.log(`# ${statSync(files.large).size} bytes`);
  await took("load", () => page.reload());
  const all = await found(page);
  assert.ok(all >= 1_000, `${all} clusters`);
  assert.equal(await count(page, ".cluster"), 50);
  assert.match(await page.locator("#where").textContent(), new RegExp(`^Page 1 of ${Math.ceil(all / 50)}$`));
  await took("next page", async () => { await page.click("#next"); await page.locator("#c51").waitFor(); });
  await took("open a cluster", async () => {
    await page.locator("#c77 summary").first().click();
    await page.locator("#c77 .evidence.chosen").waitFor();
  });
  assert.ok(await page.locator("#c77 .nway tbody tr").count() > 5);
  const last = `c${all}`;
  const title = (await page.locator(`#${last} h3`).textContent()).split(" </script>")[0].replace(/^\d+ /, "");
  await took("search", async () => { await page.fill("#find", title); await page.locator(`#${last}`).waitFor(); });
  assert.ok(await found(page) < 50);
  const document_ = (await page.locator("#c300").getAttribute("data-documents")).split(" ")[0];
  await took("an address of a document", async () => {
    await page.evaluate((id) => { location.hash = id; }, `d${document_}`);
    await page.locator(`#c300 #d${document_}`).waitFor();
  });
  await page.waitForFunction(() => !document.querySelector(".cluster:not([hidden]) script.packed"), null, { timeout: 30_000 });
  assert.deepEqual(await foreign(page), []);
}));
