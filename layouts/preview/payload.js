/* Copies what a payload holds, and remembers which steps are done. Works from disk, without a server. */
"use strict";

(() => {
  const byId = (id) => (id ? document.getElementById(id) : null);

  /* What is put on the clipboard in a copy event stays as it is, to the letter, and needs no
     permission. With the other interface browsers rewrite the HTML: Chromium makes `#note` a link to
     this very page, which nobody can reach. So it comes second. */
  function copyByEvent(plain, html) {
    let done = false;
    const put = (event) => {
      event.preventDefault();
      event.clipboardData.setData("text/plain", plain);
      if (html) event.clipboardData.setData("text/html", html);
      done = true;
    };
    document.addEventListener("copy", put, { once: true });
    const asked = document.execCommand("copy");
    document.removeEventListener("copy", put);
    return asked && done;
  }

  async function copyByClipboard(plain, html) {
    const kept = { "text/plain": new Blob([plain], { type: "text/plain" }) };
    if (html) kept["text/html"] = new Blob([html], { type: "text/html" });
    await navigator.clipboard.write([new ClipboardItem(kept)]);
    return true;
  }

  async function copy(plain, html) {
    return copyByEvent(plain, html) || copyByClipboard(plain, html).catch(() => false);
  }

  /* Neither way: what is to be copied is shown and selected. */
  function select(element) {
    for (let at = element; at; at = at.parentElement) {
      at.hidden = false;
      if (at.tagName === "DETAILS") at.open = true;
    }
    getSelection().selectAllChildren(element);
    element.scrollIntoView({ block: "nearest" });
  }

  async function onCopy(event) {
    const button = event.target.closest("button[data-plain]");
    if (!button) return;
    const plain = byId(button.dataset.plain);
    const html = byId(button.dataset.html);
    const group = button.closest(".copies");
    const said = group.querySelector(".said");
    said.textContent = "";
    const done = await copy(plain.textContent, html ? html.textContent : "");
    if (!done) select(html || plain);
    said.textContent = done ? `${button.firstChild.data.trim()}: ${group.dataset.done}` : group.dataset.failed;
    for (const other of document.querySelectorAll("button.done")) other.classList.remove("done");
    button.classList.toggle("done", done);
  }

  /* What was ticked, and for which contents: `{content, done: [number of the step]}`. */
  function remembered(key) {
    try {
      return JSON.parse(localStorage.getItem(key)) || {};
    } catch {
      return {};
    }
  }

  function remember(key, value) {
    try {
      if (value) localStorage.setItem(key, JSON.stringify(value));
      else localStorage.removeItem(key);
    } catch {
      /* nothing is kept then */
    }
  }

  function steps(section) {
    const key = `hanpan/${section.dataset.steps}`;
    const boxes = [...section.querySelectorAll("input")];
    const kept = remembered(key);
    const count = section.querySelector(".count");
    const again = section.querySelector("button");
    const show = (content) => {
      const done = boxes.filter((box) => box.checked).length;
      const { said } = count.dataset;
      count.parentElement.hidden = !done;
      count.textContent = said.replace("#", boxes.length).replace("*", done);
      section.querySelector(".old").hidden = !done || content === section.dataset.content;
    };
    boxes.forEach((box, number) => {
      box.checked = (kept.done || []).includes(number);
    });
    show(kept.content);
    section.addEventListener("change", () => {
      const done = boxes.flatMap((box, number) => (box.checked ? [number] : []));
      remember(key, done.length ? { content: section.dataset.content, done } : null);
      show(section.dataset.content);
    });
    again.addEventListener("click", () => {
      for (const box of boxes) box.checked = false;
      remember(key, null);
      show(section.dataset.content);
      boxes[0].focus(); // the button is gone
    });
  }

  for (const element of document.querySelectorAll("[data-script]")) element.hidden = false;
  document.addEventListener("click", onCopy);
  for (const section of document.querySelectorAll("[data-steps]")) steps(section);
})();
