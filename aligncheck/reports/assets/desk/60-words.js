// ---- What renders what: clauses and words, cut into a row when it is first looked at

const words = new Map(); // row number -> its words, unpacked
function wordsOf(row) {
  const number = row.id.slice(1);
  if (!data.words[number]) return null;
  if (!words.has(number)) {
    const [s, t, links, us, ut] = data.words[number];
    const spans = (flat) => Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i], flat[2 * i] + flat[2 * i + 1]]);
    const pairs = Array.from({ length: links.length / 3 }, (_, i) => links.slice(3 * i, 3 * i + 3));
    words.set(number, { s: spans(s), t: spans(t), pairs, us, ut });
  }
  return words.get(number);
}
function prepare(row) {
  if (row.dataset.clauses !== undefined) return;
  row.dataset.clauses = "";
  const links = data.links[row.id.slice(1)] || [];
  const held = wordsOf(row);
  if (!links.length && !held) return;
  [[".c.s", 0, "s", "us"], [".c.t", 2, "t", "ut"]].forEach(([cell, at, side, gone]) => {
    const box = row.querySelector(cell);
    if (box) cut(box, links.map((l) => [l[at], l[at + 1]]), held ? held[side] : [], held ? held[gone] : []);
  });
}
function cut(box, spans, own, gone) {
  const borders = [...new Set([...spans.flat(), ...own.flat()])].sort((a, b) => a - b);
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  const nodes = [];
  for (let node = walker.nextNode(), at = 0; node; node = walker.nextNode()) {
    nodes.push([node, at]);
    at += node.data.length;
  }
  for (const [node, start] of nodes) {
    const end = start + node.data.length;
    const stops = [start, ...borders.filter((b) => b > start && b < end), end];
    const parts = document.createDocumentFragment();
    for (let i = 0; i + 1 < stops.length; i++) {
      const text = node.data.slice(stops[i] - start, stops[i + 1] - start);
      const inside = ([a, b]) => a <= stops[i] && stops[i + 1] <= b && a < b;
      const over = spans.flatMap((span, l) => (inside(span) ? [l] : []));
      const word = own.findIndex(inside);
      if (word < 0 && !over.length && (!spans.length || !/[\p{L}\p{N}]/u.test(text))) {
        parts.append(text);
        continue;
      }
      const span = make("span", text, (spans.length ? (over.length ? "cl" : "cl lone") : "") + (word < 0 ? "" : " wd"));
      if (over.length) span.dataset.l = over.join(" ");
      if (word >= 0) {
        span.dataset.w = word;
        if (gone[word] >= 50) {
          span.classList.add("gone");
          span.dataset.q = gone[word] + "%";
        }
      }
      parts.append(span);
    }
    node.replaceWith(parts);
  }
}
function pair(row, wanted) {
  for (const span of row.querySelectorAll(".cl")) {
    span.classList.toggle("pair", Boolean(wanted) && (span.dataset.l || "").split(" ").some((l) => l && wanted.includes(l)));
  }
}

// ---- A word lights up, and what renders it

const FAINT = 10; // per cent: what is less likely only clutters
let lit = [];
let cursor = null; // {row, side, word} for the arrow keys
function dark() {
  for (const span of lit) {
    span.classList.remove("lit", "at");
    if (!span.classList.contains("gone")) delete span.dataset.q;
    span.style.removeProperty("--p");
  }
  lit = [];
}
const spansOf = (row, side, word) => [...row.querySelectorAll(`.c.${side} .wd[data-w="${word}"]`)];
const textOf = (row, side, word) => spansOf(row, side, word).map((s) => s.textContent).join("");
function light(row, side, word, aloud = false) {
  dark();
  const held = wordsOf(row);
  if (!held) return;
  const far = side === "s" ? "t" : "s";
  const all = held.pairs.filter((l) => l[side === "s" ? 0 : 1] === word).map((l) => [l[side === "s" ? 1 : 0], l[2]]);
  const found = all.filter(([, p]) => p >= FAINT);
  for (const span of spansOf(row, side, word)) { span.classList.add("at"); lit.push(span); }
  for (const [other, p] of found) {
    spansOf(row, far, other).forEach((span, at) => {
      span.classList.add("lit");
      span.style.setProperty("--p", String(Math.max(p, 25) + "%"));
      if (!at) span.dataset.q = p + "%";
      lit.push(span);
    });
  }
  if (aloud) {
    const gone = held[side === "s" ? "us" : "ut"][word] || 0;
    const said = found.length
      ? found.sort((a, b) => b[1] - a[1]).map(([w, p]) => `${textOf(row, far, w)} ${p}%`).join(t(", "))
      : gone ? t("nothing renders it ({p}%)", { p: gone }) : t("a word of form");
    $("word").textContent = `${textOf(row, side, word)} → ${said}`;
  }
}
function moveWord(by) {
  let row = cursor && (!current || !rows[current.row] || cursor.row === rows[current.row].element) ? cursor.row : rows[current?.row]?.element;
  if (!row || !wordsOf(row)) return false;
  prepare(row);
  const held = wordsOf(row);
  const order = [...held.s.map((_, i) => ["s", i]), ...held.t.map((_, i) => ["t", i])];
  let at = cursor?.row === row ? order.findIndex(([s, i]) => s === cursor.side && i === cursor.word) : by > 0 ? -1 : 0;
  at = (at + by + order.length) % order.length;
  cursor = { row, side: order[at][0], word: order[at][1] };
  light(row, cursor.side, cursor.word, true);
  spansOf(row, cursor.side, cursor.word)[0]?.scrollIntoView({ block: "nearest" });
  return true;
}
texts.addEventListener("mouseover", (event) => {
  const row = event.target.closest(".g .r");
  if (!row) return;
  prepare(row);
  const span = event.target.closest(".cl[data-l]");
  pair(row, span ? span.dataset.l.split(" ") : null);
  const word = event.target.closest(".wd");
  if (word) light(row, word.closest(".c").classList.contains("s") ? "s" : "t", +word.dataset.w);
  else dark();
});
texts.addEventListener("mouseleave", () => {
  for (const span of texts.querySelectorAll(".cl.pair")) span.classList.remove("pair");
  dark();
});
texts.addEventListener("click", (event) => { // a tap: the first one cuts the row, so look again
  const row = event.target.closest(".g .r");
  if (!row || !wordsOf(row)) return;
  prepare(row);
  const word = document.elementFromPoint(event.clientX, event.clientY)?.closest?.(".wd");
  if (!word || !row.contains(word)) return;
  cursor = { row, side: word.closest(".c").classList.contains("s") ? "s" : "t", word: +word.dataset.w };
  light(row, cursor.side, cursor.word, true);
});
texts.addEventListener("focusin", (event) => {
  const row = event.target.closest(".g .r");
  if (row) prepare(row);
});
let clause = -1;
function nextClause() {
  const row = current && rows[current.row]?.element;
  const links = row && data.links[row.id.slice(1)];
  if (!links) return;
  prepare(row);
  clause = (clause + 1) % links.length;
  pair(row, [String(clause)]);
}

// ---- Words that nothing renders, on request

const hasWords = Object.keys(data.words).length > 0;
root.classList.toggle("has-words", hasWords);
let watch = null;
function bare(on) {
  root.classList.toggle("bare", on);
  $("bare").checked = on;
  watch?.disconnect();
  if (!on) return;
  watch = new IntersectionObserver((seen) => { for (const one of seen) if (one.isIntersecting) prepare(one.target); }, { rootMargin: "400px" });
  for (const row of rows) if (data.words[row.element.id.slice(1)]) watch.observe(row.element);
}
$("bare").addEventListener("change", () => bare($("bare").checked));
