const PLUGINS = `Essentials Paragraph Heading Bold Italic Underline Strikethrough Subscript
  Superscript Code CodeBlock BlockQuote Link List Table TableCaption ImageBlock ImageInline
  ImageCaption HorizontalLine`;

async function open(place) {
  const levels = [2, 3, 4, 5, 6].map((n) => ({ model: `heading${n}`, view: `h${n}`, class: "" }));
  window.editor = await CKEDITOR.ClassicEditor.create(place, {
    licenseKey: "GPL",
    plugins: PLUGINS.split(/\s+/).map((name) => CKEDITOR[name]),
    heading: { options: [{ model: "paragraph", class: "" }, ...levels] },
  });
}

function paste(html) {
  const content = editor.data.htmlProcessor.toView(html);
  editor.setData("");
  const dataTransfer = { getData: (kind) => (kind === "text/html" ? html : ""), files: [] };
  const view = editor.editing.view;
  view.document.fire("clipboardInput", {
    content, dataTransfer, targetRanges: [view.createRangeIn(view.document.getRoot())],
    method: "paste", preventDefault() {}, stopPropagation() {},
  });
  return editor.getData();
}
