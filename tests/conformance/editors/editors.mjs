// What editors make of pasted HTML. Reads {editor: [html, ...]} on standard input, writes
// {editor: [html, ...]}. The first argument is the folder node_modules.
//
// tiptap: ProseMirror with Tiptap's starter kit, through its clipboard and its paste rules.
// ghost: Ghost's own importer; its document is written as HTML again, node by node.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const require = createRequire(pathToFileURL(`${process.argv[2]}/`));

function tiptap() {
  const { JSDOM } = require("jsdom");
  const { window } = new JSDOM("<!DOCTYPE html>", { url: "http://editor.invalid/" });
  for (const name of Object.getOwnPropertyNames(window)) {
    if (!(name in globalThis)) globalThis[name] = window[name];
  }
  Object.assign(globalThis, { window, document: window.document });
  const nowhere = { left: 0, top: 0, right: 0, bottom: 0, width: 0, height: 0 };
  window.Range.prototype.getClientRects = () => []; // nothing is laid out here
  window.Range.prototype.getBoundingClientRect = () => nowhere;
  window.document.elementFromPoint = () => null;
  const { Editor } = require("@tiptap/core");
  const extensions = [
    require("@tiptap/starter-kit").default,
    require("@tiptap/extension-table").TableKit,
    require("@tiptap/extension-image").default.configure({ inline: true }),
  ];
  return (html) => {
    const editor = new Editor({ element: document.createElement("div"), extensions });
    editor.view.pasteHTML(html, new window.Event("paste"));
    return editor.getHTML();
  };
}

function ghost() {
  const { htmlToLexical } = require("@tryghost/kg-html-to-lexical");
  const escaped = (text) =>
    text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const inside = (node) => (node.children ?? []).map(written).join("");
  const around = (tag, node) => `<${tag}>${inside(node)}</${tag}>`;
  // an inner list is an item of its own in Lexical; in HTML it belongs to the item before it
  const items = (list) =>
    list.children.map((item) => {
      const inner = item.children.length === 1 && item.children[0].type === "list";
      return inner ? inside(item) : around("li", item);
    }).join("").replace(/<\/li>((?:<[uo]l>.*?<\/[uo]l>)+)(?=<li>|$)/gs, "$1</li>");
  const kinds = {
    paragraph: (node) => around("p", node),
    "extended-heading": (node) => around(node.tag, node),
    "extended-quote": (node) => around("blockquote", node),
    list: (node) => `<${node.tag}>${items(node)}</${node.tag}>`,
    listitem: (node) => around("li", node),
    "extended-text": (node) => escaped(node.text),
    linebreak: () => "<br>",
    link: (node) => `<a href="${escaped(node.url)}">${inside(node)}</a>`,
    codeblock: (node) => `<pre><code>${escaped(node.code)}</code></pre>`,
    html: (node) => node.html,
    horizontalrule: () => "<hr>",
    image: (node) =>
      `<figure><img src="${escaped(node.src)}"><figcaption>${node.caption}</figcaption></figure>`,
  };
  function written(node) {
    const write = kinds[node.type];
    if (!write) throw new Error(`an unknown node of Ghost's: ${node.type}`);
    return write(node);
  }
  return (html) => inside(htmlToLexical(html).root);
}

const editors = { tiptap, ghost };
const asked = JSON.parse(readFileSync(0, "utf8"));
const answers = {};
for (const [name, pages] of Object.entries(asked)) answers[name] = pages.map(editors[name]());
process.stdout.write(JSON.stringify(answers));
