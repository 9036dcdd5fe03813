/* A page that was opened from a disk: a folder's address there is a list of files, so links lead to
   the page in it. */
"use strict";

if (location.protocol === "file:") {
  const lead = () => {
    for (const link of document.querySelectorAll('a[href$="/"]')) {
      if (link.protocol === "file:") link.href += "index.html";
    }
  };
  lead();
  new MutationObserver(lead).observe(document.body, { childList: true, subtree: true });
  const refresh = document.querySelector('meta[http-equiv="refresh"]');
  const onward = document.querySelector("a[href]");
  if (refresh && onward) location.replace(onward.href);
}

/* The section that is being read, marked in the contents by browsers that do not do so themselves. */
if (!CSS.supports("selector(:target-current)")) {
  const links = new Map();
  for (const link of document.querySelectorAll(".toc a")) {
    const heading = document.getElementById(link.getAttribute("href").slice(1));
    if (heading) links.set(heading, link);
  }
  let current;
  const mark = () => {
    const passed = [...links.keys()].filter((one) => one.getBoundingClientRect().top < innerHeight / 4);
    const next = links.get(passed.at(-1));
    if (next === current) return;
    current?.removeAttribute("aria-current");
    next?.setAttribute("aria-current", "true");
    current = next;
  };
  if (links.size) addEventListener("scroll", () => requestAnimationFrame(mark), { passive: true });
}
