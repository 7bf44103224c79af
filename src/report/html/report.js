// What the page does beyond being read: one note open at a time, filters, keys. All of the page is there without it, and again
// when something here fails.
(() => {
  "use strict";
  const page = document.documentElement;
  page.classList.add("scripted");
  addEventListener("error", () => page.classList.remove("scripted"));

  addEventListener("DOMContentLoaded", () => {
    const all = (selector, from = document) => Array.from(from.querySelectorAll(selector));
    const one = (selector) => document.querySelector(selector);
    const form = one("form.filters");
    if (!form) return;
    const help = one("dialog.help");
    const status = one("output.status");
    const tones = ["suppressed", "note", "warning", "error"];
    const drafts = all(".draft");

    // A finding: its note, its number in the text, the stretches of text that it marks.
    const findings = [];
    const byMark = new Map();
    for (const draft of drafts) {
      const here = new Map();
      for (const note of all(".note", draft)) {
        const ref = document.getElementById(note.id.replace("n", "f"));
        const finding = { note, ref, draft, tone: note.dataset.tone, pack: note.dataset.pack, who: note.dataset.who.split("|"), marks: [], shown: true };
        here.set(ref.textContent, finding);
        findings.push(finding);
      }
      for (const mark of all("mark", draft)) {
        const of = mark.dataset.f.split(" ").map((number) => here.get(number)).filter(Boolean);
        of.forEach((finding) => finding.marks.push(mark));
        byMark.set(mark, of);
      }
    }
    const find = (element) => findings.find(({ note, ref }) => note === element || ref === element);

    // The finding that is open, and the buttons that go with it.
    let open = null;
    const controls = document.createElement("div");
    controls.className = "controls";
    for (const [move, text] of [["previous", "Previous"], ["next", "Next"], ["close", "Close"]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.move = move;
      button.textContent = text;
      controls.append(button);
    }

    const related = (finding) => all(".related a", finding.note).flatMap((link) => {
      const id = link.hash.slice(1);
      return all(`[data-s~="${CSS.escape(id)}"]`, finding.draft);
    });

    function close() {
      if (!open) return;
      const { note, ref, marks } = open;
      const inside = note.contains(document.activeElement);
      for (const element of [note, ref, ...marks]) element.classList.remove("open");
      related(open).forEach((spot) => spot.classList.remove("near"));
      ref.removeAttribute("aria-current");
      controls.remove();
      page.classList.remove("reading");
      open = null;
      if (inside) ref.focus({ preventScroll: true });
    }

    function show(finding) {
      if (open !== finding) {
        close();
        open = finding;
        finding.draft.open = true;
        for (const element of [finding.note, finding.ref, ...finding.marks]) element.classList.add("open");
        related(finding).forEach((spot) => spot.classList.add("near"));
        finding.ref.setAttribute("aria-current", "true");
        finding.note.querySelector(".more").append(controls);
        page.classList.add("reading");
        history.replaceState(null, "", `#${finding.note.id}`);
      }
      finding.ref.focus({ preventScroll: true });
      finding.ref.scrollIntoView({ block: "nearest" });
      // Beside the text, the open note is to be seen as well.
      if (getComputedStyle(finding.note).position !== "fixed") {
        finding.note.querySelector(".more").scrollIntoView({ block: "nearest" });
        finding.note.scrollIntoView({ block: "nearest" });
      }
      const shown = findings.filter((other) => other.shown);
      tell(`${shown.indexOf(finding) + 1} of ${shown.length}`);
    }

    function step(by) {
      const shown = findings.filter((finding) => finding.shown);
      if (shown.length === 0) return;
      const from = open || find(document.activeElement);
      if (from) {
        show(shown[(shown.indexOf(from) + by + shown.length) % shown.length]);
        return;
      }
      // Nothing is open: begin with what is on the screen.
      const below = shown.findIndex(({ ref }) => ref.getClientRects().length > 0 && ref.getBoundingClientRect().top >= 0);
      if (by > 0) show(shown[Math.max(below, 0)]);
      else show(shown[(Math.max(below, 0) - 1 + shown.length) % shown.length]);
    }

    function tell(text) {
      status.textContent = text;
    }

    function filter() {
      const checked = (name) => new Set(all(`input[name="${name}"]:checked`, form).map((input) => input.value));
      const packs = all('input[name="pack"]', form).length > 0 ? checked("pack") : null;
      const wanted = checked("tone");
      const reader = form.elements.who ? form.elements.who.value : "";
      const words = form.elements.words.value.trim().toLowerCase();
      for (const finding of findings) {
        const said = () => `${finding.note.textContent} ${finding.marks.map((mark) => mark.textContent).join("")}`.toLowerCase();
        finding.shown = wanted.has(finding.tone) && (!packs || packs.has(finding.pack))
          && (!reader || finding.who.includes(reader)) && (!words || said().includes(words));
        finding.note.hidden = finding.ref.hidden = !finding.shown;
      }
      for (const [mark, of] of byMark) {
        const shown = of.filter((finding) => finding.shown);
        const gravest = Math.max(...shown.map((finding) => tones.indexOf(finding.tone)));
        tones.forEach((tone, index) => mark.classList.toggle(`is-${tone}`, index === gravest));
        mark.classList.toggle("several", shown.length > 1);
        mark.classList.toggle("silent", shown.length === 0);
      }
      const shown = findings.filter((finding) => finding.shown);
      // What is suppressed counts once somebody asks for it.
      const asked = findings.filter(({ tone }) => tone !== "suppressed" || wanted.has(tone));
      const narrowed = asked.length > shown.length;
      const left = new Set(shown.map((finding) => finding.draft));
      for (const draft of drafts) draft.hidden = narrowed && !left.has(draft);
      if (open && !open.shown) close();
      const things = asked.length === 1 ? "finding" : "findings";
      tell(narrowed ? `${shown.length} of ${asked.length} ${things}` : `${asked.length} ${things}`);
    }

    const moves = {
      next: () => step(1),
      previous: () => step(-1),
      close,
      help: () => {
        help.showModal();
        help.querySelector("button").focus();
      },
    };

    document.addEventListener("click", (event) => {
      if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      const button = event.target.closest("[data-move]");
      if (button) {
        moves[button.dataset.move]();
        return;
      }
      const link = event.target.closest('a[href^="#"]');
      if (link) {
        if (follow(link)) event.preventDefault();
        return;
      }
      const note = event.target.closest(".note");
      if (note) {
        if (!open || open.note !== note) show(find(note));
        return;
      }
      const mark = event.target.closest("mark");
      const of = (byMark.get(mark) || []).filter((finding) => finding.shown);
      // Words that are being selected are not clicked on. Of several findings, each click opens the next.
      if (of.length > 0 && getSelection().isCollapsed) show(of[(of.indexOf(open) + 1) % of.length]);
    });

    // Follows a link inside the page: to a note, to the text, or to a place that belongs to a finding.
    function follow(link) {
      const target = document.getElementById(link.hash.slice(1));
      if (!target) return false;
      const finding = find(target);
      if (finding && target === finding.note) {
        if (open === finding && document.activeElement === finding.ref) target.focus();
        else show(finding);
      } else if (finding) {
        show(finding);
      } else {
        target.focus({ preventScroll: true });
        target.scrollIntoView({ block: "center" });
      }
      return true;
    }

    form.addEventListener("input", filter);
    form.addEventListener("submit", (event) => event.preventDefault());

    addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
      const from = event.target;
      if (event.key === "Escape") {
        if (from === form.elements.words) from.blur();
        close();
        return;
      }
      if (from.closest("input, textarea, select")) return;
      const isAtFinding = Boolean(from.closest(".ref, .note"));
      const letters = one('input[name="letters"]').checked;
      const does = {
        n: letters && moves.next,
        j: letters && moves.next,
        p: letters && moves.previous,
        k: letters && moves.previous,
        "/": letters && (() => form.elements.words.focus()),
        "?": letters && moves.help,
        ArrowRight: moves.next,
        ArrowLeft: moves.previous,
        ArrowDown: isAtFinding && moves.next,
        ArrowUp: isAtFinding && moves.previous,
      }[event.key];
      if (does) {
        event.preventDefault();
        does();
      }
    });

    function arrive() {
      const target = document.getElementById(location.hash.slice(1));
      const finding = target && find(target);
      if (finding && finding.shown) show(finding);
    }

    // On paper nothing is folded; older browsers do not know the style that says so.
    let folded = [];
    addEventListener("beforeprint", () => {
      folded = drafts.filter((draft) => draft.open === false);
      folded.forEach((draft) => (draft.open = true));
    });
    addEventListener("afterprint", () => folded.splice(0).forEach((draft) => (draft.open = false)));

    filter();
    arrive();
    addEventListener("hashchange", arrive);
  });
})();
