async function open(place) {
  window.editor = new Quill(place, { modules: { table: true } });
}

function paste(html) {
  editor.setContents([]);
  editor.clipboard.dangerouslyPasteHTML(html);
  return editor.getSemanticHTML();
}
