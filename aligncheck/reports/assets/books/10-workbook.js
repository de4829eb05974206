// ---- Decisions from the XLSX report, as a person has filled it in and any program has saved it

const UNPACKED = 1 << 26; // more than a report has; what claims to be larger is not unpacked
/** The parts of a package by name, each as a function that unpacks its text; null where it is none. */
async function packageOf(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const view = new DataView(bytes.buffer);
  const two = (at) => view.getUint16(at, true);
  const four = (at) => view.getUint32(at, true);
  let end = bytes.length - 22;
  while (end >= 0 && four(end) !== 0x06054b50) end--;
  if (end < 0) return null;
  const parts = new Map();
  let size = 0;
  for (let n = two(end + 10), at = four(end + 16); n > 0; n--) {
    if (four(at) !== 0x02014b50) return null;
    const [method, length, head] = [two(at + 10), four(at + 20), four(at + 42)];
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + two(at + 28)));
    size += four(at + 24);
    if (size > UNPACKED) return null;
    parts.set(name, () => {
      const start = head + 30 + two(head + 26) + two(head + 28);
      const packed = new Blob([bytes.subarray(start, start + length)]);
      return new Response(method ? packed.stream().pipeThrough(new DecompressionStream("deflate-raw")) : packed).text();
    });
    at += 46 + two(at + 28) + two(at + 30) + two(at + 32);
  }
  return parts;
}
const tags = (node, name) => [...node.getElementsByTagNameNS("*", name)];
const parsed = (text) => new DOMParser().parseFromString(text, "application/xml");
/** A cell's or a shared text: its runs joined, readings above the characters left out. */
const writtenIn = (node) => tags(node, "t").filter((run) => run.parentNode.localName !== "rPh").map((run) => run.textContent).join("");
/** Each sheet as rows: [its number, its cells by the number of their column]. */
async function sheetsOf(parts) {
  const kept = parts.get("xl/sharedStrings.xml");
  const strings = kept ? tags(parsed(await kept()), "si").map(writtenIn) : [];
  const sheets = [];
  for (const [name, read] of parts) {
    if (!/^xl\/worksheets\/[^/]+\.xml$/.test(name)) continue;
    sheets.push(tags(parsed(await read()), "row").map((row, at) => {
      const cells = [];
      for (const cell of tags(row, "c")) {
        const letters = /^[A-Z]+/.exec(cell.getAttribute("r") || "");
        const column = letters ? [...letters[0]].reduce((sum, c) => sum * 26 + c.charCodeAt(0) - 64, 0) - 1 : cells.length;
        const kind = cell.getAttribute("t");
        const value = tags(cell, "v")[0]?.textContent ?? "";
        if (column < 400) cells[column] = kind === "s" ? strings[+value] ?? "" : kind === "inlineStr" ? writtenIn(cell) : value;
      }
      return [+row.getAttribute("r") || at + 1, cells];
    }));
  }
  return sheets;
}
const halves = (text) => String(text ?? "").split("/").map((part) => part.trim().toLowerCase().replace(/[\s_]+/g, " "));
/** What the columns and the decisions may be called; of “Decision / 处理” either half will do. */
const HEADS = {
  id: ["id", "finding", "finding id", "编号"], decision: ["decision", "处理"], replacement: ["new wording", "改为"],
  reason: ["reason", "理由"], by: ["by", "who", "姓名"], until: ["until", "有效期至"], suggestion: ["suggestion", "建议"],
  comment: ["note to the translator", "comment", "给译者的备注", "备注"],
};
const KINDS = {
  accept: ["accept", "accepted", "确认", "已确认", "采纳"], use: ["use", "use it", "use the suggestion", "采用", "采用建议"],
  waive: ["waive", "waived", "豁免", "已豁免"], reject: ["reject", "rejected", "not an error", "误报"], note: ["note", "备注"],
};
const meant = (table, cell) => halves(cell).flatMap((part) => Object.keys(table).filter((name) => table[name].includes(part)))[0];
function dayOf(text) {
  if (/^\d{5}(\.\d+)?$/.test(text)) return new Date(Math.floor(+text - 25569) * 864e5).toISOString().slice(0, 10);
  const found = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})/.exec(text);
  return found ? `${found[1]}-${found[2].padStart(2, "0")}-${found[3].padStart(2, "0")}` : text ? null : "";
}
/** A row as the decisions of a page are kept: undefined where there is none, null where it makes no sense. */
function decidedIn(said) {
  const given = (name) => (said[name] || "").trim();
  if (![said.decision, said.replacement, said.reason, said.comment].some((text) => (text || "").trim())) return undefined;
  if (given("comment") === "baseline" && !given("decision")) return undefined;
  let kind = meant(KINDS, said.decision);
  if (!kind && !given("decision")) kind = given("replacement") ? "accept" : given("comment") ? "note" : undefined;
  const until = dayOf(given("until"));
  const id = given("id").toLowerCase();
  if (!kind || !id || until === null || (kind === "waive" && !given("reason"))) return null;
  if ([said.decision, said.replacement, said.reason, said.comment].some((text) => /^#(VALUE!|NAME\?|REF!|N\/A|DIV\/0!|NUM!|NULL!)$/.test(text || ""))) return null;
  if (["waive", "reject"].includes(kind) && given("replacement")) return null;
  const replacement = given("replacement") ? said.replacement : kind === "use" ? said.suggestion || "" : "";
  if (kind === "use" && !replacement.trim()) return null;
  const row = { id, decision: kind === "use" ? "accept" : kind, reason: given("reason"), by: given("by"), until, comment: given("comment") };
  return replacement ? { ...row, replacement } : row;
}
/** The decisions of a workbook, those that make no sense counted by their rows in `wrong`; null where it holds none. */
async function rowsOfBook(file) {
  const parts = await packageOf(file);
  if (!parts) return null;
  const rows = [];
  let known = false;
  rows.wrong = [];
  for (const sheet of await sheetsOf(parts)) {
    let columns = null;
    for (const [number, cells] of sheet) {
      if (!columns) {
        const names = Array.from(cells, (cell) => meant(HEADS, cell));
        if (names.includes("id") && names.includes("decision")) {
          columns = Object.fromEntries(names.map((name, at) => [name, at]).reverse().filter(([name]) => name));
          known = true;
        } else if (number >= 20) break;
        continue;
      }
      const row = decidedIn(Object.fromEntries(Object.entries(columns).map(([name, at]) => [name, cells[at] || ""])));
      if (row) rows.push(row);
      else if (row === null) rows.wrong.push(number);
    }
  }
  return known ? rows : null;
}
