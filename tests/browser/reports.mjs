// The reports that the tests open, written by the program as it was built.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const folder = join(root, "target", "browser");
export const program = process.env.WIRECOPY ? resolve(root, process.env.WIRECOPY) : ["release", "debug"].map((p) => join(root, "target", p, "wirecopy")).find(existsSync);

const run = (...args) => execFileSync(program, args, { cwd: root, stdio: ["ignore", "pipe", "ignore"], maxBuffer: 1 << 28 });

/** The page of some inputs: its path. */
export function report(name, ...inputs) {
  if (!program) throw new Error("build the program first: cargo build --release");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, name);
  run("trace", ...inputs, "--format", "html", "-o", file);
  return file;
}

export const newsrooms = () => report("newsrooms.html", "tests/newsrooms");
export const seeds = () => report("seeds.html", "seeds");

/** What tries to get out of its place, wherever an article is allowed to bring text. */
export const ATTACK = "</script></title><script>window.broken=1</script><img src=x onerror=window.broken=2> \" onfocus=\"window.broken=3\" autofocus x='"
  + " <a href=\"javascript:window.broken=4\">go</a> --> ]]> {{ 7*7 }} ${7*7} <svg onload=window.broken=5> \u202Etxt.exe\u2066\u0007\uFEFF";

const records = (name, lines) => {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, name);
  writeFileSync(file, lines.map((l) => JSON.stringify(l)).join("\n"));
  return file;
};

/** Two articles, one made of the other, whose every field is an attack. Markup in a text is read as a page: what is to stay text stands escaped. */
export function hostile() {
  const story = (injured, n) => [
    "LINDAU CROSS, May 6 (AFP) — The glassworks at Lindau Cross will reopen after the flood, its director </div></script> said.",
    `"A furnace does not like to move ${ATTACK} and we moved it twice," Marta Olsen told reporters on Monday.`,
    `The flood left ${injured} workers hurt and closed the works for nine weeks <!-- <style>*{display:none}</style>.`,
    "The plant made 120 tonnes of window glass a day before the river rose; it will make 80 tonnes from June, she added.",
    `Insurers put the damage at $10.6 million, among the highest in the valley since the storm of 1987 ${n}.`,
    "— AFP",
  ].map((p) => `<p>${p.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")}</p>`).join("\n");
  const record = (injured, n) => ({
    id: `${ATTACK} ${n}`, title: `<script>window.broken=6</script> ${ATTACK}`, publisher: `${ATTACK} Daily ${n}`,
    url: `javascript:window.broken=7//${ATTACK}/${n}`, text: story(injured, n),
  });
  return report("hostile.html", records("hostile.jsonl", [record("14", 1), record("41", 2)]));
}

/** More than a thousand clusters of made-up news, every title and publisher of it with an attack in it. */
export function large(documents) {
  const made = run("synth", "--kind", "news", "-n", String(documents), "--seed", "3").toString().trim().split("\n").map((l) => JSON.parse(l));
  for (const d of made) Object.assign(d, { title: `${d.title} ${ATTACK}`, publisher: `${d.publisher} </b><script>window.broken=8</script>` });
  return report("large.html", records("large.jsonl", made));
}

/** A page as a template would write it that forgot to escape: what the checks must not let pass. */
export function unescaped(file) {
  const plain = { "&#60;": "<", "&#62;": ">", "&#34;": '"', "&#39;": "'", "&#38;": "&" };
  const broken = file.replace(/\.html$/, "-unescaped.html");
  writeFileSync(broken, readFileSync(file, "utf8").replace(/&#(60|62|34|39|38);/g, (code) => plain[code]));
  return broken;
}
