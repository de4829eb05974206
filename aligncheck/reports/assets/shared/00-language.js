const root = document.documentElement;
root.classList.add("js");
const $ = (id) => document.getElementById(id);
const store = {
  // Storage may be forbidden (some browsers, for local files): then decisions live until the page closes.
  get(key) { try { return localStorage.getItem("aligncheck:" + key); } catch { return null; } },
  set(key, value) { try { localStorage.setItem("aligncheck:" + key, value); return true; } catch { return false; } },
};
const zh = () => root.dataset.ui === "zh";
/** A text in the language shown, `{name}` filled by `values`; the page brings the Chinese along. */
const t = (text, values = {}) => ((zh() && ZH[text]) || text).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
const msg = (text) => text; // marks what is said later

// ---- Interface language and colours

let spoken = () => {}; // what a page does when its language changes

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
language(store.get("ui") || root.dataset.asked || (/^zh/i.test(navigator.language || "") ? "zh" : "en"));
$("lang").addEventListener("click", () => {
  language(zh() ? "en" : "zh");
  store.set("ui", root.dataset.ui);
  spoken();
});
function theme(name) { if (name) root.dataset.theme = name; else delete root.dataset.theme; }
theme(store.get("theme"));
$("theme").addEventListener("click", () => {
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  theme(dark ? "light" : "dark");
  store.set("theme", root.dataset.theme);
});
