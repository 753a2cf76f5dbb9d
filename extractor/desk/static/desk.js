// The desk works without this file; it adds keys. j/k move, Enter opens, a/d/u decide about a finding, c comments.
"use strict";
(() => {
  const lists = [...document.querySelectorAll("[data-keys]")];
  const queue = document.querySelector("[data-queue]");
  const items = () => lists.flatMap((list) => [...list.querySelectorAll("[data-item]")]).filter((item) => item.offsetParent !== null);
  let now = null;

  function light(item) {
    document.querySelectorAll(".m.lit").forEach((one) => one.classList.remove("lit"));
    const mark = item.dataset.mark;
    if (!mark) return;
    const lit = [...document.querySelectorAll(`.m[data-marks~="${CSS.escape(mark)}"]`)];
    lit.forEach((one) => one.classList.add("lit"));
    if (lit.length) lit[0].scrollIntoView({ block: "center" });
  }

  function go(item) {
    if (!item) return;
    if (now) { now.classList.remove("now"); now.removeAttribute("aria-current"); }
    now = item;
    now.classList.add("now");
    now.setAttribute("aria-current", "true");
    const link = now.querySelector("a.open, a[href]");
    const focused = now.hasAttribute("tabindex") ? now : link;
    if (focused) focused.focus({ preventScroll: true });
    now.scrollIntoView({ block: "nearest" });
    light(now);
    if (now.dataset.mark) history.replaceState(null, "", "#" + now.dataset.mark);
  }

  function move(step) {
    const all = items();
    const at = all.indexOf(now);
    go(all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1)]);
  }

  async function decide(item, decision) {
    const form = item.querySelector("form.decide");
    if (!form) return;
    const body = new URLSearchParams(new FormData(form));
    body.set("decision", decision);
    const answer = await fetch(form.action, { method: "POST", body, headers: { accept: "application/json" } });
    const status = document.querySelector("[data-status]");
    if (!answer.ok) { if (status) status.textContent = await answer.text(); form.submit(); return; }
    const made = await answer.json();
    const badge = item.querySelector("[data-review]");
    badge.textContent = made.label;
    badge.className = "badge " + (made.review || "undecided");
    item.classList.remove("accepted", "dismissed");
    if (made.review) item.classList.add(made.review);
    if (status) status.textContent = made.label;
    if (decision !== "withdrawn") move(1);
  }

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form.decide");
    if (!form || !event.submitter) return;
    event.preventDefault();
    const item = form.closest("[data-item]");
    go(item);
    decide(item, event.submitter.value);
  });

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select");
    if (typing) {
      if (event.key === "Escape") typing.blur();
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && typing.form) typing.form.requestSubmit();
      if (event.key === "Enter" && typing.classList.contains("comment")) { event.preventDefault(); typing.blur(); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const decisions = { a: "accepted", d: "dismissed", u: "withdrawn" };
    if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (event.key === "Enter" && now && !event.target.closest("button, summary, a")) {
      const link = now.querySelector("a.open, a[href]");
      if (link) link.click();
    } else if (queue && now && decisions[event.key]) decide(now, decisions[event.key]);
    else if (queue && now && event.key === "c") now.querySelector(".comment").focus();
    else return;
    event.preventDefault();
  });

  const marks = document.querySelector("[data-marks-list]");
  if (marks) {
    const open = (hash) => go(marks.querySelector(`[data-mark="${CSS.escape(hash.slice(1))}"]`));
    if (location.hash) open(location.hash);
    window.addEventListener("hashchange", () => open(location.hash));
    document.querySelector(".text").addEventListener("click", (event) => {
      const segment = event.target.closest(".m");
      if (segment && !getSelection().toString()) open("#" + segment.dataset.marks.split(" ").pop());
    });
  } else if (queue && location.hash) go(document.getElementById(location.hash.slice(1)));
})();
