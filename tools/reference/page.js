"use strict";
const byId = (id) => document.getElementById(id);
const box = byId("q"), hits = byId("hits"), toc = byId("toc"), LIMIT = 60;

/* What can be found, read off the page itself: names, then members, parameters and reasons, then all words. */
let index = null;
function entries() {
  if (index) return index;
  const texts = (section, query) => [...section.querySelectorAll(query)]
    .filter((found) => !found.closest(".in")).map((found) => found.textContent);
  index = [...document.querySelectorAll("main > section")].map((section) => {
    const [kind, name = ""] = section.id.split("/");
    const fields = texts(section, ".m td:first-child > code");
    const heading = name || "About";
    return {
      section, kind, name: heading, low: heading.toLowerCase(), fields, reasons: texts(section, ".r"),
      title: (texts(section, ".sum")[0] || texts(section, "h3 small")[0] || "").trim(),
      path: texts(section, ".path")[0] || "",
      text: texts(section, "p:not(.u), dd, li, td, pre").join(" ").replace(/\s+/g, " "),
    };
  });
  return index;
}

const KINDS = { operation: 30, schema: 20, answer: 10 };
function judge(entry, word) {
  if (entry.low === word) return [1000, ""];
  if (entry.low.startsWith(word)) return [500, ""];
  if (entry.low.includes(word)) return [400, ""];
  if (entry.title.toLowerCase().includes(word) || entry.path.toLowerCase().includes(word)) return [300, ""];
  const reason = entry.reasons.find((one) => one.includes(word));
  if (reason) return [reason === word ? 250 : 150, "reason " + reason];
  const field = entry.fields.find((one) => one.toLowerCase().includes(word));
  if (field) return [field.toLowerCase() === word ? 250 : 150, "member " + field];
  const at = entry.text.toLowerCase().indexOf(word);
  return at < 0 ? [0, ""] : [50, "… " + entry.text.slice(Math.max(0, at - 30), at + 60)];
}

function search(query) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found = [];
  for (const entry of entries()) {
    const judged = words.map((word) => judge(entry, word));
    if (judged.some(([points]) => !points)) continue;
    const points = judged.reduce((sum, [one]) => sum + one, 0) + (KINDS[entry.kind] || 0);
    found.push({ entry, points, why: judged.map(([, why]) => why).find(Boolean) || entry.title });
  }
  return { words, found: found.sort((a, b) => b.points - a.points || a.entry.low.localeCompare(b.entry.low)) };
}

function marked(text, words) {
  const low = text.toLowerCase(), out = document.createDocumentFragment();
  const word = words.find((one) => low.includes(one));
  if (!word) { out.append(text); return out; }
  const at = low.indexOf(word), mark = document.createElement("mark");
  mark.textContent = text.slice(at, at + word.length);
  out.append(text.slice(0, at), mark, text.slice(at + word.length));
  return out;
}

function line({ entry, why }, words) {
  const item = document.createElement("li"), anchor = document.createElement("a");
  const verb = entry.section.querySelector(".path .v"), under = document.createElement("small");
  const kind = verb ? verb.cloneNode(true) : document.createElement("b");
  if (!verb) {
    kind.className = "v";
    kind.textContent = entry.kind;
  }
  anchor.href = "#" + entry.section.id;
  anchor.append(kind, " ", marked(entry.name, words));
  under.append(marked(why, words));
  anchor.append(under);
  item.append(anchor);
  return item;
}

function show() {
  const query = box.value.trim();
  hits.hidden = !query;
  toc.hidden = !!query;
  toc.parentElement.scrollTop = 0;
  hits.replaceChildren();
  if (!query) return;
  const { words, found } = search(query);
  hits.append(...found.slice(0, LIMIT).map((one) => line(one, words)));
  const note = document.createElement("p");
  note.textContent = found.length > LIMIT ? `${found.length - LIMIT} more: add a word` : found.length ? "" : "Nothing found";
  hits.append(note);
}

/* Members of a named schema are shown in place: a copy of its table, made when it is opened. */
function fill(details) {
  const source = byId("schema/" + details.dataset.of);
  if (details.childElementCount > 1 || !source) return;
  const parts = [...source.children].filter((one) => one.matches("table") || (one.matches("p") && /^Has all/.test(one.textContent)));
  details.append(...parts.map((one) => one.cloneNode(true)));
}
for (const details of document.querySelectorAll(".in")) {
  const source = byId("schema/" + details.dataset.of);
  if (source && source.querySelector(":scope > table")) details.classList.add("ready");
  if (details.open) fill(details);
  details.addEventListener("toggle", () => details.open && fill(details));
}

/* The side shows where the reader is. */
const sides = new Map([...toc.querySelectorAll("a")].map((one) => [one.getAttribute("href").slice(1), one]));
let here = null;
function mark(id) {
  const next = sides.get(id);
  if (!next || next === here) return;
  if (here) here.classList.remove("here");
  here = next;
  here.classList.add("here");
  if (toc.hidden) return;
  /* Not scrollIntoView: on a narrow screen that would take the reader back to the top of the page. */
  const side = toc.parentElement, place = here.getBoundingClientRect(), frame = side.getBoundingClientRect();
  if (place.bottom > frame.bottom) side.scrollTop += place.bottom - frame.bottom;
  else if (place.top < frame.top + 60) side.scrollTop -= frame.top + 60 - place.top;
}
const sections = [...document.querySelectorAll("main > section, main > h2")];
let waiting = false;
addEventListener("scroll", () => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    const seen = sections.findLast((one) => one.getBoundingClientRect().top < 120);
    if (seen) mark(seen.id);
  });
}, { passive: true });

byId("find").hidden = false;
box.addEventListener("input", show);
addEventListener("keydown", (event) => {
  if (event.key === "/" && document.activeElement !== box) {
    event.preventDefault();
    box.focus();
    box.select();
  } else if (event.key === "Escape" && document.activeElement === box) {
    box.value = "";
    show();
    box.blur();
  } else if (event.key === "Enter" && document.activeElement === box) {
    const first = hits.querySelector("a");
    if (first) location.hash = first.getAttribute("href");
  }
});
