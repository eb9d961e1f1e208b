// A headless Chromium for the page that the program writes.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

/** Starts the browser with a profile of its own; `close` ends it and removes the profile. */
export async function start(options = {}) {
  const profile = mkdtempSync(join(tmpdir(), "wirecopy-browser-"));
  const executablePath = process.env.CHROMIUM || "/usr/bin/chromium";
  const context = await chromium.launchPersistentContext(profile, { executablePath, args: FLAGS, ...options });
  const close = async () => {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  };
  return { context, close };
}

/**
 * Opens a file and notes what it must not do: errors and warnings of the console, and requests beyond the file itself.
 * `complaints` goes on growing while the page is used.
 */
export async function open(context, file) {
  const page = await context.newPage();
  const complaints = [];
  const own = pathToFileURL(file).href;
  page.on("console", (m) => { if (["error", "warning"].includes(m.type())) complaints.push(`console: ${m.text()}`); });
  page.on("pageerror", (e) => complaints.push(`script: ${e.message}`));
  page.on("dialog", (d) => { complaints.push(`dialog: ${d.message()}`); d.dismiss(); });
  page.on("request", (r) => { if (r.url().split("#")[0] !== own) complaints.push(`request: ${r.url()}`); });
  await page.goto(own);
  return { page, complaints };
}
