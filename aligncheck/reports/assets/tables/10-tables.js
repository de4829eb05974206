// ---- Tables that one can search, sort and group

const RANKS = ["critical", "major", "minor", "neutral"];
const key = (cell) => {
  const text = cell ? (cell.dataset.k ?? cell.textContent).trim() : "";
  const level = cell?.querySelector(".sev");
  if (level) return RANKS.findIndex((name) => level.classList.contains(name));
  const number = Number(text.replace(/[,%]/g, ""));
  return text && !Number.isNaN(number) ? number : text.toLowerCase();
};
const compare = (a, b) => (typeof a === typeof b ? (a < b ? -1 : a > b ? 1 : 0) : typeof a === "number" ? -1 : 1);
const refreshers = [];
function equip(table, at) {
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const rows = [...body.rows].filter((r) => r.cells.length === heads.length);
  if (rows.length < 2) return;
  rows.forEach((row, n) => { row.at = n; });
  let sorted = -1;
  let down = false;
  let grouped = -1;
  const tools = document.createElement("p");
  tools.className = "table-tools";
  const search = document.createElement("input");
  search.type = "search";
  search.id = `search-${at}`;
  const group = document.createElement("select");
  const count = document.createElement("span");
  count.setAttribute("role", "status");
  const name = (head) => [...head.querySelectorAll(".L")].find((l) => (l.lang === "zh") === zh())?.textContent || head.textContent;
  function words() {
    search.placeholder = t("Search this table");
    search.setAttribute("aria-label", search.placeholder);
    group.setAttribute("aria-label", t("Group by"));
    const chosen = group.value || "-1";
    group.replaceChildren(new Option(t("not grouped"), "-1"),
      ...heads.flatMap((h, n) => ("g" in h.dataset ? [new Option(t("by {column}", { column: name(h) }), n)] : [])));
    group.value = chosen;
    show();
  }
  function show() {
    const query = search.value.trim().toLowerCase();
    const shown = rows.filter((r) => {
      r.words ??= r.textContent.toLowerCase();
      return !query || r.words.includes(query);
    });
    const order = (a, b) => (sorted < 0 ? a.at - b.at : (down ? -1 : 1) * compare(key(a.cells[sorted]), key(b.cells[sorted])) || a.at - b.at);
    shown.sort((a, b) => (grouped < 0 ? 0 : compare(key(a.cells[grouped]), key(b.cells[grouped]))) || order(a, b));
    const out = [];
    let last;
    for (const row of shown) {
      if (grouped >= 0 && key(row.cells[grouped]) !== last) {
        last = key(row.cells[grouped]);
        const head = document.createElement("tr");
        const cell = document.createElement("th");
        cell.colSpan = heads.length;
        cell.scope = "rowgroup";
        cell.append(...[...row.cells[grouped].childNodes].map((n) => n.cloneNode(true)),
          ` (${shown.filter((r) => key(r.cells[grouped]) === last).length})`);
        head.className = "group";
        head.append(cell);
        out.push(head);
      }
      out.push(row);
    }
    body.replaceChildren(...out);
    count.textContent = t("{n} of {all} rows", { n: shown.length, all: rows.length });
  }
  heads.forEach((head, n) => {
    const press = document.createElement("button");
    press.type = "button";
    press.append(...head.childNodes);
    head.append(press);
    press.addEventListener("click", () => {
      down = sorted === n ? !down : head.classList.contains("n");
      sorted = n;
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      show();
    });
  });
  search.addEventListener("input", show);
  group.addEventListener("change", () => { grouped = +group.value; show(); });
  tools.append(search);
  if (heads.some((h) => "g" in h.dataset)) tools.append(group);
  tools.append(count);
  if (rows.length >= 8) table.parentElement.before(tools);
  refreshers.push(words);
  words();
}
document.querySelectorAll("table.rows").forEach(equip);
spoken = () => { for (const refresh of refreshers) refresh(); };
