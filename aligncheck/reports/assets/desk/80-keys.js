// ---- Keyboard

$("help").addEventListener("click", () => $("keys").showModal());
const about = (act) => () => current && act(current, "");
const aboutAll = (act) => () => current && act(current, nearest(current));
const keys = {
  j: () => step(1),
  k: () => step(-1),
  a: about(accept),
  A: aboutAll(accept),
  s: about(takeOver),
  S: aboutAll(takeOver),
  w: about((card) => openLine(card, "waive")),
  W: aboutAll((card, scope) => openLine(card, "waive", scope)),
  x: about(reject),
  X: aboutAll(reject),
  e: about((card) => openLine(card, "edit")),
  n: about((card) => openLine(card, "note")),
  y: about(copy),
  u: undo,
  c: nextClause,
  r: () => hasWords && bare(!$("bare").checked),
  ArrowRight: () => moveWord(1),
  ArrowLeft: () => moveWord(-1),
  "/": () => $("q").focus(),
  "?": () => $("keys").showModal(),
};
addEventListener("keydown", (event) => {
  if ($("keys").open) return;
  const field = event.target.closest?.("input:not([type=checkbox]), textarea, select");
  if ((event.ctrlKey || event.metaKey) && event.key === "z" && !field) {
    event.preventDefault();
    undo();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && (field || query)) {
    $("q").value = query = "";
    $("q").blur();
    apply();
    return;
  }
  if (event.key === "Escape") dark();
  if (field) return;
  const act = keys[event.key];
  if (act && act() !== false) event.preventDefault();
});

// ---- Begin

spoken = refresh;
refresh();
function arrive() {
  const element = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!element) return;
  const card = cardOf(element);
  if (!card) return;
  if (!card.shown) { // a link to a hidden finding shows it
    for (const box of severities) if (+box.value === card.severity) box.checked = true;
    apply();
  }
  select(card);
}
addEventListener("hashchange", arrive);
arrive();
