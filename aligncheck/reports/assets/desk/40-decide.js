// ---- Decisions: accept, waive, not an error; each with one key, all of a kind at once, and a way back

const decisionsKey = "decisions:" + data.key;
let decisions = new Map();
const others = new Map(); // what another reviser decided otherwise, by id
try {
  const saved = JSON.parse(store.get(decisionsKey) || "null");
  if (Array.isArray(saved)) decisions = new Map(saved.filter((d) => d && typeof d.id === "string").map((d) => [d.id, d]));
} catch { /* what is stored is not ours */ }
takeIn();
/** What the run was told that made this page: taken in once, so that it can be changed back. */
function takeIn() {
  const fresh = freshOf(data.key, data.decided);
  for (const theirs of joined(decisions, fresh)) others.set(theirs.id, theirs);
  if (fresh.length) save();
}
const undone = []; // each: [[id, the decision before], …]
function save() { store.set(decisionsKey, JSON.stringify([...decisions.values()])); }
const decisionOf = (card) => decisions.get(card.id)?.decision || (card.waived ? "waive" : "");
const nameOf = () => $("who").value.trim();
$("who").value = store.get("by") || "";
$("who").addEventListener("change", () => store.set("by", nameOf()));

function change(pairs) {
  undone.push(pairs.map(([card]) => [card.id, decisions.get(card.id)]));
  for (const [card, decision] of pairs) {
    if (decision) decisions.set(card.id, { id: card.id, by: nameOf(), ...decision });
    else decisions.delete(card.id);
    others.delete(card.id);
    paint(card);
  }
  save();
  settle();
}
function settle() {
  if (current) actions(current);
  apply();
  judge();
}
function undo() {
  const last = undone.pop();
  if (!last) {
    toast(t("Nothing to undo."));
    return;
  }
  for (const [id, before] of last) {
    if (before) decisions.set(id, before);
    else decisions.delete(id);
    paint(byId.get(id));
  }
  save();
  settle();
  const card = byId.get(last[0][0]);
  if (card.shown) select(card, { focus: true });
  toast(t("Undone: {n}", { n: last.length }));
}
/** The findings that a decision about this one may stand for as well. */
function alike(card, scope) {
  const same = scope && card[scope] >= 0 ? kin[scope].get(card[scope]) : [];
  return same.filter((c) => c !== card && !c.waived && !decisions.has(c.id) && (c.severity || !card.severity));
}
const SCOPES = ["message", "term", "check"];
const nearest = (card) => SCOPES.find((scope) => alike(card, scope).length) || "";
function decide(card, decision, scope = "") {
  closeLine();
  const more = alike(card, scope);
  change([card, ...more].map((c) => [c, decision.replacement === undefined ? decision : { ...decision, replacement: c === card ? decision.replacement : c.suggestion }]));
  if (more.length) toast(t("{n} findings decided; u undoes", { n: more.length + 1 }));
  onward(card);
}
function onward(card) {
  const open = visible.filter((c) => !decisionOf(c));
  const next = open.find((c) => c.place > card.place) || open[0];
  if (next) select(next, { focus: true });
  else {
    select(card, { focus: true, scroll: false });
    toast(t("All findings shown are decided."));
  }
}
function accept(card, scope) { decide(card, { decision: "accept", ...keep(card) }, scope); }
function takeOver(card, scope) {
  if (card.suggestion) decide(card, { decision: "accept", replacement: card.suggestion, ...keep(card) }, scope);
  else openLine(card, "edit");
}
function reject(card, scope) { decide(card, { decision: "reject", reason: t("not an error"), ...keep(card) }, scope); }
/** A note outlives a change of mind. */
const keep = (card) => (decisions.get(card.id)?.comment ? { comment: decisions.get(card.id).comment } : {});

function paint(card) {
  const decision = decisions.get(card.id);
  const element = card.element;
  element.querySelector(".dec")?.remove();
  element.classList.toggle("done", Boolean(decision && decision.decision !== "note"));
  if (decision) element.dataset.d = decision.decision;
  else delete element.dataset.d;
  for (const mark of marksOf[card.n]) mark.classList.toggle("done", Boolean(decision && decision.decision !== "note"));
  const other = others.get(card.id);
  if (!decision && !other) return;
  const box = make("div", "", "dec");
  if (decision) {
    box.append(make("p", told(decision) + (decision.by && decision.by !== nameOf() ? " – " + decision.by : "")));
    if (decision.comment) box.append(make("p", t("Note: ") + decision.comment, "note"));
  }
  if (other) {
    const line = make("p", "≠ " + opinion(other) + " ", "other");
    line.append(button("Take theirs", "", () => change([[card, other]])));
    box.append(line);
  }
  element.querySelector(".ev").before(box);
}

// ---- The verdict and the progress follow

const verdict = $("verdict");
const chip = $("chip");
const first = { verdict: verdict.innerHTML, kind: verdict.className, chip: chip.innerHTML, chipKind: chip.className };
function judge() {
  const live = cards.filter((c) => !c.waived && !["waive", "reject"].includes(decisions.get(c.id)?.decision));
  for (const [rank, [name]] of data.levels.entries()) {
    const tile = document.querySelector(`.tiles .${name} b`);
    if (tile) tile.textContent = String(live.filter((c) => c.severity === rank).length);
  }
  if (![...decisions.values()].some((d) => d.decision !== "note") || data.limit < 0) {
    verdict.innerHTML = first.verdict; verdict.className = first.kind; chip.innerHTML = first.chip; chip.className = first.chipKind;
    return;
  }
  const grave = live.filter((c) => c.severity >= data.limit);
  const agreed = grave.filter((c) => decisionOf(c) === "accept").length;
  const kind = grave.length ? "fail" : data.target ? "pass" : "alone";
  const head = { fail: t("not passed"), pass: t("passed"), alone: t("not compared") }[kind];
  const level = data.levels[data.limit][zh() ? 1 : 0];
  let why = grave.length
    ? t("{n} at or above {level}", { n: grave.length, level })
    : t("nothing at or above {level}", { level });
  if (agreed) why += t(", {n} of them accepted and to be mended", { n: agreed });
  why += t(" (with your decisions)");
  verdict.className = `verdict ${kind}`;
  verdict.replaceChildren(make("strong", head), make("span", why));
  chip.className = `chip verdict ${kind}`;
  chip.textContent = head;
}
function progress() {
  const done = sure.filter((c) => ["accept", "waive", "reject"].includes(decisions.get(c.id)?.decision)).length;
  $("done").textContent = t("{done} of {all} decided", { done, all: sure.length });
  $("bar").max = Math.max(sure.length, 1);
  $("bar").value = done;
  const at = current ? visible.indexOf(current) : -1;
  $("where").textContent = at < 0 ? t("{n} findings", { n: visible.length }) : `${at + 1} / ${visible.length}`;
}
function refresh() {
  for (const card of cards) if (decisions.has(card.id) || others.has(card.id)) paint(card);
  settle();
}

// ---- What can be done with the finding that is looked at

let acts = []; // the buttons, at the finding that is looked at: of its suggestion, and of the whole
function actions(card) {
  for (const old of acts) old.remove();
  const box = make("div", "", "act");
  const fix = make("span", "", "act fix");
  const hint = card.suggestion && card.element.querySelector(".sug");
  acts = [box, fix];
  const decision = decisions.get(card.id);
  if (decision && decision.decision !== "note") {
    box.append(
      button("Change back", "u", () => (undone.length ? undo() : change([[card, null]]))),
      button("Note", "n", () => openLine(card, "note")),
      button("Edit…", "e", () => openLine(card, "edit")),
    );
  } else {
    const scope = () => box.querySelector("select")?.value || "";
    if (hint) fix.append(button("Use it", "s", () => takeOver(card, scope())));
    (hint ? fix : box).append(button("Edit", "e", () => openLine(card, "edit")));
    if (hint) fix.append(button("Copy", "y", () => copy(card)));
    box.prepend(button("Accept", "a", () => accept(card, scope()), "primary"), button("Waive", "w", () => openLine(card, "waive", scope())),
      button("Not an error", "x", () => reject(card, scope())));
    box.append(button("Note", "n", () => openLine(card, "note")));
    const counts = SCOPES.map((s) => [s, alike(card, s).length]).filter(([, n]) => n);
    if (counts.length) {
      const choice = make("select");
      choice.setAttribute("aria-label", t("What the decision is about"));
      const names = {
        message: (n) => t("all {n} with this message", { n }),
        term: (n) => t("all {n} of this wording", { n }),
        check: (n) => t("all {n} of this check", { n }),
      };
      choice.append(new Option(t("this finding only"), ""), ...counts.map(([s, n]) => new Option(names[s](n + 1), s)));
      box.append(choice);
    }
  }
  if (fix.firstChild) hint.append(fix);
  card.element.append(box);
}
async function copy(card) {
  if (!card.suggestion) return;
  try { await navigator.clipboard.writeText(card.suggestion); } catch {
    const box = make("textarea", card.suggestion);
    document.body.append(box);
    box.select();
    document.execCommand("copy"); // what pages from files may do
    box.remove();
  }
  toast(t("Copied: {text}", { text: card.suggestion }));
}

// ---- The line that opens in the card: a reason, a note, another wording

let opened = null;
function closeLine() {
  const line = opened;
  if (!line) return;
  opened = null;
  const inside = line.contains(document.activeElement);
  line.remove();
  if (inside) current?.element.querySelector(".go").focus({ preventScroll: true });
}
function openLine(card, kind, scope = "") {
  closeLine();
  const old = decisions.get(card.id) || {};
  const line = opened = lineFor(kind, old, {
    wording: card.suggestion || data.marked[card.n] || "",
    named: Boolean(nameOf()),
    close: closeLine,
    send: (value, preset) => {
      if (value("by")) $("who").value = value("by");
      if (kind === "waive") {
        decide(card, { decision: "waive", reason: preset || value("reason"), until: value("until"), ...keep(card) }, scope);
      } else if (kind === "note") {
        const decision = old.decision && old.decision !== "note" ? old : { decision: "note" };
        closeLine();
        change([[card, value("comment") ? { ...decision, comment: value("comment") } : old.decision === "note" ? null : { ...old, comment: "" }]]);
      } else {
        decide(card, { decision: "accept", replacement: value("replacement"), ...keep(card) });
      }
    },
  });
  card.element.append(line);
  const input = line.querySelector("input");
  input.focus({ preventScroll: true });
  input.select();
  centre(list, card.element);
}
$("bulk").addEventListener("click", () => {
  const open = cards.filter((c) => c.shown && !decisions.has(c.id) && !c.waived);
  if (!open.length) return;
  change(open.map((c) => [c, { decision: "accept" }]));
  toast(t("{n} accepted", { n: open.length }));
});
