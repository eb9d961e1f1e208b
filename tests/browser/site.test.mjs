// The pages of `wirecopy serve` in a real browser: a text is asked about by keyboard, every page is usable at two widths, also without
// scripts, and nothing of an article becomes part of a page.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { start } from "./browser.mjs";
import { ATTACK, program, root } from "./reports.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "wirecopy-site-"));
const wire = readFileSync(join(root, "tests/newsrooms/ferry/d1.txt"), "utf8");
let browser, served, address, paths;

before(async () => {
  assert.ok(program && existsSync(program), "build the program first: cargo build --release");
  const index = join(folder, "index");
  execFileSync(program, ["index", "add", "tests/newsrooms", "seeds", "--index", index, "--progress", "never"], { cwd: root, stdio: "ignore" });
  served = spawn(program, ["serve", "--index", index, "--listen", "127.0.0.1:0", "--log", "off"], { stdio: ["ignore", "ignore", "pipe"] });
  address = await new Promise((resolve, reject) => {
    served.stderr.once("data", (line) => resolve(String(line).match(/http:\/\/\S+?(?=\/\n)/)[0]));
    served.once("exit", () => reject(new Error("the service ended")));
  });
  const send = (article) => fetch(`${address}/v1/articles`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(article) });
  for (const n of [1, 2]) {
    const text = `${wire}\n\nIt was told ${n} times by ${ATTACK.replaceAll("<", "‹")}.`;
    assert.equal((await send({ id: `${ATTACK} ${n}`.replace(/[\u0000-\u001F]/g, ""), title: ATTACK, publisher: ATTACK, url: `javascript:window.broken=${n}`, text })).status, 200);
  }
  const cluster = (await (await fetch(`${address}/v1/clusters`)).json()).clusters[0].cluster;
  const article = (await (await fetch(`${address}/v1/clusters/${cluster}`)).json()).documents.at(-1);
  paths = {
    start: "/", clusters: "/clusters", cluster: `/clusters/${cluster}`, quotes: `/clusters/${cluster}/quotes`,
    article: `/article?id=${encodeURIComponent(article.id)}`, search: "/search?title=e", publisher: `/publisher?name=${encodeURIComponent(article.publisher)}`,
    nothing: "/no/such/page",
  };
  browser = await start();
}, { timeout: 120_000 });
after(async () => {
  await browser?.close();
  served?.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** Opens a page, does something, and wants no complaint of the browser and no request to anybody else. */
const on = async (path, doing, { width = 1280, colorScheme = "light", status = 200 } = {}) => {
  const page = await browser.context.newPage();
  const complaints = [];
  page.on("console", (m) => { if (["error", "warning"].includes(m.type()) && !(status !== 200 && m.text().includes(`${status}`))) complaints.push(`${m.text()} ${m.location().url}`); });
  page.on("pageerror", (e) => complaints.push(e.message));
  page.on("request", (r) => { if (!r.url().startsWith(`${address}/`)) complaints.push(`request: ${r.url()}`); });
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  assert.equal((await page.goto(address + path)).status(), status);
  await doing(page);
  assert.equal(await page.evaluate(() => window.broken), undefined, "no script of an article ran");
  assert.deepEqual(complaints.filter((c) => !c.includes("favicon")), []);
  await page.close();
};

const accessible = async (page, width) => {
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"], preload: false }));
  const serious = violations.filter((v) => ["serious", "critical"].includes(v.impact));
  assert.deepEqual(serious.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html).join(" | ")}`), []);
  assert.ok(passes.some((p) => p.id === "color-contrast"), "contrast was looked at");
  const marks = await page.evaluate(() => ({ main: document.querySelectorAll("main").length, h1: document.querySelectorAll("h1").length, wide: document.documentElement.scrollWidth }));
  assert.ok(marks.main === 1 && marks.h1 === 1 && marks.wide <= width, JSON.stringify(marks));
};

for (const name of ["start", "clusters", "cluster", "quotes", "article", "search", "publisher", "nothing"]) {
  for (const [width, colorScheme] of [[1280, "light"], [390, "dark"]]) {
    test(`no serious fault of accessibility: ${name}, ${width} wide, ${colorScheme}`, () =>
      on(paths[name], (page) => accessible(page, width), { width, colorScheme, status: name === "nothing" ? 404 : 200 }));
  }
}

test("a text is asked about by keyboard alone, and the answer has the focus", () => on("/", async (page) => {
  await page.keyboard.press("Tab");
  assert.match(await page.evaluate(() => document.activeElement.textContent), /Skip/);
  while (await page.evaluate(() => document.activeElement.id) !== "text") await page.keyboard.press("Tab");
  await page.keyboard.insertText(wire.replace("Monday", "Tuesday"));
  await Promise.all([page.waitForURL(`${address}/ask`), page.keyboard.press("Control+Enter")]);
  assert.equal(await page.evaluate(() => document.activeElement.id), "answer-head");
  assert.ok(await page.locator("#answer .card").count() > 0);
  assert.match(await page.locator("#answer").textContent(), /probability 0\.\d\d|probability 1\.00/);
  await accessible(page, 1280);
  await page.locator("#answer a[href^='/clusters/']").first().click();
  await page.locator(".cluster").first().waitFor();
  await page.locator("a[href$='/quotes']").click();
  assert.match(await page.locator("h1").textContent(), /Quotations of cluster \d+/);
}));

test("all of it works without scripts", async () => {
  const plain = await start({ javaScriptEnabled: false });
  try {
    const page = await plain.context.newPage();
    await page.goto(`${address}/`);
    await page.fill("#text", wire);
    await page.click("button[type=submit]");
    assert.ok(await page.locator("#answer .card").count() > 0);
    await page.click("a[href='/search']");
    await page.fill("#title", "e");
    await page.click("button[type=submit]");
    assert.ok(await page.locator(".rows .card").count() > 0);
  } finally {
    await plain.close();
  }
});

test("a form of another site is refused", async () => {
  const page = await browser.context.newPage();
  await page.setContent(`<form method="post" action="${address}/ask"><input name="text" value="x"><button>go</button></form>`);
  const [answer] = await Promise.all([page.waitForResponse((r) => r.url() === `${address}/ask`), page.click("button")]);
  assert.equal(answer.status(), 403);
  await page.close();
});
