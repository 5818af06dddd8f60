// Words put into a field as if they were typed, so that Ctrl+Z takes them away again.

export function insertText(field, start, end, words) {
  field.focus();
  field.setSelectionRange(start, end);
  if (document.execCommand("insertText", false, words)) return;
  field.setRangeText(words, start, end, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
