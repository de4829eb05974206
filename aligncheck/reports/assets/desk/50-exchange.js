// ---- Export, import, merge

function exported() {
  const waivers = [...decisions.values()].map((d) => {
    const card = byId.get(d.id);
    const row = { id: d.id, kind: "waiver", decision: d.decision, reason: d.reason || "", by: d.by || "", until: d.until || "", comment: d.comment || "" };
    if (d.replacement) row.replacement = d.replacement;
    if (card && d.decision === "accept") row.target = data.places[card.n];
    return row;
  });
  waivers.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  return { schema: "aligncheck-waivers/1", tool: data.tool, source: data.source, target: data.target, waivers };
}
$("export").addEventListener("click", () => {
  const blob = new Blob([JSON.stringify(exported(), null, 1) + "\n"], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = data.export;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  toast(t("{n} decisions exported to {file}", { n: decisions.size, file: data.export }));
});
$("import").addEventListener("click", () => $("file").click());
const same = (a, b) => a.decision === b.decision && (a.replacement || "") === (b.replacement || "");
$("file").addEventListener("change", async () => {
  const file = $("file").files[0];
  $("file").value = "";
  if (!file) return;
  let found;
  try { found = JSON.parse(await file.text()); } catch { found = null; }
  if (found?.schema !== "aligncheck-waivers/1" || !Array.isArray(found.waivers)) {
    toast(t("This file holds no decisions."));
    return;
  }
  const taken = [];
  let differ = 0;
  for (const row of found.waivers) {
    const card = row && byId.get(row.id);
    if (!card || row.kind === "baseline") continue;
    const theirs = { id: card.id, decision: ["accept", "reject", "note"].includes(row.decision) ? row.decision : "waive" };
    for (const key of ["reason", "by", "until", "comment", "replacement"]) if (typeof row[key] === "string" && row[key]) theirs[key] = row[key];
    const mine = decisions.get(card.id);
    if (!mine || mine.decision === "note") taken.push([card, { ...theirs, comment: theirs.comment || mine?.comment || "" }]);
    else if (!same(mine, theirs)) { others.set(card.id, theirs); differ++; paint(card); }
  }
  if (taken.length) {
    const keptOthers = new Map(others);
    change(taken);
    for (const [id, theirs] of keptOthers) others.set(id, theirs);
  }
  refresh();
  toast(t("{n} of {all} decisions imported", { n: taken.length, all: found.waivers.length })
    + (differ ? t("; {n} differ from yours, which stand", { n: differ }) : ""));
});
