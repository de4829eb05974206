// ---- A search through all documents of a list that is cut into pages

const everything = document.getElementById("everything");
if (everything) {
  const most = 50;
  const up = everything.dataset.up;
  let entries;
  const load = () => {
    // Source, translation, title, year, page, and how much was found; see pages_lists.py.
    entries ??= JSON.parse(everything.textContent).map((e) => ({ words: e.slice(0, 4).join("\n").toLowerCase(), e }));
    return entries;
  };
  const tools = document.createElement("p");
  tools.className = "table-tools";
  const search = document.createElement("input");
  search.type = "search";
  search.id = "search-all";
  const count = document.createElement("span");
  count.setAttribute("role", "status");
  const found = document.createElement("ul");
  found.className = "found";
  const line = ([source, target, title, year, page, what]) => {
    const item = document.createElement("li");
    const name = document.createElement(page ? "a" : "span");
    name.textContent = source;
    if (page) name.href = `${up}documents/${page.split("/").map(encodeURIComponent).join("/")}.html`;
    const rest = document.createElement("span");
    rest.className = "quiet";
    rest.textContent = ["", target, title, year, what].filter((x, n) => !n || x).join(" · ");
    item.append(name, rest);
    return item;
  };
  const show = () => {
    const query = search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const hits = query.length ? load().filter(({ words }) => query.every((q) => words.includes(q))) : [];
    found.replaceChildren(...hits.slice(0, most).map(({ e }) => line(e)));
    count.textContent = query.length ? t("{n} found; the first {m} are shown", { n: hits.length, m: Math.min(most, hits.length) }) : "";
  };
  const words = () => {
    search.placeholder = t("Search all {n} documents", { n: everything.dataset.n });
    search.setAttribute("aria-label", search.placeholder);
    show();
  };
  search.addEventListener("input", show);
  tools.append(search, count);
  everything.before(tools, found);
  refreshers.push(words);
  words();
}
