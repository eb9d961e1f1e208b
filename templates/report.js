"use strict";
(() => {
  const root = document.documentElement;
  const one = (id) => document.getElementById(id);
  const all = (within, what) => Array.from(within.querySelectorAll(what));
  const clusters = all(document, ".cluster");
  const PAGE = 50;
  let at = 0;
  root.classList.add("js", "rows-changed");

  // Parts of a large page are packed markup of the same templates. Each is unpacked once, and only then is it part of the page.
  const unpacking = new WeakMap();
  const unpack = (holder) => {
    const packed = holder.querySelector("script.packed");
    if (packed && !unpacking.has(packed)) unpacking.set(packed, unpacked(packed));
    return packed && unpacking.get(packed);
  };
  const unpacked = async (packed) => {
    const place = packed.parentElement;
    try {
      const bytes = Uint8Array.from(atob(packed.textContent), (c) => c.charCodeAt(0));
      const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
      const markup = new DOMParser().parseFromString(await new Response(stream).text(), "text/html");
      packed.replaceWith(...markup.body.childNodes);
    } catch (reason) {
      const told = document.createElement("p");
      told.textContent = `This browser cannot unpack this part of a large page (${reason}). A newer one can.`;
      packed.replaceWith(told);
    }
    for (const g of all(place, "[data-shows]")) g.setAttribute("aria-pressed", "false");
  };

  // The list: what the filters let through, a page at a time.
  const words = new Map();
  const text = (cluster) => {
    if (!words.has(cluster)) {
      const parts = all(cluster, "header,.cards").map((part) => part.textContent);
      words.set(cluster, [...parts, cluster.dataset.words || ""].join(" ").toLowerCase());
    }
    return words.get(cluster);
  };
  const passing = () => {
    const wanted = one("find").value.toLowerCase().split(/\s+/).filter(Boolean);
    const agency = one("agency").value;
    const relation = one("relation").value;
    const altered = one("altered").checked;
    return clusters.filter((c) =>
      (agency === "" || c.dataset.agencies.includes(` ${agency} `)) &&
      (relation === "" || c.dataset.relations.includes(` ${relation} `)) &&
      (!altered || c.dataset.altered !== "0") &&
      wanted.every((word) => text(c).includes(word)));
  };
  const show = () => {
    const found = passing();
    const pages = Math.max(1, Math.ceil(found.length / PAGE));
    at = Math.min(at, pages - 1);
    const shown = new Set(found.slice(at * PAGE, (at + 1) * PAGE));
    for (const c of clusters) c.hidden = !shown.has(c);
    one("found").textContent = `${found.length} of ${clusters.length} clusters`;
    one("where").textContent = `Page ${at + 1} of ${pages}`;
    one("back").disabled = at === 0;
    one("next").disabled = at === pages - 1;
    one("back").parentElement.hidden = pages === 1;
    ready(Array.from(shown));
    return found;
  };
  // What is listed is unpacked when nothing else is to be done, since paper cannot wait for it.
  let listed = [];
  const ready = (clusters_) => {
    const idle = window.requestIdleCallback || ((f) => setTimeout(f, 50));
    const begun = listed.length > 0;
    listed = clusters_.filter((c) => c.querySelector("script.packed"));
    const next = async () => {
      const cluster = listed.shift();
      if (!cluster) return;
      await unpack(cluster);
      idle(next);
    };
    if (!begun) idle(next);
  };
  let waiting = 0;
  const filter = () => { at = 0; show(); };
  one("find").addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 150); });
  for (const id of ["agency", "relation", "altered"]) one(id).addEventListener("change", filter);
  one("rows").addEventListener("change", (event) => {
    for (const rows of ["changed", "altered", "soft"]) root.classList.toggle(`rows-${rows}`, event.target.value === rows);
  });
  const turn = (by) => { at += by; show(); one("clusters").focus(); one("clusters").scrollIntoView(); };
  one("back").addEventListener("click", () => turn(-1));
  one("next").addEventListener("click", () => turn(1));

  // The lineage: a line or a box shows what stands behind it.
  const choose = (drawn) => {
    const cluster = drawn.closest(".cluster");
    const id = drawn.dataset.shows;
    for (const g of all(cluster, "[data-shows]")) {
      g.classList.toggle("chosen", g === drawn);
      g.setAttribute("aria-pressed", String(g === drawn));
    }
    for (const part of all(cluster, ".evidence")) {
      part.classList.toggle("chosen", part.id === id || (part.dataset.ends || "").includes(` ${id} `));
    }
  };

  // The reading view: two texts from the page, cut where passages, facts and changed words begin and end.
  const MARKS = [["reworded", "≈"], ["altered", "≠"], ["added", "+"], ["dropped", "−"], ["check", "?"]];
  const side = (name, document_, reading, second) => {
    const source = one(`t${document_}`);
    const whole = source.textContent;
    const shift = second ? 2 : 0;
    const passages = reading.passages.map((p) => [p[shift], p[shift + 1]]);
    const facts = reading.facts.map((f) => [f[1 + shift], f[2 + shift], f[0]]).filter((f) => f[1] > f[0]);
    const changed = reading.words[second ? 1 : 0];
    const cuts = new Set([0, whole.length]);
    for (const [start, end] of [...passages, ...facts, ...changed]) { cuts.add(start); cuts.add(end); }
    const edges = Array.from(cuts).sort((x, y) => x - y);
    const over = (list, start) => list.findIndex((s) => s[0] <= start && start < s[1]);
    const box = document.createElement("section");
    box.className = "side";
    const head = document.createElement("h5");
    head.textContent = name;
    const body = document.createElement("div");
    body.className = "body";
    body.dir = "auto";
    body.tabIndex = 0;
    body.setAttribute("role", "region");
    body.setAttribute("aria-label", name);
    const begun = new Set();
    for (let i = 0; i + 1 < edges.length; i += 1) {
      const span = document.createElement("span");
      span.textContent = whole.slice(edges[i], edges[i + 1]);
      const passage = over(passages, edges[i]);
      const fact = over(facts, edges[i]);
      if (passage >= 0) {
        span.classList.add("pass");
        span.dataset.passage = passage;
        if (!begun.has(passage)) {
          begun.add(passage);
          span.tabIndex = 0;
          span.setAttribute("role", "button");
          span.title = `copied passage ${passage + 1}: go to it in the other text`;
        }
      }
      if (fact >= 0) {
        const [style, symbol] = MARKS[facts[fact][2]];
        span.classList.add("fact", style);
        if (facts[fact][0] === edges[i]) {
          const sign = document.createElement("sup");
          sign.textContent = symbol;
          sign.title = style;
          body.append(sign);
        }
      }
      if (over(changed, edges[i]) >= 0) span.classList.add("new");
      body.append(span);
    }
    box.append(head, body);
    return box;
  };
  const read = (select) => {
    const cluster = select.closest(".cluster");
    const sides = cluster.querySelector(".sides");
    sides.replaceChildren();
    if (select.value === "") return;
    const reading = JSON.parse(cluster.querySelector(".readings").textContent)[Number(select.value)];
    const name = (number) => one(`d${number}`).querySelector("h5").textContent;
    sides.append(side(name(reading.a), reading.a, reading, false), side(name(reading.b), reading.b, reading, true));
  };
  const link = (span) => {
    const sides = span.closest(".sides");
    const number = span.dataset.passage;
    for (const s of all(sides, ".pass")) s.classList.toggle("here", s.dataset.passage === number);
    const own = span.closest(".side");
    const other = all(sides, ".side").find((s) => s !== own);
    const target = other && other.querySelector(`.pass[data-passage="${number}"]`);
    if (target) {
      const body = target.closest(".body");
      body.scrollTop += target.getBoundingClientRect().top - body.getBoundingClientRect().top - body.clientHeight / 3;
      target.focus({ preventScroll: root.clientWidth > 640 });
    }
  };

  const act = (target) => {
    const drawn = target.closest("[data-shows]");
    if (drawn) { choose(drawn); return true; }
    const passage = target.closest(".pass");
    if (passage) { link(passage); return true; }
    return false;
  };
  document.addEventListener("click", (event) => act(event.target));
  document.addEventListener("keydown", (event) => {
    if ((event.key === "Enter" || event.key === " ") && event.target.getAttribute("role") === "button" && act(event.target)) event.preventDefault();
  });
  document.addEventListener("change", (event) => { if (event.target.matches(".pair")) read(event.target); });
  for (const g of all(document, "[data-shows]")) g.setAttribute("aria-pressed", "false");

  // A cluster that is opened shows its first evidence.
  const opened = async (details) => {
    await unpack(details);
    const first = details.querySelector("[data-shows]");
    if (first && !details.querySelector("[data-shows].chosen")) choose(first);
  };
  document.addEventListener("toggle", (event) => { if (event.target.open) opened(event.target); }, true);

  // An address that ends in #d3 opens what the document stands in.
  const follow = async () => {
    const id = location.hash.slice(1);
    if (!/^[a-z0-9]+$/.test(id)) return;
    if (!one(id)) {
      const holder = document.querySelector(`[data-documents~="${id.slice(1)}"]`) || document.querySelector(".rest>details:has(script.packed)");
      if (holder) await unpack(holder);
    }
    const target = one(id);
    if (!target) return;
    const cluster = target.closest(".cluster");
    if (cluster && cluster.hidden) {
      const found = show();
      if (!found.includes(cluster)) {
        for (const field of ["find", "agency", "relation"]) one(field).value = "";
        one("altered").checked = false;
      }
      at = Math.floor(passing().indexOf(cluster) / PAGE);
      show();
    }
    for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    target.scrollIntoView();
  };
  window.addEventListener("hashchange", follow);

  // Paper has no lids: what is listed is printed whole, without the texts that nobody opened.
  let lifted = [];
  window.addEventListener("beforeprint", () => {
    lifted = all(document, ".cluster:not([hidden])>details:not([open]),.rest>details:not([open])");
    for (const d of lifted) d.open = true;
  });
  window.addEventListener("afterprint", () => { for (const d of lifted) d.open = false; lifted = []; });

  show();
  for (const details of all(document, ".cluster>details[open]")) opened(details);
  follow();
})();
