// ---- One finding at a time

let current = null;
let turn = 0; // which of its passages is shown, of a finding that stands in several
/** The first mark of each passage that a finding stands in: its own passage, then the others as they follow. */
function passagesOf(card) {
  const found = new Map();
  for (const mark of marksOf[card.n]) {
    const row = mark.closest(".r");
    if (!found.has(row)) found.set(row, mark);
  }
  const list = [...found];
  const home = Math.max(list.findIndex(([row]) => row === rows[card.row]?.element), 0);
  return [...list.slice(home), ...list.slice(0, home)].map(([, mark]) => mark);
}
function select(card, { scroll = true, focus = false, from = null, again = false } = {}) {
  const passages = passagesOf(card);
  turn = again && current === card && passages.length ? (turn + 1) % passages.length : 0;
  if (again && passages.length > 1 && current === card) toast(t("passage {k} of {n}", { k: turn + 1, n: passages.length }));
  if (current) {
    current.element.classList.remove("on");
    for (const mark of marksOf[current.n]) mark.classList.remove("on");
    rows[current.row]?.element.classList.remove("on");
    if (current !== card) closeLine();
  }
  current = card;
  card.element.classList.add("on");
  for (const mark of marksOf[card.n]) mark.classList.add("on");
  const row = rows[card.row];
  if (row) {
    row.element.classList.add("on");
    prepare(row.element);
  }
  actions(card);
  progress();
  const place = passages[turn] || row?.element;
  if (scroll && from !== "text") show(place, row);
  if (from !== "list") centre(list, card.element);
  if (focus) card.element.querySelector(".go").focus({ preventScroll: true });
  clearTimeout(naming);
  naming = setTimeout(() => {
    try { history.replaceState(null, "", "#" + card.element.id); } catch { /* not for every address */ }
  }, 120);
}
let naming = 0; // the address follows when the keys rest: it costs more than the step itself
/** Bring a mark into sight; the first texts of all come with their head, so that the page is at the texts. */
function show(place, row) {
  if (!place) return;
  place.scrollIntoView({ block: sheet.matches ? "start" : "center", behavior: "instant" });
  const above = texts.getBoundingClientRect().top - bar.offsetHeight;
  if (above > 0 && !sheet.matches && row) scrollBy({ top: above, behavior: "instant" });
}
function centre(box, element) {
  const inner = element.getBoundingClientRect();
  const outer = box.getBoundingClientRect();
  if (inner.top < outer.top || inner.bottom > outer.bottom) box.scrollTop += inner.top - outer.top - Math.max(outer.height - inner.height, 0) / 2;
}
let atEnd = 0; // the way that was asked for at the last finding: asked again, it starts over
function step(by) {
  const shown = visible;
  if (!shown.length) return;
  let at = current ? shown.indexOf(current) : by > 0 ? -1 : shown.length;
  if (at < 0 && current) at = by > 0 ? shown.findLastIndex((c) => c.place < current.place) : shown.findIndex((c) => c.place > current.place);
  let next = at < 0 && current && by < 0 ? shown.length - 1 : at + by;
  if (next < 0 || next >= shown.length) {
    if (atEnd !== by) {
      atEnd = by;
      const left = shown.filter((c) => !decisionOf(c)).length;
      toast(by > 0
        ? t("That was the last finding; {left} undecided. Once more goes to the first.", { left })
        : t("This is the first finding. Once more goes to the last."));
      return;
    }
    next = by > 0 ? 0 : shown.length - 1;
  }
  atEnd = 0;
  select(shown[next], { focus: true });
}
list.addEventListener("click", (event) => {
  const element = event.target.closest(".f");
  if (!element || event.target.closest("summary, button, input, select, form, label, a:not(.go)")) return;
  event.preventDefault();
  const card = cardOf(element);
  if (sheet.matches) panel.classList.remove("open");
  select(card, { from: sheet.matches ? null : "list", again: true });
});
texts.addEventListener("click", (event) => {
  const mark = event.target.closest("a.m");
  if (!mark) return;
  event.preventDefault();
  const n = mark.dataset.f.split(" ").map(Number);
  const shown = n.filter((k) => cards[k].shown);
  if (!shown.length) return;
  const at = current ? shown.indexOf(current.n) : -1; // clicking again goes through findings that overlap
  select(cards[shown[(at + 1) % shown.length]], { from: sheet.matches ? null : "text" });
});
function hover(event, on) {
  const mark = event.target.closest?.("a.m");
  if (!mark) return;
  for (const n of mark.dataset.f.split(" ")) {
    if (!cards[n].shown) continue;
    for (const other of marksOf[n]) other.classList.toggle("hov", on);
    cards[n].element.classList.toggle("hov", on);
  }
}
for (const kind of ["mouseover", "focusin"]) texts.addEventListener(kind, (e) => hover(e, true));
for (const kind of ["mouseout", "focusout"]) texts.addEventListener(kind, (e) => hover(e, false));
$("next").addEventListener("click", () => step(1));
$("prev").addEventListener("click", () => step(-1));
$("open").addEventListener("click", () => {
  const open = panel.classList.toggle("open");
  $("open").setAttribute("aria-expanded", String(open));
  if (open && current) centre(list, current.element);
});
// A phone that is turned, a window made narrow: the place that is looked at stays in view.
sheet.addEventListener("change", () => requestAnimationFrame(() => {
  if (current) show(passagesOf(current)[turn] || rows[current.row]?.element, rows[current.row]);
}));
