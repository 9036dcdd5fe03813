// What readers of four platforms see: velog, Zenn, Hashnode, Ghost. Reads {platform: [body, ...]} on
// standard input, writes {platform: [html, ...]}. The first argument is the folder node_modules.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const require = createRequire(pathToFileURL(`${process.argv[2]}/`));
const sanitize = require("sanitize-html");

// velog: remark 11 and its plugins in the order of its MarkdownRender, then its filter.
function velog() {
  const [remark, breaks, parse, slug, rehype, raw, math, katex, stringify] = [
    "remark", "remark-breaks", "remark-parse", "remark-slug", "remark-rehype", "rehype-raw",
    "remark-math", "rehype-katex", "rehype-stringify",
  ].map((name) => require(name));
  const maths = (
    "math annotation semantics mtext mn mo mi mspace mover munder munderover msup msub msubsup " +
    "mfrac mroot msqrt mtable mtr mtd mlabeledtr mrow menclose mstyle mpadded mphantom mglyph " +
    "svg path line"
  ).split(" ");
  const allowed = {
    allowedTags: (
      "h1 h2 h3 h4 h5 h6 blockquote p a ul ol nl li b i strong em strike code hr br div table " +
      "thead caption tbody tr th td pre iframe span img del input"
    ).split(" ").concat(maths),
    allowedAttributes: {
      a: ["href", "name", "target"], img: ["src"], iframe: ["src", "class"], input: ["type"],
      ol: ["start"], span: ["style"], "*": ["class", "id", "aria-hidden"],
      ...Object.fromEntries(maths.map((name) => [name, ["*"]])),
    },
  };
  const chain = remark().use(breaks).use(parse).use(slug)
    .use(rehype, { allowDangerousHtml: true, allowDangerousHTML: true })
    .use(raw).use(math).use(katex).use(stringify);
  return (text) => {
    const plain = text.replace(/(?<=^|\n)!youtube\[\S+\](?=\n|$)/g, ""); // a player
    return sanitize(String(chain.processSync(plain)), allowed);
  };
}

function zenn() {
  const module = require("zenn-markdown-html");
  const render = module.default ?? module;
  return (text) => render(text, { embedOrigin: "https://embed.invalid" });
}

// Hashnode's starter kit: a marked of 2014 with formulas and embeds of its own, then a filter. The
// formulas are taken out before, where its own lexer would find them.
function hashnode() {
  const marked = require("marked");
  const allowed = {
    allowedTags: sanitize.defaults.allowedTags.concat(
      "h1 h2 h3 span img div iframe abbr kbd cite dl dt dd s sub sup details summary".split(" "),
    ),
    allowedAttributes: {
      "*": ["id"], div: ["class", "data-*"], a: ["href", "class", "target"],
      img: ["src", "alt", "class"], code: ["class"], span: ["class"], abbr: ["title"],
    },
  };
  const renderer = new marked.Renderer();
  renderer.heading = (text, level) => `<h${level}>${text}</h${level}>\n`;
  return (text) => {
    const formulas = [];
    const kept = (said) => `zzformula${formulas.push(said) - 1}zz`;
    const plain = text
      .replace(/(?<=^|\n)([> ]*)\$\$\n([^$]+?)\n[> ]*\$\$(?=\n|$)/g, (_, at, tex) => at + kept(tex))
      .replace(/\\\\\(([^$]+?)\\\\\)/g, (_, tex) => kept(tex))
      .replace(/(?<=^|\n)%\[(\S+)\](?=\n|$)/g, (_, url) => `<div class="embed-wrapper">${url}</div>`);
    const html = sanitize(marked(plain, { renderer, gfm: true, tables: true }), allowed);
    return html.replace(/zzformula(\d+)zz/g, (_, n) => {
      const tex = formulas[n].replace(/&/g, "&amp;").replace(/</g, "&lt;");
      return `<span class="formula">${tex}</span>`;
    });
  };
}

// Ghost: Markdown cards by its own renderer, HTML cards as they are, image cards as figures.
async function ghost() {
  const { render } = await import(
    pathToFileURL(require.resolve("@tryghost/kg-markdown-html-renderer"))
  );
  const cards = {
    markdown: (card) => render(card.markdown, { ghostVersion: "6.0" }),
    html: (card) => card.html,
    embed: (card) => card.html,
    image: (card) =>
      `<figure><img src="${card.src}" alt="">` +
      (card.caption ? `<figcaption>${card.caption}</figcaption>` : "") + "</figure>",
  };
  return (text) =>
    JSON.parse(text).root.children.map((card) => cards[card.type](card)).join("\n");
}

const renderers = { velog, zenn, hashnode, ghost };
const asked = JSON.parse(readFileSync(0, "utf8"));
const made = {};
for (const [platform, bodies] of Object.entries(asked)) {
  const render = await renderers[platform]();
  made[platform] = [];
  for (const body of bodies) made[platform].push(await render(body));
}
process.stdout.write(JSON.stringify(made));
