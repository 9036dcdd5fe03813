/* Keeps an open page of `hanpan preview` at what was built last, and its frames in shape. */
"use strict";

(() => {
  const root = document.documentElement;
  const live = document.getElementById("live");
  const KEPT = `hanpan-place ${location.pathname}`;
  const frames = [...document.querySelectorAll("iframe[sandbox]")];
  let stream = null;

  /* --- the place in the page, kept over a reload --- */

  /* A frame whose file is not there shows the browser's own page, which may not be touched. */
  function keepPlace() {
    const opened = [...document.querySelectorAll("details[id]")].map((one) => [one.id, one.open]);
    const inside = frames.map((frame) => [frame.id, frame.contentDocument ? frame.contentWindow.scrollY : 0]);
    const place = { y: scrollY, focus: document.activeElement.id, opened, inside };
    sessionStorage.setItem(KEPT, JSON.stringify(place));
  }

  function takePlace() {
    const kept = sessionStorage.getItem(KEPT);
    sessionStorage.removeItem(KEPT);
    return kept ? JSON.parse(kept) : null;
  }

  function goBack(place) {
    for (const [id, open] of place.opened) {
      const one = document.getElementById(id);
      if (one) one.open = open;
    }
    const focused = place.focus && document.getElementById(place.focus);
    if (focused) focused.focus({ preventScroll: true });
    scrollTo({ top: place.y, behavior: "instant" });
  }

  /* --- frames: as high as what they show; links in them open in a tab --- */

  function fit(frame) {
    const inside = frame.contentDocument;
    if (!inside || !inside.body) return;
    if ("fit" in frame.dataset) frame.style.height = `${inside.body.offsetHeight}px`;
    for (const link of inside.querySelectorAll("a[href]")) {
      if (link.protocol.startsWith("http") && link.host !== location.host) {
        link.target = "_blank";
        link.rel = "noopener noreferrer";
      }
    }
  }

  function onceLoaded(frame, then) {
    const inside = frame.contentDocument;
    const is_there = inside && inside.readyState === "complete" && inside.URL !== "about:blank";
    if (is_there) then();
    else frame.addEventListener("load", then, { once: true });
  }

  const place = takePlace();
  if (place) goBack(place);
  for (const frame of frames) {
    onceLoaded(frame, () => {
      fit(frame);
      if (!place) return;
      const kept = place.inside.find(([id]) => id === frame.id);
      if (kept && frame.contentDocument) frame.contentWindow.scrollTo(0, kept[1]);
      scrollTo({ top: place.y, behavior: "instant" });
    });
  }
  addEventListener("resize", () => frames.forEach(fit));

  /* --- how far the steps of each platform are --- */

  /* What payload.js keeps: which steps are ticked, and for which contents. Done is a platform whose
     steps are all ticked, for as long as the post does not change. */
  function stateOf(key, steps, content) {
    let kept = {};
    try {
      kept = JSON.parse(localStorage.getItem(`hanpan/${key}`)) || {};
    } catch {
      /* nothing is kept then */
    }
    const ticked = (kept.done || []).length;
    const changed = ticked > 0 && !String(kept.content).startsWith(content);
    return { ticked, changed, done: steps > 0 && ticked >= steps && !changed };
  }

  for (const ticked of document.querySelectorAll("[data-ticked]")) {
    const { said, stepsAll, content, changed } = ticked.dataset;
    const state = stateOf(ticked.dataset.ticked, Number(stepsAll), content);
    ticked.hidden = !state.ticked;
    ticked.textContent = state.changed ? changed : said.replace("#", stepsAll).replace("*", state.ticked);
    if (state.done) document.querySelector("#done ul").append(ticked.closest("li"));
  }
  for (const section of document.querySelectorAll("#to-do, #done")) {
    const count = section.querySelectorAll("li").length;
    section.querySelector(".number").textContent = count;
    section.querySelector(".note").hidden = count > 0;
  }
  for (const desk of document.querySelectorAll("[data-payloads]")) {
    const payloads = JSON.parse(desk.dataset.payloads);
    const done = payloads.filter((one) => stateOf(...one).done).length;
    for (const [name, count] of [["to-do", payloads.length - done], ["done", done]]) {
      const link = desk.querySelector(`.${name}`);
      link.textContent = link.dataset.said.replace("#", count);
    }
  }

  /* --- what the server says of builds --- */

  function say(state, more = "") {
    live.dataset.state = state;
    const text = `${live.dataset[state] || ""}${more}`;
    if (live.textContent !== text) live.textContent = text;
  }

  async function refresh() {
    const answer = await fetch(location.href, { method: "HEAD" });
    if (answer.headers.get("ETag") === `"${root.dataset.version}"`) return;
    keepPlace();
    location.reload();
  }

  function onSaid(event) {
    const said = JSON.parse(event.data);
    say(said.state, said.state === "building" && said.posts > 1 ? ` ${said.done}/${said.posts}` : "");
    if (said.state !== "building") refresh().catch(() => say("lost"));
  }

  /* A browser has few connections for one server: a tab that is not seen gives its own back. */
  function listen() {
    if (stream) stream.close();
    stream = null;
    if (document.hidden) return;
    stream = new EventSource("/events");
    stream.onmessage = onSaid;
    stream.onerror = () => say("lost");
  }

  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => stream && stream.close());
  addEventListener("pageshow", (event) => event.persisted && listen());
  listen();
})();
