"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const $ = (id) => document.getElementById(id);
  let waiting = false; // for the next frame, to redraw the minimap's window
  const data = JSON.parse($("data").textContent);
  const store = {
    // Storage may be forbidden (some browsers, for local files): then decisions live until the page closes.
    get(key) { try { return localStorage.getItem("aligncheck:" + key); } catch { return null; } },
    set(key, value) { try { localStorage.setItem("aligncheck:" + key, value); return true; } catch { return false; } },
  };
  const zh = () => root.dataset.ui === "zh";
  const say = (en, cn) => (zh() ? cn : en);

  // ---- Interface language and colours

  function language(ui) {
    root.dataset.ui = ui;
    root.lang = ui === "zh" ? "zh-Hans" : "en";
    for (const name of ["aria-label", "title", "placeholder", "data-text"]) {
      for (const element of document.querySelectorAll(`[data-zh-${name}]`)) {
        const english = `data-en-${name}`;
        if (!element.hasAttribute(english)) element.setAttribute(english, element.getAttribute(name));
        const text = element.getAttribute(ui === "zh" ? `data-zh-${name}` : english);
        element.setAttribute(name, text);
        if (name === "data-text") element.textContent = text;
      }
    }
  }
  language(store.get("ui") || (/^zh/i.test(navigator.language || "") ? "zh" : "en"));
  $("lang").addEventListener("click", () => {
    language(zh() ? "en" : "zh");
    store.set("ui", root.dataset.ui);
    refresh();
  });
  function theme(name) { if (name) root.dataset.theme = name; else delete root.dataset.theme; }
  theme(store.get("theme"));
  $("theme").addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    theme(dark ? "light" : "dark");
    store.set("theme", root.dataset.theme);
  });
  let toasting = 0;
  function toast(text) {
    const box = $("toast");
    box.textContent = text;
    box.classList.add("up");
    clearTimeout(toasting);
    toasting = setTimeout(() => box.classList.remove("up"), 2600);
  }

  // ---- What the page holds

  const list = $("cards");
  const texts = $("texts");
  const cards = [...list.children].map((element, n) => ({
    n, element, id: data.ids[n], category: element.dataset.c, severity: +element.dataset.s,
    confidence: +element.dataset.p, row: +element.dataset.r, waived: "w" in element.dataset, shown: true, text: null,
  }));
  const byId = new Map();
  for (const card of cards) if (!byId.has(card.id)) byId.set(card.id, card);
  const marks = [...texts.querySelectorAll("a.m")].map((element) => ({
    element, findings: element.dataset.f.split(" ").map(Number), off: false,
  }));
  const marksOf = cards.map(() => []);
  for (const mark of marks) for (const n of mark.findings) marksOf[n].push(mark.element);
  const rows = [...texts.querySelectorAll(".g > .r")].map((element) => ({ element, text: null, off: false }));
  const rowCards = rows.map(() => []);
  for (const mark of marks) {
    const row = +mark.element.closest(".r").id.slice(1);
    for (const n of mark.findings) if (!rowCards[row].includes(n)) rowCards[row].push(n);
  }

  // ---- Decisions

  const decisionsKey = "decisions:" + data.key;
  let decisions = new Map();
  try {
    const saved = JSON.parse(store.get(decisionsKey) || "[]");
    if (Array.isArray(saved)) decisions = new Map(saved.filter((d) => d && typeof d.id === "string").map((d) => [d.id, d]));
  } catch { /* what is stored is not ours */ }
  function save() { store.set(decisionsKey, JSON.stringify([...decisions.values()])); }
  const decisionOf = (card) => decisions.get(card.id)?.decision || (card.waived ? "waive" : "");
  function paint(card) {
    const decision = decisions.get(card.id);
    const element = card.element;
    let note = element.querySelector(".dec");
    element.classList.toggle("done", Boolean(decision));
    if (!decision) {
      delete element.dataset.d;
      note?.remove();
      return;
    }
    element.dataset.d = decision.decision;
    if (!note) {
      note = document.createElement("p");
      note.className = "dec";
      element.querySelector(".ev").before(note);
    }
    note.textContent = decision.decision === "accept"
      ? "✓ " + say("accepted", "已采纳")
      : "– " + say("waived", "已豁免") + (decision.reason ? ": " + decision.reason : "");
  }
  function decide(card, decision) {
    if (decision) decisions.set(card.id, { id: card.id, ...decision });
    else decisions.delete(card.id);
    save();
    paint(card);
    if (current === card) actions(card);
    apply();
  }
  function refresh() {
    for (const card of cards) if (decisions.has(card.id)) paint(card);
    if (current) actions(current);
    apply();
  }

  // ---- Filters and search

  const boxes = (name) => [...document.querySelectorAll(`input[name=${name}]`)];
  const severities = boxes("sev");
  const categories = boxes("cat");
  let query = "";
  const lower = (element) => element.textContent.toLowerCase();
  function apply() {
    const levels = new Set(severities.filter((b) => b.checked).map((b) => +b.value));
    const kinds = new Set(categories.filter((b) => b.checked).map((b) => b.value));
    const least = +$("conf").value;
    const state = $("state").value;
    let count = 0;
    for (const card of cards) {
      const decision = state === "all" ? "" : decisionOf(card);
      let show = levels.has(card.severity) && kinds.has(card.category) && card.confidence >= least
        && (state === "all" || (state === "open" ? !decision : decision === state));
      if (show && query) {
        if (card.text === null) card.text = lower(card.element) + " " + card.id;
        show = card.text.includes(query) || (card.row >= 0 && rowText(card.row).includes(query));
      }
      if (show) count++;
      if (show !== card.shown) {
        card.shown = show;
        card.element.hidden = !show;
      }
    }
    for (const mark of marks) {
      const off = !mark.findings.some((n) => cards[n].shown);
      if (off !== mark.off) {
        mark.off = off;
        mark.element.classList.toggle("off", off);
      }
    }
    const only = $("only").checked;
    let passages = 0;
    rows.forEach((row, at) => {
      const found = !query || rowText(at).includes(query);
      const off = !found && !(query && rowCards[at].some((n) => cards[n].shown && cards[n].text?.includes(query)))
        || (only && !rowCards[at].some((n) => cards[n].shown));
      if (query && !off) passages++;
      if (off !== row.off) {
        row.off = off;
        row.element.classList.toggle("off", off);
      }
    });
    $("shown").textContent = say(`${count} of ${cards.length} findings`, `显示 ${count} / ${cards.length} 个问题`)
      + (query ? say(`, ${passages} passages`, `，${passages} 段`) : "");
    $("conf-out").textContent = least + "%";
    highlight();
    soon();
  }
  function rowText(at) {
    const row = rows[at];
    if (row.text === null) row.text = [...row.element.children].slice(1).map(lower).join("\n");
    return row.text;
  }
  function highlight() {
    if (!CSS.highlights || !window.Highlight) return;
    CSS.highlights.delete("hit");
    if (!query) return;
    const ranges = [];
    for (const row of rows) {
      if (row.off || ranges.length > 400) continue;
      const walker = document.createTreeWalker(row.element, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const text = node.data.toLowerCase();
        for (let at = text.indexOf(query); at >= 0; at = text.indexOf(query, at + query.length)) {
          const range = new Range();
          range.setStart(node, at);
          range.setEnd(node, at + query.length);
          ranges.push(range);
        }
      }
    }
    CSS.highlights.set("hit", new Highlight(...ranges));
  }
  for (const input of [...severities, ...categories, $("only"), $("state")]) input.addEventListener("change", apply);
  $("conf").addEventListener("input", apply);
  const all = (value) => { for (const box of categories) box.checked = value; apply(); };
  $("cat-all").addEventListener("click", () => all(true));
  $("cat-none").addEventListener("click", () => all(false));
  let typing = 0;
  $("q").addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => { query = $("q").value.trim().toLowerCase(); apply(); }, 80);
  });
  $("q").addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      const row = rows.find((r) => !r.off && r.element.getBoundingClientRect().top > 120) || rows.find((r) => !r.off);
      row?.element.scrollIntoView({ block: "center" });
    }
  });

  // ---- One finding at a time

  let current = null;
  function select(card, { scroll = true, focus = false, from = null } = {}) {
    if (current) {
      current.element.classList.remove("on");
      for (const mark of marksOf[current.n]) mark.classList.remove("on");
      rows[current.row]?.element.classList.remove("on");
    }
    current = card;
    card.element.classList.add("on");
    for (const mark of marksOf[card.n]) mark.classList.add("on");
    const row = rows[card.row];
    if (row) {
      row.element.classList.add("on");
      clauses(row.element);
    }
    actions(card);
    if (from !== "list") centre(list, card.element);
    if (scroll && from !== "text") (marksOf[card.n][0] || row?.element)?.scrollIntoView({ block: "center" });
    if (focus) card.element.querySelector(".go").focus({ preventScroll: true });
    try { history.replaceState(null, "", "#" + card.element.id); } catch { /* not for every address */ }
  }
  function centre(box, element) {
    if (getComputedStyle(box).overflowY !== "auto") return;
    const inner = element.getBoundingClientRect();
    const outer = box.getBoundingClientRect();
    if (inner.top < outer.top || inner.bottom > outer.bottom) box.scrollTop += inner.top - outer.top - (outer.height - inner.height) / 2;
  }
  function button(en, cn, key, act, primary) {
    const element = document.createElement("button");
    element.type = "button";
    element.textContent = say(en, cn);
    element.title = key;
    if (primary) element.className = "primary";
    element.addEventListener("click", (event) => { event.stopPropagation(); act(); });
    return element;
  }
  function actions(card) {
    document.querySelector(".act")?.remove();
    const box = document.createElement("p");
    box.className = "act";
    if (decisions.has(card.id)) {
      box.append(button("Undo", "撤销", "u", () => decide(card, null)));
    } else {
      box.append(
        button("Accept", "采纳", "a", () => decide(card, { decision: "accept" }), true),
        button("Waive…", "豁免…", "w", () => waive(card)),
      );
    }
    card.element.append(box);
  }
  function step(by) {
    const shown = cards.filter((c) => c.shown);
    if (!shown.length) return;
    let at = current ? shown.indexOf(current) : -1;
    if (at < 0 && current) at = by > 0 ? shown.findLastIndex((c) => c.n < current.n) : shown.findIndex((c) => c.n > current.n);
    const next = current && at < 0 && by < 0 ? shown.length - 1 : Math.min(Math.max(at + by, 0), shown.length - 1);
    select(shown[next], { focus: true });
  }
  list.addEventListener("click", (event) => {
    const element = event.target.closest(".f");
    if (!element || event.target.closest("summary, button, a:not(.go)")) return;
    event.preventDefault();
    select(cards[[...list.children].indexOf(element)], { from: "list" });
  });
  texts.addEventListener("click", (event) => {
    const mark = event.target.closest("a.m");
    if (!mark) return;
    event.preventDefault();
    const n = mark.dataset.f.split(" ").map(Number);
    const shown = n.filter((k) => cards[k].shown);
    if (!shown.length) return;
    const at = current ? shown.indexOf(current.n) : -1; // clicking again goes through findings that overlap
    select(cards[shown[(at + 1) % shown.length]], { from: "text" });
  });
  function hover(event, on) {
    const mark = event.target.closest?.("a.m");
    if (!mark) return;
    for (const n of mark.dataset.f.split(" ")) {
      if (!cards[n].shown) continue;
      for (const other of marksOf[n]) other.classList.toggle("hov", on);
      cards[n].element.classList.toggle("hov", on);
    }
  }
  for (const kind of ["mouseover", "focusin"]) texts.addEventListener(kind, (e) => hover(e, true));
  for (const kind of ["mouseout", "focusout"]) texts.addEventListener(kind, (e) => hover(e, false));

  // ---- Waiving

  const dialog = $("waive");
  let waiving = null;
  function waive(card) {
    waiving = card;
    const old = decisions.get(card.id);
    $("waive-what").textContent = card.element.querySelector(`.msg .M:lang(${zh() ? "zh" : "en"})`).textContent;
    $("w-reason").value = old?.reason || "";
    $("w-by").value = old?.by || store.get("by") || "";
    $("w-until").value = old?.until || "";
    $("w-comment").value = old?.comment || "";
    dialog.returnValue = "";
    dialog.showModal();
    $("w-reason").focus();
  }
  $("w-cancel").addEventListener("click", () => dialog.close(""));
  dialog.addEventListener("close", () => {
    const card = waiving;
    waiving = null;
    if (dialog.returnValue !== "ok" || !card) return;
    store.set("by", $("w-by").value.trim());
    decide(card, {
      decision: "waive", reason: $("w-reason").value.trim(), by: $("w-by").value.trim(),
      until: $("w-until").value, comment: $("w-comment").value.trim(),
    });
    select(card, { focus: true, scroll: false });
  });
  $("bulk").addEventListener("click", () => {
    let count = 0;
    for (const card of cards) {
      if (card.shown && !decisions.has(card.id) && !card.waived) {
        decisions.set(card.id, { id: card.id, decision: "accept" });
        paint(card);
        count++;
      }
    }
    save();
    if (current) actions(current);
    apply();
    toast(say(`${count} accepted`, `已采纳 ${count} 个`));
  });

  // ---- Export and import

  function exported() {
    const waivers = [...decisions.values()].map((d) => ({
      id: d.id, kind: "waiver", decision: d.decision, reason: d.reason || "", by: d.by || "",
      until: d.until || "", comment: d.comment || "",
    }));
    waivers.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
    return { schema: "aligncheck-waivers/1", tool: data.tool, source: data.source, target: data.target, waivers };
  }
  $("export").addEventListener("click", () => {
    const blob = new Blob([JSON.stringify(exported(), null, 1) + "\n"], { type: "application/json" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = (data.target || data.source).split(/[\\/]/).pop().replace(/\.[^.]*$/, "").replace(/[^\p{L}\p{N}._-]+/gu, "_") + ".waivers.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    toast(say(`${decisions.size} decisions exported`, `已导出 ${decisions.size} 条处理结果`));
  });
  $("import").addEventListener("click", () => $("file").click());
  $("file").addEventListener("change", async () => {
    const file = $("file").files[0];
    $("file").value = "";
    if (!file) return;
    let found;
    try { found = JSON.parse(await file.text()); } catch { found = null; }
    if (found?.schema !== "aligncheck-waivers/1" || !Array.isArray(found.waivers)) {
      toast(say("This is no waiver file.", "这不是豁免文件。"));
      return;
    }
    let taken = 0;
    for (const row of found.waivers) {
      const card = row && byId.get(row.id);
      if (!card || row.kind === "baseline") continue;
      const text = (key) => (typeof row[key] === "string" ? row[key] : "");
      decisions.set(card.id, row.decision === "accept"
        ? { id: card.id, decision: "accept" }
        : { id: card.id, decision: "waive", reason: text("reason"), by: text("by"), until: text("until"), comment: text("comment") });
      taken++;
    }
    save();
    refresh();
    toast(say(`${taken} of ${found.waivers.length} taken over`, `已导入 ${taken} / ${found.waivers.length} 条`));
  });

  // ---- Clause links: what renders what, cut into the row when it is first looked at

  function clauses(row) {
    if (row.dataset.clauses !== undefined) return;
    row.dataset.clauses = "";
    const links = data.links[row.id.slice(1)];
    if (!links) return;
    [[".c.s", 0], [".c.t", 2]].forEach(([cell, at]) => {
      const box = row.querySelector(cell);
      if (box) cut(box, links.map((l) => [l[at], l[at + 1]]));
    });
  }
  function cut(box, spans) {
    const borders = [...new Set(spans.flat())].sort((a, b) => a - b);
    const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
    const nodes = [];
    for (let node = walker.nextNode(), at = 0; node; node = walker.nextNode()) {
      nodes.push([node, at]);
      at += node.data.length;
    }
    for (const [node, start] of nodes) {
      const end = start + node.data.length;
      const stops = [start, ...borders.filter((b) => b > start && b < end), end];
      const parts = document.createDocumentFragment();
      for (let i = 0; i + 1 < stops.length; i++) {
        const text = node.data.slice(stops[i] - start, stops[i + 1] - start);
        const over = spans.flatMap(([a, b], l) => (a <= stops[i] && stops[i + 1] <= b && a < b ? [l] : []));
        if (!over.length && !/[\p{L}\p{N}]/u.test(text)) {
          parts.append(text);
          continue;
        }
        const span = document.createElement("span");
        span.className = over.length ? "cl" : "cl lone";
        if (over.length) span.dataset.l = over.join(" ");
        span.textContent = text;
        parts.append(span);
      }
      node.replaceWith(parts);
    }
  }
  function pair(row, wanted) {
    for (const span of row.querySelectorAll(".cl")) {
      span.classList.toggle("pair", Boolean(wanted) && (span.dataset.l || "").split(" ").some((l) => l && wanted.includes(l)));
    }
  }
  texts.addEventListener("mouseover", (event) => {
    const row = event.target.closest(".g .r");
    if (!row) return;
    clauses(row);
    const span = event.target.closest(".cl[data-l]");
    pair(row, span ? span.dataset.l.split(" ") : null);
  });
  texts.addEventListener("mouseleave", () => { for (const span of texts.querySelectorAll(".cl.pair")) span.classList.remove("pair"); });
  texts.addEventListener("focusin", (event) => {
    const row = event.target.closest(".g .r");
    if (row) clauses(row);
  });
  let clause = -1;
  function nextClause() {
    const row = current && rows[current.row]?.element;
    const links = row && data.links[row.id.slice(1)];
    if (!links) return;
    clauses(row);
    clause = (clause + 1) % links.length;
    pair(row, [String(clause)]);
  }

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

  // ---- Keyboard

  $("help").addEventListener("click", () => $("keys").showModal());
  const keys = {
    j: () => step(1),
    k: () => step(-1),
    a: () => current && decide(current, { decision: "accept" }),
    w: () => current && waive(current),
    u: () => current && decide(current, null),
    c: nextClause,
    "/": () => $("q").focus(),
    "?": () => $("keys").showModal(),
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const field = event.target.closest?.("input:not([type=checkbox]):not([type=range]), textarea, select");
    if (event.key === "Escape" && (field || query)) {
      $("q").value = query = "";
      $("q").blur();
      apply();
      return;
    }
    if (field) return;
    const act = keys[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  });

  // ---- Begin

  refresh();
  function arrive() {
    const element = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!element) return;
    const at = [...list.children].indexOf(element);
    if (at >= 0) {
      if (!cards[at].shown) { // a link to a hidden finding shows it
        for (const box of severities) if (+box.value === cards[at].severity) box.checked = true;
        apply();
      }
      select(cards[at]);
    }
  }
  addEventListener("hashchange", arrive);
  arrive();
})();
