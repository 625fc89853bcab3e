// The desk's one script: keeps what is typed, shows verdicts, lights up evidence, listens to keys.
// Everything works without it but these four; texts come from the page's data-say-… attributes.
"use strict";

(() => {
  const chooseAll = document.querySelector("[data-choose-all]");
  if (chooseAll) {
    chooseAll.hidden = false;
    chooseAll.addEventListener("click", () => {
      const boxes = [...document.querySelectorAll("input[name=chosen]")];
      const every = boxes.every((box) => box.checked);
      boxes.forEach((box) => { box.checked = !every; });
    });
  }

  const drop = document.querySelector("[data-drop]");
  if (drop) {
    const field = drop.querySelector("input");
    ["dragenter", "dragover"].forEach((name) => drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.add("is-over");
    }));
    drop.addEventListener("dragleave", () => drop.classList.remove("is-over"));
    drop.addEventListener("drop", (event) => {
      event.preventDefault();
      drop.classList.remove("is-over");
      if (event.dataTransfer.files.length) field.files = event.dataTransfer.files;
    });
  }

  const progress = document.querySelector("[data-progress='1']");
  const lookAgain = async () => {
    const answer = await fetch(location.href).catch(() => null);
    const page = answer && answer.ok
      ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
    const now = page && page.querySelector("[data-progress]");
    const ended = now && now.dataset.progress !== "1";
    const shown = document.querySelector("[data-progress]");
    if (now && now.textContent !== shown.textContent) {
      document.title = page.title;
      shown.replaceChildren(...document.adoptNode(now).childNodes);
    }
    if (!ended) setTimeout(lookAgain, 1500);
  };
  if (progress) setTimeout(lookAgain, 1500);

  const draft = document.querySelector("[data-draft]");
  if (!draft) return;

  const say = (name) => draft.getAttribute(`data-say-${name}`);
  const at = `/desk/drafts/${encodeURIComponent(draft.dataset.draft)}`;
  const sha256 = draft.dataset.sha256;
  const own = draft.dataset.own;
  const form = document.getElementById("decide");
  const lines = [...draft.querySelectorAll("[data-line]")];
  const windowName = (() => {
    const name = sessionStorage.getItem("desk-window") || crypto.getRandomValues(new Uint32Array(4)).join("-");
    sessionStorage.setItem("desk-window", name);
    return name.slice(0, 40);
  })();
  form.elements.window.value = windowName;

  const make = (tag, text, attributes = {}) => {
    const element = document.createElement(tag);
    if (text) element.textContent = text;
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    return element;
  };

  const post = (path, body, more = {}) => fetch(at + path, {
    method: "POST",
    headers: {
      "Content-Type": "application/json", "Accept": "application/json",
      "X-Desk-Token": draft.dataset.token,
    },
    body: JSON.stringify({ sha256, window: windowName, ...body }),
    ...more,
  });

  // -- keeping what is typed ----------------------------------------------------------------

  // What the server hasn't confirmed yet is kept by the browser too, so that neither a server that
  // is gone nor a page that is closed at once costs a letter.
  const memory = (place) => `desk/${sha256}/${place}`;
  const places = new Map();

  class Place {
    constructor(field) {
      this.field = field;
      this.name = field.dataset.place;
      this.line = field.closest("[data-line]");
      this.isWords = Boolean(this.line) && !("note" in field.dataset);
      this.number = Number(field.dataset.number);
      this.sending = false;
      this.again = false;
      this.past = null;
      this.timer = 0;
      field.addEventListener("input", () => { this.past = null; this.typed(); });
      places.set(this.name, this);
    }

    get value() {
      return {
        place: this.name, text: this.field.value, seen: this.number,
        overruled: this.isWords && this.changed() ? why(this.line).value : "",
        confirmed: Boolean(this.isWords && this.changed() && sure(this.line).checked),
      };
    }

    changed() {
      const plain = (text) => text.split(/\s+/).join(" ").trim();
      return plain(this.field.value) !== plain(this.field.dataset.draftText);
    }

    typed() {
      localStorage.setItem(memory(this.name), this.field.value);
      this.tell("");
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.send(), 250);
      if (this.isWords) checkSoon(this.line);
    }

    async send(more = {}) {
      clearTimeout(this.timer);
      if (this.sending) { this.again = true; return; }
      this.sending = true;
      const sent = this.field.value;
      try {
        const answer = await post("/typed", this.value, more);
        if (answer.status === 409) {
          const told = await answer.json();
          if (told.newest) this.ask(told.newest);
          else this.tell(told.error, true);
        } else if (answer.ok) {
          this.number = (await answer.json()).number;
          if (this.field.value === sent) localStorage.removeItem(memory(this.name));
          this.tell(say("saved"));
        } else {
          this.tell((await answer.json()).error, true);
          this.timer = setTimeout(() => this.send(), 5000);
        }
      } catch {
        this.tell(say("not-saved"), true);
        this.timer = setTimeout(() => this.send(), 2000);
      }
      this.sending = false;
      if (this.again) { this.again = false; this.send(); }
    }

    tell(text) {
      const where = this.line ? this.line.querySelector("[data-saved]") : null;
      if (where) where.textContent = text;
    }

    // Another window has typed here: both texts stand side by side until the person chooses.
    ask(newest) {
      if (newest.text === this.field.value) { this.number = newest.number; return; }
      const box = make("div");
      box.append(make("p", say("elsewhere")), make("p", newest.text));
      const take = make("button", say("taken"), { type: "button", class: "button" });
      const keep = make("button", say("keep-mine"), { type: "button", class: "button" });
      take.addEventListener("click", () => {
        this.field.value = newest.text;
        this.number = newest.number;
        box.remove();
        this.typed();
      });
      keep.addEventListener("click", () => { this.number = newest.number; box.remove(); this.typed(); });
      box.append(take, " ", keep);
      const where = this.line ? this.line.querySelector("[data-notice]") : this.field.parentElement;
      where.replaceChildren(...(this.line ? [box] : [...where.children, box]));
    }
  }

  const why = (line) => line.querySelector("[data-overrule] input");
  const sure = (line) => line.querySelector("[data-confirm] input");
  draft.querySelectorAll("[data-place]").forEach((field) => new Place(field));
  const of = (line) => [...places.values()].filter((place) => place.isWords && place.line === line);
  const ownPlace = (line) => places.get(`${line.dataset.line}/${line.dataset.own}`);

  const flush = () => places.forEach((place) => {
    if (localStorage.getItem(memory(place.name)) !== null) place.send({ keepalive: true });
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden) flush(); });
  window.addEventListener("pagehide", () => {
    flush();
    post("/here", { gone: true }, { keepalive: true }).catch(() => {});
  });

  // -- verdicts -----------------------------------------------------------------------------

  const checks = new Map();

  const checkSoon = (line) => {
    const known = checks.get(line) || { timer: 0, running: false, again: false };
    checks.set(line, known);
    clearTimeout(known.timer);
    known.timer = setTimeout(() => checkNow(line), 200);
  };

  const checkNow = async (line) => {
    const known = checks.get(line);
    if (known.running) { known.again = true; return; }
    const changed = of(line).filter((place) => place.changed());
    const out = !ownPlace(line).field.value.trim();
    line.classList.toggle("is-out", out);
    outButton(line).textContent = out ? say("back-in") : say("out");
    undoButton(line).hidden = !changed.length;
    if (!changed.length) grade(line, "");
    if (!changed.length || out) {
      show(line, out ? "out" : line.dataset.drafted, []);
      return;
    }
    known.running = true;
    const shown = line.querySelector("[data-verdict]");
    const waiting = setTimeout(() => { shown.textContent = say("checking"); }, 500);
    try {
      const answer = await post("/check", { places: changed.map((place) => place.value) });
      const told = await answer.json();
      if (answer.ok) {
        show(line, told.verdict || line.dataset.drafted, told.reasons);
        grade(line, told.grade);
      } else show(line, "edited", [{ text: told.error, unsure: true }]);
    } catch {
      show(line, "edited", []);
    }
    clearTimeout(waiting);
    known.running = false;
    if (known.again) { known.again = false; checkNow(line); }
  };

  const grade = (line, told) => {
    const shown = line.querySelector(".grade");
    if (shown) shown.textContent = told || shown.dataset.drafted;
  };

  const show = (line, verdict, reasons) => {
    line.dataset.now = verdict;
    const stands = (verdict === "refused" && why(line).value.trim())
      || (verdict === "unsure" && (sure(line).checked || why(line).value.trim()));
    line.dataset.open = ["refused", "unsure"].includes(verdict) && !stands ? "1" : "";
    const badge = make("span", draft.getAttribute(`data-verdict-${verdict}`), { class: `badge ${verdict}` });
    line.querySelector("[data-verdict]").replaceChildren(badge);
    line.querySelector("[data-reasons]").replaceChildren(...reasons.map((one) => {
      const language = one.language && one.language !== line.dataset.own ? `${one.language.toUpperCase()} : ` : "";
      return make("li", language + one.text, one.unsure ? { class: "unsure" } : {});
    }));
    if (line.dataset.touched) {
      line.querySelector("[data-overrule]").hidden = verdict !== "refused" && !why(line).value;
      line.querySelector("[data-confirm]").hidden = verdict !== "unsure" && !sure(line).checked;
    }
    tally();
  };

  const tally = () => {
    const now = (name) => lines.filter((line) => (line.dataset.now || line.dataset.drafted) === name).length;
    const parts = ["refused", "unsure"].map((name) => [now(name), draft.getAttribute(`data-verdict-${name}`)]);
    const told = parts.filter(([count]) => count).map(([count, name]) => `${count} ${name}`);
    draft.querySelector("[data-tally]").textContent = told.join(", ");
  };

  const outButton = (line) => line.querySelector("[data-out]");
  const undoButton = (line) => line.querySelector("[data-undo]");

  lines.forEach((line) => {
    line.dataset.touched = "1";
    outButton(line).hidden = false;
    outButton(line).addEventListener("click", () => leaveOut(line));
    undoButton(line).addEventListener("click", () => undo(line));
    [why(line), sure(line)].forEach((field) => field.addEventListener("input", () => {
      of(line).filter((place) => place.changed()).forEach((place) => place.typed());
    }));
    if (of(line).some((place) => place.changed())) checkSoon(line);
  });

  const leaveOut = (line) => {
    const place = ownPlace(line);
    if (place.field.value.trim()) {
      place.before = place.field.value;
      place.field.value = "";
    } else {
      place.field.value = place.before || place.field.dataset.draftText;
    }
    place.typed();
  };

  const undo = async (line) => {
    const focused = of(line).find((place) => place.field === document.activeElement);
    const place = (focused && focused.changed() && focused) || of(line).find((one) => one.changed());
    if (!place) return;
    if (place.past === null) {
      await place.send();
      const query = new URLSearchParams({ place: place.name, sha256 });
      const answer = await fetch(`${at}/history?${query}`, { headers: { Accept: "application/json" } });
      place.past = answer.ok ? (await answer.json()).texts : [place.field.dataset.draftText];
    }
    let before = place.past.pop();
    while (before !== undefined && before === place.field.value) before = place.past.pop();
    place.field.value = before === undefined ? place.field.dataset.draftText : before;
    place.typed();
  };

  // -- evidence -----------------------------------------------------------------------------

  const source = draft.querySelector("[data-source]");
  const wide = matchMedia("(min-width: 60.01rem)");
  let here = null;

  const lightUp = (line, scroll) => {
    if (here !== line) {
      lines.forEach((one) => one.classList.toggle("is-here", one === line));
      here = line;
    }
    const marks = [...source.querySelectorAll("mark")];
    marks.forEach((mark) => mark.classList.toggle("is-here", mark.dataset.lines.split(" ").includes(line.dataset.line)));
    const first = marks.find((mark) => mark.classList.contains("is-here"));
    if (!first || !(wide.matches || scroll)) return;
    const above = first.getBoundingClientRect().top - source.getBoundingClientRect().top;
    source.scrollTop += above - source.clientHeight / 4;
    if (scroll && !wide.matches) first.scrollIntoView({ block: "center" });
  };

  lines.forEach((line) => {
    line.addEventListener("focusin", () => lightUp(line, false));
    line.addEventListener("mousedown", () => lightUp(line, false));
  });
  draft.querySelectorAll("[data-show]").forEach((link) => link.addEventListener("click", (event) => {
    event.preventDefault();
    lightUp(link.closest("[data-line]"), true);
    if (!wide.matches) source.focus({ preventScroll: true });
  }));
  source.addEventListener("click", (event) => {
    const mark = event.target.closest("mark");
    if (!mark || String(getSelection())) return;
    go(lines.find((line) => line.dataset.line === mark.dataset.lines.split(" ")[0]));
  });

  // -- keys ---------------------------------------------------------------------------------

  const keys = draft.querySelector("dialog.keys");
  const keysOn = draft.querySelector("[data-keys-on]");
  keysOn.checked = localStorage.getItem("desk-keys") !== "off";
  keysOn.addEventListener("change", () => localStorage.setItem("desk-keys", keysOn.checked ? "on" : "off"));
  const keysButton = draft.querySelector("[data-keys]");
  keysButton.hidden = false;
  keysButton.addEventListener("click", () => keys.showModal());

  const go = (line) => {
    if (!line) return;
    line.focus({ preventScroll: true });
    line.scrollIntoView({ block: "nearest" });
  };
  const step = (by) => go(lines[Math.min(Math.max(lines.indexOf(here) + by, 0), lines.length - 1)]);

  const single = {
    j: () => step(1), ArrowDown: () => step(1), k: () => step(-1), ArrowUp: () => step(-1),
    e: () => here && ownPlace(here).field.focus(), Enter: () => here && ownPlace(here).field.focus(),
    x: () => here && leaveOut(here), u: () => here && undo(here),
    p: () => draft.querySelector(".bar a").click(),
    n: () => { if (draft.dataset.next) location.href = `/desk/drafts/${encodeURIComponent(draft.dataset.next)}${draft.dataset.query}`; },
    "?": () => keys.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      draft.querySelector("[data-approve]").focus();
      return;
    }
    if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp") && here) {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
      ownPlace(here).field.focus();
      return;
    }
    const target = event.target;
    if (event.key === "Escape" && target.matches("textarea, input") && target.closest("[data-line]")) {
      target.closest("[data-line]").focus({ preventScroll: true });
      return;
    }
    const busy = target.matches("input, textarea, select, button, a, summary") || source.contains(target) || keys.open;
    if (busy && !(event.key === "?" && !target.matches("input, textarea, select"))) return;
    if (!keysOn.checked || event.ctrlKey || event.metaKey || event.altKey) return;
    if (single[event.key] && (event.key !== "Enter" || target.matches("[data-line]"))) {
      event.preventDefault();
      single[event.key]();
    }
  });

  // -- others -------------------------------------------------------------------------------

  const presence = draft.querySelector("[data-presence]");

  const look = async () => {
    try {
      const answer = await post("/here", { after: Number(form.elements.after.value) });
      if (!answer.ok) return;
      const told = await answer.json();
      const names = told.others.map((name) => name || say("same-person"));
      const texts = [names.length ? say("others").replace("{names}", names.join(", ")) : "", told.news];
      const text = texts.filter(Boolean).join(" ");
      if (presence.textContent !== text) presence.textContent = text;
      told.typed.forEach(showTheirs);
    } catch { /* the server is away; the next look may find it */ }
  };

  const showTheirs = (theirs) => {
    const place = places.get(theirs.place);
    if (!place || !place.line) return;
    const notice = place.line.querySelector("[data-notice]");
    const id = `${theirs.reviewer}/${theirs.place}`;
    const known = [...notice.children].find((box) => box.dataset.of === id);
    if (known && known.dataset.text === theirs.text) return;
    const box = make("div", "", { "data-of": id, "data-text": theirs.text });
    box.append(make("p", say("other-text").replace("{name}", theirs.reviewer)), make("p", theirs.text, { lang: theirs.place.split("/")[1] }));
    const use = make("button", say("use"), { type: "button", class: "button" });
    use.addEventListener("click", () => { place.field.value = theirs.text; place.typed(); });
    box.append(use);
    if (known) known.replaceWith(box); else notice.append(box);
  };

  look();
  setInterval(() => { if (!document.hidden) look(); }, 10000);

  // -- what else the source says ------------------------------------------------------------

  const more = draft.querySelector("[data-candidates]");
  more.addEventListener("toggle", async () => {
    const list = more.querySelector("ul");
    if (!more.open || list.children.length) return;
    list.append(make("li", say("deciding")));
    const answer = await fetch(`${at}/candidates`, { headers: { Accept: "application/json" } });
    const told = await answer.json();
    const found = answer.ok ? told.candidates : [];
    list.replaceChildren(...found.map((one) => {
      const item = make("li", `${one.text} `);
      const button = make("button", say("bring-in"), { type: "button", class: "button" });
      button.addEventListener("click", () => {
        const comment = places.get("comment");
        const before = comment.field.value.trim();
        comment.field.value = `${before}${before ? "\n" : ""}${own === "fr" ? "Ajouter" : "Bring in"}: “${one.text}”`;
        comment.typed();
        button.replaceWith(make("span", say("brought-in"), { role: "status" }));
      });
      item.append(button);
      return item;
    }));
    if (!found.length) list.replaceChildren(make("li", say(answer.ok ? "no-candidates" : "checked-later")));
  });

  // -- deciding -----------------------------------------------------------------------------

  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    draft.querySelector("[data-tally]").textContent = say("deciding");
    if (event.submitter) event.submitter.setAttribute("aria-disabled", "true");
  });
  window.addEventListener("pageshow", () => { delete form.dataset.sent; });

  const notes = document.getElementById("notes");
  if (notes) notes.focus();
  else if (lines.length) lightUp(lines[0], false);
  tally();

  // -- what the last page could not send ----------------------------------------------------

  // Only now, as it is checked like anything that is typed.
  places.forEach((place) => {
    const kept = localStorage.getItem(memory(place.name));
    if (kept === null) return;
    if (kept === place.field.value) { localStorage.removeItem(memory(place.name)); return; }
    place.field.value = kept;
    place.typed();
  });
})();
