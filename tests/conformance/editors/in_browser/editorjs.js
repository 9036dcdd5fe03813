// Editor.js keeps a list of blocks; they are written as HTML as its own tools show them.
const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const items = (style, list) => {
  const tag = style === "ordered" ? "ol" : "ul";
  const inside = (item) => item.content + (item.items.length ? items(style, item.items) : "");
  return `<${tag}>${list.map((item) => `<li>${inside(item)}</li>`).join("")}</${tag}>`;
};
const row = (cells, tag) => `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join("")}</tr>`;
const WRITTEN = {
  paragraph: (data) => `<p>${data.text}</p>`,
  header: (data) => `<h${data.level}>${data.text}</h${data.level}>`,
  list: (data) => items(data.style, data.items),
  code: (data) => `<pre><code>${escaped(data.code)}</code></pre>`,
  quote: (data) => `<blockquote>${data.text}</blockquote>`,
  table: (data) =>
    `<table>${data.content.map((cells, n) =>
      row(cells, n === 0 && data.withHeadings ? "th" : "td")).join("")}</table>`,
  delimiter: () => "<hr>",
  image: (data) => `<figure><img src="${escaped(data.url)}">` +
    `<figcaption>${data.caption ?? ""}</figcaption></figure>`,
};

async function open(place) {
  const Inline = { inlineToolbar: true };
  window.editor = new EditorJS({
    holder: place,
    tools: {
      header: { class: Header, ...Inline },
      list: { class: EditorjsList, ...Inline },
      code: CodeTool,
      quote: { class: Quote, ...Inline },
      table: { class: Table, ...Inline },
      delimiter: Delimiter,
      inlineCode: InlineCode,
      image: SimpleImage,
    },
  });
  await editor.isReady;
}

async function paste(html) {
  await editor.blocks.clear();
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/html", html);
  clipboardData.setData("text/plain", new DOMParser().parseFromString(html, "text/html").body.innerText);
  const target = document.querySelector(".ce-paragraph");
  target.focus();
  target.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  let before = -1; // it pastes when it likes: wait until nothing is added any more
  for (let still = 0; still < 3; ) {
    await new Promise((resume) => setTimeout(resume, 50));
    const now = document.querySelector(".codex-editor").innerHTML.length;
    still = now === before ? still + 1 : 0;
    before = now;
  }
  const { blocks } = await editor.save();
  return blocks.map((block) => WRITTEN[block.type](block.data)).join("");
}
