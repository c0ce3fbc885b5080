// Makes the diagram of a page something to walk around in: move, zoom, search, fold, and read a statement's card.
// Without it the page is a picture with the same cards in a list below.
"use strict";

(async () => {
  const map = document.querySelector(".map");
  const stage = map.querySelector(".stage");
  const svg = stage.querySelector("svg");
  const panel = map.querySelector(".panel");
  const content = panel.querySelector(".content");
  const status = map.querySelector(".status");
  const search = map.querySelector("input");
  const count = map.querySelector(".count");
  const data = JSON.parse(document.querySelector(".map-data").textContent);
  const packed = document.querySelector(".packed");
  const cards = packed && (await unpack(packed.textContent));

  // The cards of a large map: what is searched, spoken and shown of each, by its id.
  async function unpack(text) {
    try {
      const bytes = Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0));
      const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
      return new Map(JSON.parse(await new Response(stream).text()));
    } catch (fault) {
      // The picture can be read all the same.
      map.classList.add("is-still");
      throw fault;
    }
  }

  // ---- The graph: boxes first, then the points where steps meet.

  const vertices = [
    ...data.boxes.map(([id, card, x, y, width, height]) => ({ id, card, x, y, width, height })),
    ...data.points.map(([id, x, y]) => ({ id, x, y, width: 0, height: 0 })),
  ];
  const lines = Array.from(svg.querySelector(".edges").children);
  const edges = data.edges.map(([from, to, isStep], at) => ({ from, to, isStep, element: lines[at] }));
  const byId = new Map();
  // The ids of statements, of which not all can be ids of elements.
  const byName = new Map();
  vertices.forEach((vertex, at) => {
    Object.assign(vertex, { element: document.getElementById(vertex.id), below: [], above: [] });
    Object.assign(vertex, { isFolded: false, isHidden: false, isAway: false });
    vertex.element.dataset.at = at;
    byId.set(vertex.id, at);
    if (at < data.boxes.length) vertex.name = vertex.id;
  });
  data.renamed.forEach(([at, name]) => (vertices[at].name = name));
  vertices.forEach((vertex, at) => vertex.name !== undefined && byName.set(vertex.name, at));
  for (const { from, to, isStep } of edges) {
    if (isStep) {
      vertices[to].below.push(from);
      vertices[from].above.push(to);
    }
  }
  const isBox = (at) => at < data.boxes.length;
  // The box that the keys are on.
  let current = null;

  // What can be reached downwards from some vertices, not counting what is only under folded ones.
  function reach(starts, seen = new Uint8Array(vertices.length), goesOn = () => true) {
    const open = starts.filter((at) => !seen[at]);
    open.forEach((at) => (seen[at] = 1));
    while (open.length > 0) {
      const at = open.pop();
      if (!goesOn(at)) continue;
      for (const next of vertices[at].below) {
        if (!seen[next]) {
          seen[next] = 1;
          open.push(next);
        }
      }
    }
    return seen;
  }

  // Where walks begin: the theses, then whatever none of those leads to.
  const roots = [...data.theses];
  const reached = reach(roots);
  const rest = vertices.map((_, at) => at);
  for (const at of [...rest.filter((at) => vertices[at].above.length === 0), ...rest]) {
    if (!reached[at]) {
      roots.push(at);
      reach([at], reached);
    }
  }

  // ---- Folding.

  // Which vertices are in no fold.
  let shown = null;

  // Hides and shows what has to be, in one walk over the map, and changes only the elements that differ.
  function refold() {
    const seen = reach(roots, undefined, (at) => !vertices[at].isFolded);
    shown = seen;
    vertices.forEach((vertex, at) => {
      if (vertex.isHidden === Boolean(seen[at])) {
        vertex.isHidden = !seen[at];
        vertex.element.classList.toggle("folded-away", vertex.isHidden);
      }
    });
    for (const { from, to, element } of edges) {
      element.classList.toggle("folded-away", !seen[from] || !seen[to]);
    }
    for (const vertex of vertices) {
      if (vertex.handle && !vertex.isHidden) write(vertex, vertex.isFolded ? countUnder(vertex, seen) : 0);
    }
  }

  // How many of the statements under a vertex are not among those that are seen.
  function countUnder(vertex, seen) {
    const counted = new Set();
    const open = [...vertex.below];
    while (open.length > 0) {
      const at = open.pop();
      if (seen[at] || counted.has(at)) continue;
      counted.add(at);
      open.push(...vertices[at].below);
    }
    return Array.from(counted).filter(isBox).length;
  }

  function fold(at, isFolded = !vertices[at].isFolded) {
    if (vertices[at].below.length === 0) return;
    vertices[at].isFolded = isFolded;
    refold();
    const words = vertices[at].isFolded ? `folded, ${vertices[at].nHidden} hidden` : "unfolded";
    say(`${nameOf(at)}: ${words}`);
  }

  function foldAll(isFolded) {
    // The theses and what leads straight to them stay.
    const isKept = new Set(data.theses);
    vertices.forEach((vertex, at) => (vertex.isFolded = isFolded && isBox(at) && !isKept.has(at)));
    refold();
    say(isFolded ? "everything below the first reasons is folded" : "everything is unfolded");
  }

  // Unfolds whatever a vertex is hidden under. Linear in the map.
  function reveal(at) {
    if (!vertices[at].isHidden) return;
    const open = [at];
    const seen = new Set(open);
    while (open.length > 0) {
      for (const above of vertices[open.pop()].above) {
        if (!seen.has(above)) {
          seen.add(above);
          open.push(above);
          vertices[above].isFolded = false;
        }
      }
    }
    refold();
  }

  // The handle of a box that has something under it, once the box is in sight.
  function handle(vertex) {
    if (vertex.handle || vertex.below.length === 0) return;
    addHandle(vertex);
    if (vertex.isFolded) write(vertex, countUnder(vertex, shown));
  }

  // The handle on a box: a minus sign, or how many statements are hidden under it.
  function addHandle(vertex) {
    const part = (name) => document.createElementNS("http://www.w3.org/2000/svg", name);
    const [handle, pill, text] = ["g", "rect", "text"].map(part);
    handle.setAttribute("class", "handle");
    handle.setAttribute("aria-hidden", "true");
    handle.setAttribute("transform", `translate(${vertex.x} ${vertex.y + vertex.height})`);
    pill.setAttribute("height", 18);
    pill.setAttribute("y", -9);
    pill.setAttribute("rx", 9);
    text.setAttribute("y", 4.5);
    text.setAttribute("text-anchor", "middle");
    handle.append(pill, text);
    vertex.element.append(handle);
    Object.assign(vertex, { handle, pill, sign: text });
    write(vertex, 0);
  }

  function write(vertex, nHidden) {
    const sign = vertex.isFolded ? `+${nHidden || ""}` : "−";
    vertex.nHidden = nHidden;
    if (vertex.sign.textContent === sign) return;
    const width = 10 + 8 * sign.length;
    vertex.sign.textContent = sign;
    vertex.pill.setAttribute("width", width);
    vertex.pill.setAttribute("x", -width / 2);
    vertex.element.setAttribute("aria-expanded", String(!vertex.isFolded));
  }

  // ---- Moving and zooming. The stage scrolls, so that moving is the browser's own work.

  const natural = { width: svg.viewBox.baseVal.width, height: svg.viewBox.baseVal.height };
  let scale = 1;
  // Smaller texts than this nobody reads.
  const FAR = 0.2;

  const wholeScale = () =>
    Math.min(stage.clientWidth / natural.width, stage.clientHeight / natural.height) || 1;

  // Zooms, and keeps the point of the picture that is under a place of the window where it is.
  function zoomTo(wanted, x, y) {
    const view = stage.getBoundingClientRect();
    const before = svg.getBoundingClientRect();
    const [px, py] = [x ?? view.left + view.width / 2, y ?? view.top + view.height / 2];
    const [across, down] = [(px - before.left) / before.width, (py - before.top) / before.height];
    scale = Math.min(4, Math.max(Math.min(wholeScale(), 0.1), wanted));
    svg.style.width = `${natural.width * scale}px`;
    svg.style.height = `${natural.height * scale}px`;
    const after = svg.getBoundingClientRect();
    stage.scrollLeft += after.left + across * after.width - px;
    stage.scrollTop += after.top + down * after.height - py;
    cull();
  }

  function showWhole() {
    zoomTo(Math.min(wholeScale(), 1.5));
    say("the whole diagram");
  }

  function centre(at) {
    const { x, y, width, height } = vertices[at];
    const view = stage.getBoundingClientRect();
    const picture = svg.getBoundingClientRect();
    const middle = [(x + width / 2) * scale + picture.left, (y + height / 2) * scale + picture.top];
    stage.scrollLeft += middle[0] - view.left - view.width / 2;
    stage.scrollTop += middle[1] - view.top - view.height / 2;
    cull();
  }

  // Brings a box where it can be read.
  function goTo(at) {
    reveal(at);
    // The browser has its own idea of where in the window an address leads.
    (map.closest(".first") ?? map).scrollIntoView({ block: "nearest" });
    if (scale < 0.5) zoomTo(0.75);
    centre(at);
  }

  function enlarge(isLarge = !map.classList.contains("large")) {
    map.classList.toggle("large", isLarge);
    map.querySelector("[data-do=enlarge]").setAttribute("aria-pressed", String(isLarge));
  }

  // ---- Where there are many boxes, only those in sight are in the page, and from afar without their texts.

  const isMany = map.classList.contains("many");
  const layers = [vertices.slice(0, data.boxes.length), edges];
  let isCulling = false;

  // Half a window more is in sight, so that moving does not show empty places.
  function inSight() {
    const view = stage.getBoundingClientRect();
    const picture = svg.getBoundingClientRect();
    const [x, y] = [view.left - picture.left - view.width / 2, view.top - picture.top - view.height / 2];
    return [x, y, x + 2 * view.width, y + 2 * view.height].map((length) => length / scale);
  }

  function cull() {
    isCulling = false;
    if (!isMany) return;
    const [left, top, right, bottom] = inSight();
    map.classList.toggle("is-far", scale < FAR);
    for (const it of layers.flat()) {
      const isOut = it.x > right || it.y > bottom || it.x + it.width < left || it.y + it.height < top;
      setAway(it, isOut && it !== vertices[current]);
    }
  }

  // Hiding it would not do: browsers lay out what is in a hidden group.
  function setAway(it, isAway) {
    if (it.isAway === isAway) return;
    it.isAway = isAway;
    if (isAway) it.element.remove();
    else it.layer.append(it.element);
    if (!isAway && it.below && scale >= FAR) handle(it);
  }

  // The room that a line takes, by the corners of its path.
  function measure(edge) {
    const [line] = edge.element.matches("path") ? [edge.element] : edge.element.getElementsByTagName("path");
    const numbers = line?.getAttribute("d").match(/-?[\d.]+/g) ?? [0, 0];
    const [across, down] = [0, 1].map((axis) => numbers.filter((_, at) => at % 2 === axis).map(Number));
    const [x, y] = [Math.min(...across), Math.min(...down)];
    Object.assign(edge, { x, y, width: Math.max(...across) - x, height: Math.max(...down) - y });
  }

  stage.addEventListener("scroll", () => {
    if (!isCulling) requestAnimationFrame(cull);
    isCulling = true;
  });
  // Paper takes it all.
  window.addEventListener("beforeprint", () => isMany && layers.flat().forEach((it) => setAway(it, false)));
  window.addEventListener("afterprint", cull);

  // ---- Cards.

  let chosen = null;

  // A card stands in the page, or is made of what was unpacked.
  function cardWith(id) {
    const written = document.getElementById(id);
    if (written || !cards) return written;
    const made = document.createElement("template");
    made.innerHTML = cards.get(id).html;
    return made.content.firstElementChild;
  }

  const cardOf = (at) => cardWith(vertices[at].card);
  const textOf = (at) => cardOf(at).querySelector(".text").textContent;
  const spoken = (at) => cards?.get(vertices[at].card).name ?? cardOf(at).dataset.name;
  const nameOf = (at) => (isBox(at) ? textOf(at) : "a step");

  function say(words) {
    status.textContent = words;
  }

  // Shows a statement's card beside the diagram.
  function choose(at, { moves = true, remembers = true } = {}) {
    at = boxOf(at);
    if (at === null) return;
    mark("chosen", chosen, at);
    chosen = at;
    const card = cardOf(at).cloneNode(true);
    card.removeAttribute("id");
    content.replaceChildren(card);
    content.scrollTop = 0;
    panel.hidden = false;
    map.classList.add("has-panel");
    if (moves) goTo(at);
    else reveal(at);
    makeCurrent(at);
    say(nameOf(at));
    const hash = `#${encodeURI(vertices[at].name)}`;
    if (remembers && location.hash !== hash) history.pushState(null, "", hash);
  }

  // The statement that a point's step leads to.
  function boxOf(at) {
    const seen = new Set();
    while (!isBox(at)) {
      if (seen.has(at) || vertices[at].above.length === 0) return null;
      seen.add(at);
      at = vertices[at].above[0];
    }
    return at;
  }

  function closePanel() {
    if (panel.hidden) return false;
    const hadFocus = panel.contains(document.activeElement);
    panel.hidden = true;
    map.classList.remove("has-panel");
    mark("chosen", chosen, null);
    if (hadFocus) {
      makeCurrent(chosen);
      vertices[chosen].element.focus({ preventScroll: true });
    }
    chosen = null;
    history.replaceState(null, "", location.pathname + location.search);
    return true;
  }

  function mark(name, before, after) {
    if (before !== null) vertices[before].element.classList.remove(name);
    if (after !== null) vertices[after].element.classList.add(name);
  }

  function followHash() {
    let id = location.hash.slice(1);
    try {
      id = decodeURIComponent(id);
    } catch {
      // A fragment that is no text names nothing.
    }
    if (cards?.has(id)) {
      if (!document.getElementById(id)) document.querySelector(".asked").append(cardWith(id));
      document.getElementById(id).scrollIntoView();
    }
    const at = byName.get(id) ?? byId.get(id);
    if (at !== undefined) choose(at, { remembers: false });
  }

  // ---- Search.

  let hits = [];
  let hit = -1;
  let texts = null;

  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  function searchable(at) {
    if (cards) return plain(cards.get(vertices[at].card).search);
    const parts = cardOf(at).querySelectorAll("[data-search]");
    return plain(Array.from(parts, (part) => part.textContent).join("\n"));
  }

  function find() {
    const words = plain(search.value).split(/\s+/).filter(Boolean);
    texts ??= data.boxes.map((_, at) => searchable(at));
    hits.forEach((at) => vertices[at].element.classList.remove("hit"));
    mark("current", hits[hit] ?? null, null);
    hits = [];
    hit = -1;
    if (words.length > 0) {
      texts.forEach((text, at) => words.every((word) => text.includes(word)) && hits.push(at));
    }
    hits.forEach((at) => vertices[at].element.classList.add("hit"));
    map.classList.toggle("searching", words.length > 0);
    if (hits.length > 0) goToHit(1);
    else count.textContent = words.length > 0 ? "nothing found" : "";
  }

  function goToHit(step) {
    if (hits.length === 0) return;
    const before = hits[hit] ?? null;
    hit = (hit + step + hits.length) % hits.length;
    mark("current", before, hits[hit]);
    count.textContent = `${hit + 1} of ${hits.length}`;
    goTo(hits[hit]);
    makeCurrent(hits[hit]);
    if (!panel.hidden) choose(hits[hit]);
  }

  function clearSearch() {
    if (search.value === "") return false;
    search.value = "";
    find();
    return true;
  }

  // ---- Keys. One box at a time can be reached with the tabulator; arrows go from box to box.

  function makeCurrent(at) {
    if (current !== null) vertices[current].element.setAttribute("tabindex", "-1");
    vertices[at].element.setAttribute("tabindex", "0");
    current = at;
    // What is away takes no focus.
    setAway(vertices[at], false);
  }

  function focusBox(at) {
    makeCurrent(at);
    vertices[at].element.focus({ preventScroll: true });
    const box = vertices[at].element.getBoundingClientRect();
    const view = stage.getBoundingClientRect();
    const isIn =
      box.left >= view.left && box.right <= view.right && box.top >= view.top && box.bottom <= view.bottom;
    if (!isIn) centre(at);
  }

  // The nearest box in a direction: what lies aside counts double.
  function neighbour(at, right, down) {
    const middle = ({ x, y, width, height }) => [x + width / 2, y + height / 2];
    const [x, y] = middle(vertices[at]);
    let best = null;
    let least = Infinity;
    data.boxes.forEach((_, other) => {
      if (other === at || vertices[other].isHidden) return;
      const [dx, dy] = middle(vertices[other]).map((value, axis) => value - (axis === 0 ? x : y));
      const along = dx * right + dy * down;
      const aside = Math.abs(dx * down) + Math.abs(dy * right);
      if (along > 1 && along + 2 * aside < least) [best, least] = [other, along + 2 * aside];
    });
    return best;
  }

  const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

  function onBoxKey(event, at) {
    if (Object.hasOwn(ARROWS, event.key)) {
      const next = neighbour(at, ...ARROWS[event.key]);
      if (next !== null) focusBox(next);
    } else if (event.key === "Enter" || event.key === " ") {
      choose(at, { moves: false });
      panel.focus();
    } else if (event.key === "c") {
      fold(at);
    } else {
      return;
    }
    event.preventDefault();
  }

  const KEYS = {
    "/": () => (search.focus(), search.select()),
    "+": () => zoomTo(scale * 1.25),
    "=": () => zoomTo(scale * 1.25),
    "-": () => zoomTo(scale / 1.25),
    0: showWhole,
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      if (closePanel() || clearSearch()) return;
      enlarge(false);
    } else if (!event.target.closest("input, textarea, select") && Object.hasOwn(KEYS, event.key)) {
      event.preventDefault();
      KEYS[event.key]();
    }
  });

  stage.addEventListener("keydown", (event) => {
    const box = event.target.closest("[data-at]");
    if (box && !event.ctrlKey && !event.metaKey && !event.altKey) onBoxKey(event, Number(box.dataset.at));
  });

  stage.addEventListener("focusin", (event) => {
    const box = event.target.closest("[data-at]");
    if (box) makeCurrent(Number(box.dataset.at));
  });

  search.addEventListener("input", find);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") goToHit(event.shiftKey ? -1 : 1);
  });

  // ---- Pointers.

  let drag = null;

  stage.addEventListener("pointerdown", (event) => {
    // Fingers scroll by themselves.
    if (event.pointerType === "touch" || event.button !== 0) return;
    drag = { x: event.clientX, y: event.clientY, isMoving: false };
  });

  window.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
    if (!drag.isMoving && Math.hypot(dx, dy) < 4) return;
    Object.assign(drag, { x: event.clientX, y: event.clientY, isMoving: true });
    map.classList.add("dragging");
    stage.scrollLeft -= dx;
    stage.scrollTop -= dy;
  });

  window.addEventListener("pointerup", () => {
    map.classList.remove("dragging");
    // The click that ends a drag comes before this.
    setTimeout(() => (drag = null));
  });

  stage.addEventListener("click", (event) => {
    const box = event.target.closest("[data-at]");
    if (!box || drag?.isMoving) return;
    const at = Number(box.dataset.at);
    if (event.target.closest(".handle")) fold(at);
    else choose(at, { moves: false });
  });

  stage.addEventListener(
    "wheel",
    (event) => {
      const zooms = event.ctrlKey || event.metaKey || map.matches(".large, .whole-window");
      if (!zooms || event.shiftKey) return;
      event.preventDefault();
      const turned = Math.max(-100, Math.min(100, event.deltaY * (event.deltaMode === 0 ? 1 : 16)));
      zoomTo(scale * Math.exp(-turned / 300), event.clientX, event.clientY);
    },
    { passive: false },
  );

  let pinch = null;

  stage.addEventListener(
    "touchmove",
    (event) => {
      if (event.touches.length !== 2) return;
      event.preventDefault();
      const [one, other] = event.touches;
      const distance = Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
      const middle = [(one.clientX + other.clientX) / 2, (one.clientY + other.clientY) / 2];
      if (pinch) zoomTo((scale * distance) / pinch, ...middle);
      pinch = distance;
    },
    { passive: false },
  );
  stage.addEventListener("touchend", () => (pinch = null));

  const ACTIONS = {
    "zoom-in": () => zoomTo(scale * 1.25),
    "zoom-out": () => zoomTo(scale / 1.25),
    whole: showWhole,
    next: () => goToHit(1),
    previous: () => goToHit(-1),
    fold: () => foldAll(true),
    unfold: () => foldAll(false),
    enlarge: () => enlarge(),
    close: closePanel,
  };

  map.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) ACTIONS[button.dataset.do]();
  });

  // In the panel, links between cards go from box to box.
  panel.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#card:']");
    const at = link ? vertices.findIndex((vertex) => `#${vertex.card}` === link.getAttribute("href")) : -1;
    if (at < 0) return;
    event.preventDefault();
    choose(at);
    panel.focus();
  });

  window.addEventListener("hashchange", followHash);
  window.addEventListener("popstate", followHash);
  // When all is loaded, the browser has gone once more where the address leads.
  window.addEventListener("load", () => setTimeout(() => chosen !== null && goTo(chosen)));

  // ---- The start.

  // A box leads to its card now; the card has the links to its sources.
  svg.querySelectorAll("a").forEach((link) => link.replaceWith(...link.childNodes));
  svg.setAttribute("role", "group");
  vertices.forEach((vertex, at) => {
    if (!isBox(at)) return;
    vertex.element.setAttribute("role", "button");
    vertex.element.setAttribute("tabindex", "-1");
    vertex.element.setAttribute("aria-label", spoken(at));
    vertex.element.classList.add("box");
    if (!isMany) handle(vertex);
  });
  if (isMany) {
    // Taking things away is much quicker where nobody looks.
    svg.remove();
    edges.forEach(measure);
    for (const it of layers.flat()) {
      it.layer = it.element.parentNode;
      setAway(it, true);
    }
    stage.append(svg);
  }
  map.classList.add("is-live");
  const start = data.theses[0] ?? 0;
  if (vertices.length > 0) {
    zoomTo(Math.max(Math.min(wholeScale(), 1), 0.35));
    centre(start);
    makeCurrent(start);
  }
  followHash();
})();
