/* The search. It reads the index of the site itself, in files that a script tag loads, so that it
   works from a disk and under a policy that allows nothing else. library/terms.py says what terms
   are, editions/site/index.py how files of the index are written. */
"use strict";

const SHARDS = 32;
const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const AT_ONCE = 10;
const CJK = "\uac00-\ud7a3\u3041-\u30ff\u3400-\u9fff";
const RUN = new RegExp(`[${CJK}]+|(?:(?![${CJK}])[\\p{L}\\p{N}\\p{M}])+[+#]*`, "gu");
const IS_CJK = new RegExp(`^[${CJK}]`);
/* What Korean writes onto a word: particles, then the endings of 하다 and 되다, the longest first. */
const ENDINGS = (
  "에서부터 으로부터 이라는 이라고 에서는 에서도 에게서 으로는 으로도 이지만 입니다 합니다 했습니다 됩니다 " +
  "하려면 하였다 하기 하는 하고 하며 하면 하여 해서 했다 한다 하게 하지 할때 되는 되고 된다 됐다 되면 " +
  "까지 부터 에서 에게 한테 처럼 보다 으로 이나 이란 라는 라고 마다 조차 마저 밖에 만큼 대로 같은 이다 하다 되다 " +
  "은 는 이 가 을 를 의 에 와 과 로 도 만 나 란 요 한 할 해 된 될"
).split(" ").sort((a, b) => b.length - a.length);

const posts = [];
const terms = new Map();
const texts = new Map();
const waiting = new Map();

globalThis.hanpanPosts = (part, own) => {
  posts[part] = own;
};
globalThis.hanpanTerms = (part, shard, lines) => {
  const table = new Map();
  for (const line of lines ? lines.split("\n") : []) {
    const end = line.indexOf("\t");
    table.set(line.slice(0, end), line.slice(end + 1));
  }
  terms.set(`${part}/${shard}`, table);
};
globalThis.hanpanText = (slug, text) => {
  texts.set(slug, text);
};

const normal = (text) => text.normalize("NFKC").toLowerCase();

function load(address) {
  if (!waiting.has(address)) {
    waiting.set(
      address,
      new Promise((done) => {
        const script = document.createElement("script");
        script.src = address;
        script.onload = done;
        script.onerror = done;
        document.head.append(script);
      }),
    );
  }
  return waiting.get(address);
}

function shardOf(term) {
  let value = 0;
  for (let place = 0; place < term.length; place++) {
    value = (value * 31 + term.charCodeAt(place)) & 0xffffff;
  }
  return value % SHARDS;
}

function numbers(packed) {
  const found = [];
  let last = -1;
  let value = 0;
  let scale = 1;
  for (const sign of packed) {
    const digit = DIGITS.indexOf(sign);
    value += (digit % 32) * scale;
    if (digit >= 32) {
      scale *= 32;
    } else {
      last += value + 1;
      found.push(last);
      value = 0;
      scale = 1;
    }
  }
  return found;
}

function termsOfRun(run) {
  const letters = [...run];
  if (IS_CJK.test(run)) {
    return letters.length === 1 ? letters : letters.slice(1).map((each, n) => letters[n] + each);
  }
  return letters.length <= 3 ? [run] : letters.slice(2).map((each, n) => letters[n] + letters[n + 1] + each);
}

/* Particles that go by how the syllable before them ends: 은 after a consonant, 를 after a vowel. So
   가을 and 나이 are words, and nothing is taken off. 는 is an ending of verbs as well. */
const AFTER_CONSONANT = "은 이 을 과 으로 이나 이란 이다".split(" ");
const AFTER_VOWEL = "가 를 와 나 란".split(" ");
const AFTER_ONE = "은 는 을 를".split(" ");

function fits(ending, rest) {
  const stem = rest.slice(0, -ending.length);
  if (!rest.endsWith(ending) || !stem || (stem.length === 1 && !AFTER_ONE.includes(ending))) return false;
  const code = stem.charCodeAt(stem.length - 1) - 0xac00;
  const closed = code >= 0 && code < 11172 && code % 28 > 0;
  return !(AFTER_CONSONANT.includes(ending) && !closed) && !(AFTER_VOWEL.includes(ending) && closed);
}

/* A word as it was typed, and as it may stand in a text: without what is written onto it. */
function formsOf(run) {
  const forms = [run];
  if (!IS_CJK.test(run)) return forms;
  let rest = run;
  for (let round = 0; round < 2; round++) {
    const ending = ENDINGS.find((each) => fits(each, rest));
    if (!ending) break;
    rest = rest.slice(0, -ending.length);
    forms.push(rest);
  }
  return forms;
}

/* The words of a query; particles of a word in other letters, as in `API를`, are none. */
function wordsOf(query) {
  const words = [];
  for (const typed of normal(query).split(/\s+/)) {
    const runs = typed.match(RUN) ?? [];
    words.push(...runs.filter((run, n) => !(n && !IS_CJK.test(runs[n - 1]) && ENDINGS.includes(run))));
  }
  return words;
}

async function having(term, part) {
  const shard = shardOf(term);
  await load(`${base}search/${part}/${shard}.js`);
  return new Set(numbers(terms.get(`${part}/${shard}`)?.get(term) ?? ""));
}

/* The posts of a part that have a form: all of its terms; of a long one, most, for a blank may
   stand in the text between its halves. */
async function postsWith(form, part) {
  const wanted = [...new Set(termsOfRun(form))];
  const sets = await Promise.all(wanted.map((term) => having(term, part)));
  const count = new Map();
  for (const set of sets) for (const post of set) count.set(post, (count.get(post) ?? 0) + 1);
  const most = wanted.length >= 3 && IS_CJK.test(form) ? wanted.length - 1 : wanted.length;
  return new Map([...count].filter(([, n]) => n >= most).map(([post, n]) => [post, n / wanted.length]));
}

/* Each post that has every word, with how well: a whole form counts more than what is left of it,
   and a word in the title most. */
async function find(query) {
  const words = wordsOf(query);
  const found = [];
  for (let part = 0; part < parts && words.length; part++) {
    await load(`${base}search/${part}/posts.js`);
    const scores = new Map();
    for (const [place, word] of words.entries()) {
      const own = new Map();
      for (const [rank, form] of formsOf(word).entries()) {
        for (const [post, share] of await postsWith(form, part)) {
          const title = normal(posts[part][post][0]).includes(form) ? 4 : 0;
          own.set(post, Math.max(own.get(post) ?? 0, share * (1 - rank * 0.1) + title));
        }
      }
      for (const [post, score] of own) {
        if (place === 0) scores.set(post, score);
        else if (scores.has(post)) scores.set(post, scores.get(post) + score);
      }
      if (place) for (const post of scores.keys()) if (!own.has(post)) scores.delete(post);
    }
    for (const [post, score] of scores) found.push({ post: posts[part][post], score });
  }
  return found.sort((a, b) => b.score - a.score || (a.post[2] < b.post[2] ? 1 : -1));
}

globalThis.hanpanFind = find;

function marked(text, forms, into) {
  const folded = text.toLowerCase();
  let place = 0;
  while (place < text.length) {
    let next = text.length;
    let length = 0;
    for (const form of forms) {
      const at = folded.indexOf(form, place);
      if (at >= 0 && (at < next || (at === next && form.length > length))) {
        next = at;
        length = form.length;
      }
    }
    into.append(text.slice(place, next));
    if (length) {
      const mark = document.createElement("mark");
      mark.textContent = text.slice(next, next + length);
      into.append(mark);
    }
    place = next + length;
    if (!length) break;
  }
}

function extract(text, forms) {
  const folded = text.toLowerCase();
  const places = forms.map((form) => folded.indexOf(form)).filter((place) => place >= 0);
  if (!places.length) return "";
  const start = Math.max(0, Math.min(...places) - 50);
  const from = start ? text.indexOf(" ", start) + 1 : 0;
  return (from ? "… " : "") + text.slice(from, from + 160) + (text.length > from + 160 ? " …" : "");
}

function item(post, forms) {
  const [title, path, date, excerpt, slug, lang] = post;
  const entry = document.createElement("li");
  entry.className = "entry";
  entry.lang = lang;
  const inner = document.createElement("div");
  inner.className = "entry-text";
  const when = document.createElement("p");
  when.className = "entry-meta";
  when.textContent = date;
  const heading = document.createElement("h2");
  heading.className = "entry-title";
  const link = document.createElement("a");
  link.href = base + encodeURI(path.replace(/(^|\/)index\.html$/, "$1")).replace(/[?#]/g, encodeURIComponent);
  marked(title, forms, link);
  heading.append(link);
  const words = document.createElement("p");
  words.className = "entry-excerpt";
  words.textContent = excerpt;
  inner.append(when, heading, words);
  entry.append(inner);
  load(`${base}media/${encodeURIComponent(slug)}/text.js`).then(() => {
    const part = extract(texts.get(slug) ?? "", forms);
    if (part) {
      words.textContent = "";
      marked(part, forms, words);
    }
  });
  return entry;
}

let base = "../";
let parts = 0;
let asked = 0;

const form = document.getElementById("site:search");
if (form) {
  const field = form.elements.q;
  const list = document.getElementById("site:found");
  const count = document.getElementById("site:count");
  base = form.dataset.root;
  parts = Number(form.dataset.segments);

  const show = async () => {
    const query = field.value.trim();
    const turn = ++asked;
    const found = query ? await find(query) : [];
    if (turn !== asked) return;
    list.textContent = "";
    const say = found.length ? form.dataset.count : form.dataset.none;
    count.textContent = query ? say.replace("{}", found.length || query) : "";
    const forms = wordsOf(query).flatMap(formsOf).sort((a, b) => b.length - a.length);
    let shown = 0;
    const more = () => {
      list.querySelector(".found-more")?.parentElement.remove();
      for (const { post } of found.slice(shown, shown + AT_ONCE)) list.append(item(post, forms));
      shown += AT_ONCE;
      if (shown < found.length) {
        const last = document.createElement("li");
        const button = document.createElement("button");
        button.type = "button";
        button.className = "found-more";
        button.textContent = form.dataset.more;
        button.addEventListener("click", more);
        last.append(button);
        list.append(last);
      }
    };
    more();
  };

  let timer = 0;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, 150);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const address = new URL(location.href);
    address.searchParams.set("q", field.value.trim());
    history.replaceState(null, "", address);
    show();
  });
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  field.focus({ preventScroll: true });
  show();
}
