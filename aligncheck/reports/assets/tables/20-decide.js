// ---- Deciding in the tables of an audit: the keys of the desk; decisions are kept where each document's page keeps its own

const held = new Map(); // a document's name -> its decisions by id
function decisionsOf(name) {
  if (!held.has(name)) {
    let saved = null;
    try { saved = JSON.parse(store.get("decisions:" + name) || "null"); } catch { /* what is stored is not ours */ }
    held.set(name, new Map((Array.isArray(saved) ? saved : []).filter((d) => d && NAMES[d.decision] && typeof d.id === "string").map((d) => [d.id, d])));
  }
  return held.get(name);
}
const save = (name) => store.set("decisions:" + name, JSON.stringify([...decisionsOf(name).values()]));
const findings = [...document.querySelectorAll("tr[data-id]")];
const named = [...document.querySelectorAll("tr[data-doc]")];
const others = new Map(); // what another reviser decided otherwise, by row
const back = []; // each: [[row, the decision before], …]
const decisionOf = (row) => decisionsOf(row.dataset.doc).get(row.dataset.id);
const decided = (row) => "w" in row.dataset || ["accept", "waive", "reject"].includes(decisionOf(row)?.decision);
const listed = () => findings.filter((row) => row.isConnected);
let current = null;
takeIn();
/** What the audit was told of its findings. */
function takeIn() {
  const told = new Map(); // by document
  for (const row of findings) if (row.dataset.told) told.set(row.dataset.doc, [...(told.get(row.dataset.doc) || []), JSON.parse(row.dataset.told)]);
  for (const [name, all] of told) {
    const fresh = freshOf(name, all);
    for (const theirs of joined(decisionsOf(name), fresh)) {
      for (const row of findings) if (row.dataset.id === theirs.id && row.dataset.doc === name) others.set(row, theirs);
    }
    if (fresh.length) save(name);
  }
}

function paint(row) {
  for (const old of row.querySelectorAll(".dec")) old.remove();
  row.words = null; // it is searched for by its decision too
  if (!row.dataset.id) {
    const count = [...decisionsOf(row.dataset.doc).values()].filter((d) => d.decision !== "note").length;
    if (count) row.cells[3]?.append(make("span", t("{n} decided", { n: count }), "dec quiet"));
    return;
  }
  const decision = decisionOf(row);
  row.classList.toggle("done", decided(row));
  if (decision) row.dataset.d = decision.decision;
  else delete row.dataset.d;
  const place = row.querySelector(".what");
  if (decision) {
    place.append(make("p", told(decision), "dec"));
    if (decision.comment) place.append(make("p", t("Note: ") + decision.comment, "dec note"));
  }
  const other = others.get(row);
  if (other) {
    const line = make("p", "≠ " + opinion(other) + " ", "dec other");
    line.append(button("Take theirs", "", () => change([[row, other]])));
    place.append(line);
  }
}
function change(pairs) {
  back.push(pairs.map(([row]) => [row, decisionOf(row)]));
  put(pairs);
}
function put(pairs) {
  const by = store.get("by") || "";
  for (const [row, decision] of pairs) {
    const mine = decisionsOf(row.dataset.doc);
    if (decision) mine.set(row.dataset.id, { by, ...decision, id: row.dataset.id });
    else mine.delete(row.dataset.id);
    others.delete(row);
  }
  for (const name of new Set(pairs.map(([row]) => row.dataset.doc))) save(name);
  for (const [row] of pairs) for (const twin of findings) if (twin.dataset.id === row.dataset.id) paint(twin);
  if (current) actions();
  count();
}
function undo() {
  const last = back.pop();
  if (!last) { toast(t("Nothing to undo.")); return; }
  put(last);
  if (last[0][0].isConnected) choose(last[0][0]);
  toast(t("Undone: {n}", { n: last.length }));
}
function count() {
  const done = findings.filter(decided).length;
  $("decided").textContent = findings.length ? t("{done} of {all} decided", { done, all: findings.length })
    : t("{n} decided", { n: [...new Set(named.map((r) => r.dataset.doc))].reduce((sum, name) => sum + [...decisionsOf(name).values()].filter((d) => d.decision !== "note").length, 0) });
}

// ---- One row at a time

let line = null;
let box = null;
function closeLine() {
  line?.remove();
  line = null;
}
function choose(row) {
  closeLine();
  current?.classList.remove("on");
  current?.removeAttribute("aria-current");
  current = row;
  row.classList.add("on");
  row.setAttribute("aria-current", "true");
  actions();
  row.querySelector("a")?.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest", behavior: "instant" });
}
function step(by) {
  const rows = listed();
  if (!rows.length) return;
  const at = current?.isConnected ? rows.indexOf(current) : by > 0 ? -1 : rows.length;
  const next = rows[at + by];
  if (next) choose(next);
  else toast(by > 0 ? t("That was the last finding.") : t("This is the first finding."));
}
function actions() {
  box?.remove();
  box = make("p", "", "act");
  const row = current;
  const decision = decisionOf(row);
  if ("w" in row.dataset) return;
  if (decision && decision.decision !== "note") {
    box.append(button("Change back", "u", () => (back.length ? undo() : change([[row, null]]))));
  } else {
    box.append(button("Accept", "a", () => decide("accept"), "primary"), button("Waive", "w", () => openLine("waive")),
      button("Not an error", "x", () => decide("reject")));
  }
  box.append(button("Note", "n", () => openLine("note")), button("Open", "o", open));
  row.querySelector(".what").append(box);
}
const open = () => { if (current) location.href = current.querySelector("a").href; };
const alike = (row) => listed().filter((r) => r !== row && r.dataset.m === row.dataset.m && !decided(r));
function decide(kind, all = false, more = {}) {
  if (!current || "w" in current.dataset) return;
  closeLine();
  const row = current;
  const rows = [row, ...(all ? alike(row) : [])];
  change(rows.map((r) => [r, { decision: kind, ...(kind === "reject" ? { reason: t("not an error") } : {}), ...more, comment: decisionOf(r)?.comment || "" }]));
  if (rows.length > 1) toast(t("{n} findings decided; u undoes", { n: rows.length }));
  const left = listed();
  const next = left.slice(left.indexOf(row) + 1).find((r) => !decided(r)) || left.find((r) => !decided(r));
  if (next) choose(next);
  else toast(t("All findings shown are decided."));
}
function openLine(kind, all = false) {
  if (!current || "w" in current.dataset) return;
  closeLine();
  const row = current;
  const old = decisionOf(row);
  line = lineFor(kind, old || {}, {
    named: Boolean(store.get("by")),
    close: () => choose(row),
    send: (value, preset) => {
      if (kind === "waive") {
        decide("waive", all, { reason: preset || value("reason"), until: value("until") });
        return;
      }
      const comment = value("comment");
      closeLine();
      change([[row, comment ? { ...(old || { decision: "note" }), comment } : old && old.decision !== "note" ? { ...old, comment: "" } : null]]);
      choose(row);
    },
  });
  box.after(line);
  line.querySelector("input").focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest", behavior: "instant" });
}

// ---- Out and in

function exported() {
  const rows = new Map(); // a decision counts wherever its finding stands, so each once
  for (const name of new Set(named.map((r) => r.dataset.doc))) {
    for (const d of decisionsOf(name).values()) if (!rows.has(d.id)) rows.set(d.id, { ...rowOf(d), file: name });
  }
  return [...rows.values()].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}
async function taken(file) {
  const rows = file && await rowsOf(file);
  if (!rows) { if (file) toast(t("This file holds no decisions.")); return; }
  const mine = new Set(named.map((r) => r.dataset.doc));
  const pairs = [];
  let differ = 0;
  let read = 0;
  for (const row of rows) {
    if (!row || typeof row.id !== "string" || row.kind === "baseline") continue;
    const theirs = theirsOf(row);
    const here = findings.filter((r) => r.dataset.id === row.id && !("w" in r.dataset));
    for (const finding of here) {
      const own = decisionOf(finding);
      if (!own || own.decision === "note") pairs.push([finding, { ...theirs, comment: theirs.comment || own?.comment || "" }]);
      else if (!same(own, theirs)) { others.set(finding, theirs); differ++; }
    }
    if (here.length) read++;
    else if (mine.has(row.file)) { // a finding of another page of this audit
      const kept = decisionsOf(row.file);
      const own = kept.get(row.id);
      if (!own || own.decision === "note") { kept.set(row.id, theirs); save(row.file); read++; }
      else if (!same(own, theirs)) differ++;
    }
  }
  const kept = new Map(others);
  if (pairs.length) change(pairs);
  for (const [row, theirs] of kept) others.set(row, theirs);
  repaint();
  toast(imported(read, rows, differ));
}
function repaint() {
  for (const row of named) paint(row);
  if (current) actions();
  count();
}
if (named.length && $("export")) {
  $("export").addEventListener("click", () => {
    const rows = exported();
    handOut({ schema: "aligncheck-waivers/1", waivers: rows }, "audit.decisions.json");
    toast(t("{n} decisions exported to {file}", { n: rows.length, file: "audit.decisions.json" }));
  });
  $("import").addEventListener("click", () => $("file").click());
  $("file").addEventListener("change", async () => { const file = $("file").files[0]; await taken(file); $("file").value = ""; });
  for (const row of findings) {
    row.addEventListener("click", (event) => { if (!event.target.closest("a, button, input, form")) choose(row); });
  }
  const speak = spoken;
  spoken = () => { speak(); repaint(); };
  repaint();
}
if (findings.length) {
  const keys = {
    j: () => step(1), k: () => step(-1), a: () => decide("accept"), A: () => decide("accept", true), x: () => decide("reject"),
    X: () => decide("reject", true), w: () => openLine("waive"), W: () => openLine("waive", true), n: () => openLine("note"),
    o: open, u: undo, "/": () => document.querySelector(".table-tools input")?.focus(), "?": () => $("keys").showModal(),
  };
  $("help").addEventListener("click", () => $("keys").showModal());
  addEventListener("keydown", (event) => {
    if ($("keys").open) return;
    const typed = event.target.closest?.("input, textarea, select");
    if (event.key === "Escape" && typed) typed.blur();
    if (typed) return;
    if ((event.ctrlKey || event.metaKey) && event.key === "z") { event.preventDefault(); undo(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
  });
}
