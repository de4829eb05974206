let waiting = false; // for the next frame, to redraw the minimap's window
const data = JSON.parse($("data").textContent);
/** Beside the texts there is no room for the list, or no mouse: it becomes a sheet at the bottom. */
const sheet = matchMedia("(max-width: 1100px), (pointer: coarse)");
// ---- What the page holds

const panel = $("findings");
const bar = $("top");
const list = $("cards");
const texts = $("texts");
const cards = [...list.children].map((element, n) => ({
  n, element, id: data.ids[n], category: element.dataset.c, severity: +element.dataset.s,
  confidence: +element.dataset.p, row: +element.dataset.r, waived: "w" in element.dataset, shown: true, text: null,
  check: data.groups[n][0], term: data.groups[n][1], message: data.groups[n][2],
  suggestion: data.suggestions[n] || "", place: n,
}));
const byId = new Map();
for (const card of cards) if (!byId.has(card.id)) byId.set(card.id, card);
const byElement = new Map(cards.map((card) => [card.element, card]));
const cardOf = (element) => byElement.get(element);
let ordered = cards; // as they are listed
let visible = cards; // those of them that the filters show
const sure = cards.filter((c) => c.severity && !c.waived);
/** Findings that are alike, by what they share. */
const kin = Object.fromEntries(["message", "term", "check"].map((key) => [key, Map.groupBy ? Map.groupBy(cards, (c) => c[key]) : grouped(key)]));
function grouped(key) {
  const found = new Map();
  for (const card of cards) found.set(card[key], [...(found.get(card[key]) || []), card]);
  return found;
}
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
