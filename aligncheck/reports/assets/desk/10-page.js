const root = document.documentElement;
root.classList.add("js");
const $ = (id) => document.getElementById(id);
let waiting = false; // for the next frame, to redraw the minimap's window
const data = JSON.parse($("data").textContent);
const store = {
  // Storage may be forbidden (some browsers, for local files): then decisions live until the page closes.
  get(key) { try { return localStorage.getItem("aligncheck:" + key); } catch { return null; } },
  set(key, value) { try { localStorage.setItem("aligncheck:" + key, value); return true; } catch { return false; } },
};
const zh = () => root.dataset.ui === "zh";
/** A text in the language shown, `{name}` filled by `values`; the page brings the Chinese along. */
const t = (text, values = {}) => ((zh() && ZH[text]) || text).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
const msg = (text) => text; // marks what is said later
/** Beside the texts there is no room for the list, or no mouse: it becomes a sheet at the bottom. */
const sheet = matchMedia("(max-width: 1100px), (pointer: coarse)");

// ---- Interface language and colours

function language(ui) {
  root.dataset.ui = ui;
  root.lang = ui === "zh" ? "zh-Hans" : "en";
  for (const name of ["aria-label", "title", "placeholder", "data-text"]) {
    for (const element of document.querySelectorAll(`[data-zh-${name}]`)) {
      const english = `data-en-${name}`;
      if (!element.hasAttribute(english)) element.setAttribute(english, element.getAttribute(name));
      const text = element.getAttribute(ui === "zh" ? `data-zh-${name}` : english);
      element.setAttribute(name, text);
      if (name === "data-text") element.textContent = text;
    }
  }
}
language(store.get("ui") || (/^zh/i.test(navigator.language || "") ? "zh" : "en"));
$("lang").addEventListener("click", () => {
  language(zh() ? "en" : "zh");
  store.set("ui", root.dataset.ui);
  refresh();
});
function theme(name) { if (name) root.dataset.theme = name; else delete root.dataset.theme; }
theme(store.get("theme"));
$("theme").addEventListener("click", () => {
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  theme(dark ? "light" : "dark");
  store.set("theme", root.dataset.theme);
});
let toasting = 0;
function toast(text) {
  const box = $("toast");
  box.textContent = text;
  box.classList.add("up");
  clearTimeout(toasting);
  toasting = setTimeout(() => box.classList.remove("up"), 3000);
}

// ---- What the page holds

const panel = $("findings");
const list = $("cards");
const texts = $("texts");
const cards = [...list.children].map((element, n) => ({
  n, element, id: data.ids[n], category: element.dataset.c, severity: +element.dataset.s,
  confidence: +element.dataset.p, row: +element.dataset.r, waived: "w" in element.dataset, shown: true, text: null,
  check: data.groups[n][0], term: data.groups[n][1], message: data.groups[n][2],
  suggestion: data.suggestions[n] || "",
}));
const byId = new Map();
for (const card of cards) if (!byId.has(card.id)) byId.set(card.id, card);
const cardOf = (element) => cards[[...list.children].indexOf(element)];
const marks = [...texts.querySelectorAll("a.m")].map((element) => ({
  element, findings: element.dataset.f.split(" ").map(Number), off: false,
}));
const marksOf = cards.map(() => []);
for (const mark of marks) for (const n of mark.findings) marksOf[n].push(mark.element);
const rows = [...texts.querySelectorAll(".g > .r")].map((element) => ({ element, text: null, off: false }));
const rowCards = rows.map(() => []);
for (const mark of marks) {
  const row = +mark.element.closest(".r").id.slice(1);
  for (const n of mark.findings) if (!rowCards[row].includes(n)) rowCards[row].push(n);
}
function make(name, text, classes) {
  const element = document.createElement(name);
  if (text) element.textContent = text;
  if (classes) element.className = classes;
  return element;
}
