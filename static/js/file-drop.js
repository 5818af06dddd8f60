// Files that are dropped anywhere on the conversation or pasted into the field.

export function keepFileDrop(composer, on) {
  const { form, text, tray } = composer;
  const chat = form.closest(".chat");
  const zone = form.querySelector("#drop-zone");
  const carriesFiles = (event) => !composer.editing.message && [...event.dataTransfer.types].includes("Files");
  on(chat, "dragover", (event) => { if (carriesFiles(event)) { event.preventDefault(); zone.hidden = false; } });
  on(chat, "dragleave", (event) => { if (!chat.contains(event.relatedTarget)) zone.hidden = true; });
  on(chat, "drop", (event) => {
    zone.hidden = true;
    if (!carriesFiles(event)) return;
    event.preventDefault();
    tray.add([...event.dataTransfer.files]);
  });
  on(text, "paste", (event) => {
    const files = [...event.clipboardData.files];
    // Text copied from an office program carries a picture of itself; the text is meant.
    if (!files.length || event.clipboardData.types.includes("text/plain") || composer.editing.message) return;
    event.preventDefault();
    tray.add(files);
  });
}
