// ---- Minimap

const map = $("map");
const ends = [];
data.sizes.reduce((sum, size) => { ends.push(sum + size); return sum + size; }, 0);
const total = ends[ends.length - 1] || 1;
function rowAt(y) {
  const x = texts.getBoundingClientRect().left + 40;
  for (let d = 0; d < 60; d += 12) {
    const row = document.elementFromPoint(x, y + d)?.closest?.(".g .r");
    if (row) return +row.id.slice(1);
  }
  return -1;
}
function view() {
  const box = texts.getBoundingClientRect();
  if (box.top > innerHeight || box.bottom < 0) return;
  const top = rowAt(Math.max(box.top + 50, 100));
  let bottom = -1;
  for (let y = innerHeight - 8; y > 120 && bottom < 0; y -= 60) bottom = rowAt(y);
  if (top < 0) return;
  const from = top ? ends[top - 1] : 0;
  const to = ends[Math.max(bottom, top)];
  $("view").setAttribute("y", (1000 * from) / total);
  $("view").setAttribute("height", Math.max((1000 * (to - from)) / total, 4));
}
function soon() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => { waiting = false; view(); });
}
addEventListener("scroll", soon, { passive: true });
addEventListener("resize", soon, { passive: true });
function travel(event) {
  if (event.target.closest("a") && event.type === "click") return;
  const box = map.querySelector("svg").getBoundingClientRect();
  const wanted = ((event.clientY - box.top) / box.height) * total;
  const at = ends.findIndex((e) => e >= wanted);
  rows[at < 0 ? rows.length - 1 : at]?.element.scrollIntoView({ block: "center", behavior: "auto" });
}
map.addEventListener("click", travel);
