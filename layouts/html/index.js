/* The list of posts: what is typed and chosen leaves the posts that have it. */
"use strict";

const form = document.querySelector(".filter");
const posts = [...document.querySelectorAll(".posts:not(.books) > li")];
const years = [...document.querySelectorAll(".year")];
const told = form.querySelector("output");
const plain = (text) => text.normalize("NFKC").toLowerCase();
const texts = posts.map((post) => plain(`${post.querySelector("h3").textContent}\n${post.dataset.words}`));
// of problems only the desk of who builds knows: its line is not in what is published
const valueOf = (post, name) =>
  name === "problems" ? post.querySelector(".desk")?.dataset.problems ?? "" : post.dataset[name];
const has = (post, name, value) => !value || valueOf(post, name).split("\t").includes(value);

const show = () => {
  const chosen = Object.fromEntries(new FormData(form));
  const words = plain(chosen.q).split(/\s+/).filter(Boolean);
  let count = 0;
  posts.forEach((post, place) => {
    const fits =
      words.every((word) => texts[place].includes(word)) &&
      ["lang", "categories", "problems"].every((name) => has(post, name, chosen[name] || ""));
    post.hidden = !fits;
    count += fits;
  });
  for (const year of years) year.hidden = !year.querySelector("li:not([hidden])");
  told.textContent = (count ? form.dataset.count : form.dataset.none).replace("{}", count);
  const asked = new URLSearchParams(Object.entries(chosen).filter(([, value]) => value)).toString();
  history.replaceState(null, "", asked ? `?${asked}` : location.pathname);
};

form.hidden = false;
for (const [name, value] of new URLSearchParams(location.search)) {
  if (form.elements[name]) form.elements[name].value = value;
}
form.addEventListener("input", show);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => setTimeout(show));
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.target.closest("input, select, textarea")) {
    event.preventDefault();
    form.elements.q.focus();
  }
});
if (location.search) show();
