// ---- What the pages build alike: elements, buttons, fields, a word in passing, and what decisions are called

function make(name, text, classes) {
  const element = document.createElement(name);
  if (text) element.textContent = text;
  if (classes) element.className = classes;
  return element;
}
function button(text, key, act, classes) {
  const element = make("button", t(text), classes);
  element.type = "button";
  if (key) {
    element.append(" ", make("kbd", key));
    element.setAttribute("aria-keyshortcuts", key);
  }
  element.addEventListener("click", (event) => { event.stopPropagation(); act(); });
  return element;
}
function field(name, label, value, type = "text") {
  const box = make("label", label + " ");
  const input = make("input");
  input.type = type;
  input.name = name;
  input.value = value;
  box.append(input);
  return box;
}
let toasting = 0;
function toast(text) {
  const box = $("toast");
  box.textContent = text;
  box.classList.add("up");
  clearTimeout(toasting);
  toasting = setTimeout(() => box.classList.remove("up"), 3000);
}
const NAMES = {
  accept: () => "✓ " + t("accepted"),
  waive: () => "– " + t("waived"),
  reject: () => "× " + t("not an error"),
  note: () => "✎ " + t("note"),
};
/** What a decision says of itself: its name, its reason, its day. */
function told(decision) {
  let text = NAMES[decision.decision]();
  if (decision.decision === "waive" && decision.reason) text += t(": ") + decision.reason;
  if (decision.until) text += t(" (until {day})", { day: decision.until });
  if (decision.replacement) text += " → " + decision.replacement;
  return text;
}
/** What another reviser decided, in the words of a row of a file. */
const opinion = (other) => (other.by || t("another reviser")) + t(": ") + NAMES[other.decision]().slice(2)
  + (other.reason && other.decision === "waive" ? ` (${other.reason})` : "");
const REASONS = [
  msg("agreed with the client"),
  msg("as in an earlier official text"),
  msg("adapted for the reader on purpose"),
  msg("the source itself is at fault"),
  msg("minor, left as it is"),
];
/**
 * The line that opens at a finding, for a reason to waive, a note, or another wording (`kind`), filled from the decision before.
 * `send(value, preset)` takes what the fields hold, or a reason that a key has chosen; `close` leaves it.
 */
function lineFor(kind, old, { wording = "", named = true, send, close }) {
  const line = make("form", "", "line");
  const value = (name) => line.elements[name]?.value.trim() || "";
  const take = (preset = "") => {
    if (value("by")) store.set("by", value("by"));
    const needed = { waive: "reason", edit: "replacement" }[kind];
    if (needed && !preset && !value(needed)) line.elements[needed].focus();
    else send(value, preset);
  };
  if (kind === "waive") {
    const presets = make("p", "", "presets");
    REASONS.forEach((reason, at) => presets.append(button(reason, String(at + 1), () => take(t(reason)))));
    line.append(presets, field("reason", t("Reason"), old.reason || ""));
    if (!named) line.append(field("by", t("Your name"), ""));
    const until = field("until", t("Until (empty: for good)"), old.until || "", "date");
    until.querySelector("input").min = new Date().toISOString().slice(0, 10);
    line.append(until);
  } else if (kind === "note") {
    line.append(field("comment", t("Note to the translator"), old.comment || ""));
  } else {
    line.append(field("replacement", t("Put instead"), old.replacement || wording));
  }
  const end = make("p", "", "buttons");
  const ready = make("button", t("Save"), "primary");
  ready.append(" ", make("kbd", "Ctrl+Enter"));
  end.append(ready, button("Cancel", "Esc", close));
  line.append(end);
  line.addEventListener("submit", (event) => { event.preventDefault(); take(); });
  line.addEventListener("keydown", (event) => {
    event.stopPropagation();
    const input = event.target;
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); take(); }
    else if (kind === "waive" && input.name === "reason" && !input.value && /^[1-5]$/.test(event.key)) {
      event.preventDefault();
      take(t(REASONS[+event.key - 1]));
    }
  });
  return line;
}
/** The rows of a file of decisions, JSON or a workbook, or null where it holds none. */
async function rowsOf(file) {
  let found;
  try {
    if ((await file.slice(0, 2).text()) === "PK") return await rowsOfBook(file);
    found = JSON.parse(await file.text());
  } catch { found = null; }
  return found?.schema === "aligncheck-waivers/1" && Array.isArray(found.waivers) ? found.waivers : null;
}
/** A row of a file as a decision. */
function theirsOf(row) {
  const theirs = { id: row.id, decision: ["accept", "reject", "note"].includes(row.decision) ? row.decision : "waive" };
  for (const key of ["reason", "by", "until", "comment", "replacement"]) if (typeof row[key] === "string" && row[key]) theirs[key] = row[key];
  return theirs;
}
/** How an import went. */
const imported = (n, rows, differ) => t("{n} of {all} decisions imported", { n, all: rows.length })
  + (differ ? t("; {n} differ from yours, which stand", { n: differ }) : "")
  + (rows.wrong?.length ? t("; left out, as they make no sense: rows {rows}", { rows: rows.wrong.slice(0, 5).join(", ") + (rows.wrong.length > 5 ? ", …" : "") }) : "");
const same = (a, b) => a.decision === b.decision && (a.replacement || "") === (b.replacement || "");
/** Those of the decisions that the run was told of that no page of the document has taken in yet; they count as taken in. */
function freshOf(name, told) {
  const key = "seen:" + name;
  let known;
  try { known = new Set(JSON.parse(store.get(key) || "[]")); } catch { known = new Set(); }
  const fresh = told.filter((d) => !known.has(JSON.stringify(d)));
  for (const theirs of fresh) known.add(JSON.stringify(theirs));
  if (fresh.length) store.set(key, JSON.stringify([...known].slice(-5000)));
  return fresh;
}
/** Put decisions of others to ours, which stand; those that differ. */
function joined(ours, theirs) {
  const differ = [];
  for (const their of theirs) {
    const own = ours.get(their.id);
    if (!own || own.decision === "note") ours.set(their.id, { ...their, comment: their.comment || own?.comment || "" });
    else if (their.decision !== "note" && !same(own, their)) differ.push(their);
  }
  return differ;
}
/** A decision as a row of a file. */
function rowOf(d) {
  const row = { id: d.id, kind: "waiver", decision: d.decision, reason: d.reason || "", by: d.by || "", until: d.until || "", comment: d.comment || "" };
  if (d.replacement) row.replacement = d.replacement;
  return row;
}
function handOut(data, name) {
  const blob = new Blob([JSON.stringify(data, null, 1) + "\n"], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
