// Pictures of a report at two widths, light and dark, the first two screens of each: node look.mjs REPORT.html FOLDER [SELECTOR-TO-SHOW]
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { open, start } from "./browser.mjs";

const [file, folder, selector] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const { context, close } = await start();
for (const [width, height] of [[1280, 1150], [390, 1500]]) {
  for (const colorScheme of ["light", "dark"]) {
    const { page, complaints } = await open(context, resolve(file));
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width, height });
    if (selector) await page.locator(selector).first().scrollIntoViewIfNeeded();
    for (const screen of [1, 2]) {
      await page.screenshot({ path: join(folder, `${width}-${colorScheme}-${screen}.png`) });
      await page.mouse.wheel(0, height - 60);
      await page.waitForTimeout(200);
    }
    complaints.forEach((c) => console.error(c));
    await page.close();
  }
}
await close();
