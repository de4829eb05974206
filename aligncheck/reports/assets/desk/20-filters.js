// ---- Filters and search

const boxes = (name) => [...document.querySelectorAll(`input[name=${name}]`)];
const severities = boxes("sev");
const categories = boxes("cat");
let query = "";
const lower = (element) => element.textContent.toLowerCase();
function apply() {
  const levels = new Set(severities.filter((b) => b.checked).map((b) => +b.value));
  const kinds = new Set(categories.filter((b) => b.checked).map((b) => b.value));
  const least = +$("conf").value;
  const state = $("state").value;
  let count = 0;
  for (const card of cards) {
    const decision = state === "all" ? "" : decisionOf(card);
    let show = levels.has(card.severity) && kinds.has(card.category) && card.confidence >= least
      && (state === "all" || (state === "open" ? !decision : state === "differ" ? others.has(card.id) : decision === state));
    if (show && query) {
      if (card.text === null) card.text = lower(card.element) + " " + card.id;
      show = card.text.includes(query) || (card.row >= 0 && rowText(card.row).includes(query));
    }
    if (show) count++;
    if (show !== card.shown) {
      card.shown = show;
      card.element.hidden = !show;
    }
  }
  visible = ordered.filter((c) => c.shown);
  for (const mark of marks) {
    const off = !mark.findings.some((n) => cards[n].shown);
    if (off !== mark.off) {
      mark.off = off;
      mark.element.classList.toggle("off", off);
    }
  }
  const only = $("only").checked;
  let passages = 0;
  rows.forEach((row, at) => {
    const found = !query || rowText(at).includes(query);
    const off = !found && !(query && rowCards[at].some((n) => cards[n].shown && cards[n].text?.includes(query)))
      || (only && !rowCards[at].some((n) => cards[n].shown));
    if (query && !off) passages++;
    if (off !== row.off) {
      row.off = off;
      row.element.classList.toggle("off", off);
    }
  });
  $("shown").textContent = t("{count} of {all} findings", { count, all: cards.length })
    + (query ? t(", {passages} passages", { passages }) : "");
  $("conf-out").textContent = least + "%";
  progress();
  highlight();
  soon();
}
function rowText(at) {
  const row = rows[at];
  if (row.text === null) row.text = [...row.element.children].slice(1).map(lower).join("\n");
  return row.text;
}
function highlight() {
  if (!CSS.highlights || !window.Highlight) return;
  CSS.highlights.delete("hit");
  if (!query) return;
  const ranges = [];
  for (const row of rows) {
    if (row.off || ranges.length > 400) continue;
    const walker = document.createTreeWalker(row.element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.data.toLowerCase();
      for (let at = text.indexOf(query); at >= 0; at = text.indexOf(query, at + query.length)) {
        const range = new Range();
        range.setStart(node, at);
        range.setEnd(node, at + query.length);
        ranges.push(range);
      }
    }
  }
  CSS.highlights.set("hit", new Highlight(...ranges));
}
$("sort").addEventListener("change", () => {
  const surest = $("sort").value === "sure";
  ordered = surest ? [...cards].sort((a, b) => b.severity - a.severity || b.confidence - a.confidence || a.n - b.n) : cards;
  ordered.forEach((card, at) => { card.place = at; });
  list.append(...ordered.map((c) => c.element));
  apply();
  if (current) centre(list, current.element);
});
for (const input of [...severities, ...categories, $("only"), $("state")]) input.addEventListener("change", apply);
$("conf").addEventListener("input", apply);
const all = (value) => { for (const box of categories) box.checked = value; apply(); };
$("cat-all").addEventListener("click", () => all(true));
$("cat-none").addEventListener("click", () => all(false));
let typing = 0;
$("q").addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => { query = $("q").value.trim().toLowerCase(); apply(); }, 80);
});
$("q").addEventListener("keydown", (event) => {
  if (event.key === "Enter") {
    const row = rows.find((r) => !r.off && r.element.getBoundingClientRect().top > 120) || rows.find((r) => !r.off);
    row?.element.scrollIntoView({ block: "center" });
  }
});
