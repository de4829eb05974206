// ---- Minimap

const map = $("map");
const ends = [];
data.sizes.reduce((sum, size) => { ends.push(sum + size); return sum + size; }, 0);
const total = ends[ends.length - 1] || 1;
const groups = [...texts.querySelectorAll(".g")];
/** The number of the row at a height of the window: by halves, for asking what stands at a point costs far more. */
function rowAt(y) {
  const below = (elements) => {
    let from = 0;
    let to = elements.length - 1;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (elements[middle].getBoundingClientRect().bottom > y) to = middle;
      else from = middle + 1;
    }
    return elements[from];
  };
  const group = below(groups);
  return group ? +below([...group.querySelectorAll(".r:not(.off)")])?.id.slice(1) : NaN;
}
function view() {
  const box = texts.getBoundingClientRect();
  if (box.top > innerHeight || box.bottom < 0) return;
  const top = rowAt(Math.max(box.top + 50, 100));
  const bottom = rowAt(Math.min(box.bottom, innerHeight) - 8);
  if (!(top >= 0 && bottom >= 0)) return;
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
