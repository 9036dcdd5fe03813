async function open(place) {
  const [editor] = await tinymce.init({
    target: place, license_key: "gpl", promotion: false, plugins: "table lists link image code",
    convert_urls: false,
  });
  window.editor = editor;
}

function paste(html) {
  editor.setContent("");
  editor.execCommand("mceInsertClipboardContent", false, { html });
  return editor.getContent();
}
