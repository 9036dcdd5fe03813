// What editors make of pasted HTML. Reads {editor: [html, ...]} on standard input, writes
// {editor: [html, ...]}. The first argument is the folder node_modules.
//
// tiptap: ProseMirror with Tiptap's starter kit, through its clipboard and its paste rules.
// ghost: Ghost's own importer; its document is written as HTML again, node by node.
// lexical: Lexical, as Ghost has it, with its own nodes alone. None is a picture: ours keeps the
// address.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const require = createRequire(pathToFileURL(`${process.argv[2]}/`));

// Put what a browser has into this process.
function browse() {
  const { JSDOM } = require("jsdom");
  const { window } = new JSDOM("<!DOCTYPE html>", { url: "http://editor.invalid/" });
  for (const name of Object.getOwnPropertyNames(window)) {
    if (!(name in globalThis)) globalThis[name] = window[name];
  }
  Object.assign(globalThis, { window, document: window.document });
  return window;
}

function tiptap() {
  const window = browse();
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

function lexical() {
  const window = browse();
  const { $getRoot, $insertNodes, DecoratorNode } = require("lexical");
  const { $generateNodesFromDOM, $generateHtmlFromNodes } = require("@lexical/html");
  const { HeadingNode, QuoteNode } = require("@lexical/rich-text");
  const { ListNode, ListItemNode } = require("@lexical/list");
  const { CodeNode, CodeHighlightNode } = require("@lexical/code");
  const { TableNode, TableRowNode, TableCellNode } = require("@lexical/table");
  const { LinkNode } = require("@lexical/link");
  class PictureNode extends DecoratorNode {
    constructor(src, key) { super(key); this.src = src; }
    static getType() { return "picture"; }
    static clone(node) { return new PictureNode(node.src, node.__key); }
    static importJSON(json) { return new PictureNode(json.src); }
    static importDOM() {
      const conversion = (img) => ({ node: new PictureNode(img.getAttribute("src")) });
      return { img: () => ({ conversion, priority: 0 }) };
    }
    exportDOM() {
      const element = document.createElement("img");
      element.setAttribute("src", this.src);
      return { element };
    }
    isInline() { return true; }
    createDOM() { return document.createElement("span"); }
    updateDOM() { return false; }
    decorate() { return null; }
  }
  const nodes = [
    HeadingNode, QuoteNode, ListNode, ListItemNode, CodeNode, CodeHighlightNode, TableNode,
    TableRowNode, TableCellNode, LinkNode, PictureNode,
  ];
  const { createHeadlessEditor } = require("@lexical/headless");
  return (html) => {
    const editor = createHeadlessEditor({ nodes, onError: (error) => { throw error; } });
    const dom = new window.DOMParser().parseFromString(html, "text/html");
    editor.update(() => {
      $getRoot().clear().select();
      $insertNodes($generateNodesFromDOM(editor, dom));
    }, { discrete: true });
    return editor.getEditorState().read(() => $generateHtmlFromNodes(editor));
  };
}

const editors = { tiptap, ghost, lexical };
const asked = JSON.parse(readFileSync(0, "utf8"));
const answers = {};
for (const [name, pages] of Object.entries(asked)) answers[name] = pages.map(editors[name]());
process.stdout.write(JSON.stringify(answers));
