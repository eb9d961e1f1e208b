// The picture in the README, from the five sample pages: node picture.mjs [FILE]
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { open, start } from "./browser.mjs";
import { root, seeds } from "./reports.mjs";

const file = process.argv[2] || join(root, "docs", "report.png");
mkdirSync(dirname(file), { recursive: true });
const { context, close } = await start();
const { page } = await open(context, seeds());
await page.setViewportSize({ width: 1160, height: 900 });
await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
await page.locator(".edge").last().locator("text").click();
const end = await page.locator(".evidence.chosen").first().evaluate((e) => e.getBoundingClientRect().bottom + window.scrollY);
await page.mouse.move(0, 0);
await page.screenshot({ path: file, clip: { x: 0, y: 0, width: 1160, height: Math.ceil(end) + 30 }, fullPage: true });
await close();
