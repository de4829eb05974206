// ---- Export, import, merge

function exported() {
  const waivers = [...decisions.values()].map((d) => {
    const card = byId.get(d.id);
    const row = rowOf(d);
    if (card && d.decision === "accept") row.target = data.places[card.n];
    return row;
  });
  waivers.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  return { schema: "aligncheck-waivers/1", tool: data.tool, source: data.source, target: data.target, waivers };
}
$("export").addEventListener("click", () => {
  handOut(exported(), data.export);
  toast(t("{n} decisions exported to {file}", { n: decisions.size, file: data.export }));
});
$("import").addEventListener("click", () => $("file").click());
$("file").addEventListener("change", async () => {
  const file = $("file").files[0];
  $("file").value = "";
  if (!file) return;
  const read = await rowsOf(file);
  if (!read) {
    toast(t("This file holds no decisions."));
    return;
  }
  const taken = [];
  let differ = 0;
  for (const row of read) {
    const card = row && byId.get(row.id);
    if (!card || row.kind === "baseline") continue;
    const theirs = theirsOf(row);
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
  toast(imported(taken.length, read, differ));
});
