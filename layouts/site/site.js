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
