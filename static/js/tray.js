// Files to be sent: named, sized, shown, uploaded while one still writes.

import { preview } from "./preview.js";
import { upload } from "./upload.js";
import { fileSize, word } from "./words.js";

const AT_ONCE = 2;
// As what a file may leave, by what it was taken for.
const CHOICES = {
  photo: ["photo", "document"],
  video: ["video", "document"],
  voice: ["voice", "document"],
  audio: ["audio", "voice", "document"],
};

export class Tray {
  constructor(form, changed) {
    this.list = form.querySelector("#tray");
    this.limit = Number(form.dataset.uploadLimit);
    this.changed = changed;
    this.items = [];
    form.querySelector("#attach").addEventListener("change", (event) => {
      this.add([...event.target.files]);
      event.target.value = "";
    });
  }

  get busy() { return this.items.some((item) => item.state === "waiting" || item.state === "uploading"); }

  get ready() { return this.items.some((item) => item.state === "ready"); }

  add(files) {
    for (const file of files) {
      const tooLarge = file.size > this.limit;
      const item = { file, name: file.name || "image.png", size: file.size, state: tooLarge ? "failed" : "waiting", progress: 0 };
      if (tooLarge) item.error = word("too_large", { name: item.name, limit: fileSize(this.limit) });
      this.items.push(item);
      item.element = this.draw(item);
      this.list.append(item.element);
    }
    this.next();
  }

  /** What is uploaded leaves the tray and is the letter's from now on; what failed stays to be seen. */
  take() {
    const ready = this.items.filter((item) => item.state === "ready");
    for (const item of ready) item.element.remove();
    this.items = this.items.filter((item) => item.state !== "ready");
    this.show();
    return ready;
  }

  putBack(items) {
    this.items = [...items, ...this.items];
    this.list.replaceChildren(...this.items.map((item) => (item.element = this.draw(item))));
    this.show();
  }

  next() {
    const running = this.items.filter((item) => item.state === "uploading").length;
    const waiting = this.items.filter((item) => item.state === "waiting").slice(0, AT_ONCE - running);
    for (const item of waiting) this.start(item);
    this.show();
  }

  async start(item) {
    item.state = "uploading";
    item.upload = upload(item.file, (progress) => { item.progress = progress; this.redraw(item); });
    try {
      const { id, kind } = await item.upload.finished;
      Object.assign(item, { id, kind, shownAs: kind, state: "ready" });
    } catch (error) {
      Object.assign(item, { state: "failed", error: error.words ?? word("upload_failed", { name: item.name }) });
    }
    this.redraw(item);
    this.next();
  }

  remove(item) {
    item.upload?.stop();
    item.element.remove();
    this.items = this.items.filter((other) => other !== item);
    this.next();
  }

  retry(item) {
    item.state = "waiting";
    this.redraw(item);
    this.next();
  }

  show() {
    this.list.hidden = this.items.length === 0;
    this.changed();
  }

  redraw(item) {
    const bar = item.element.querySelector("progress");
    if (item.state === "uploading" && bar) { bar.value = item.progress; return; }
    const fresh = this.draw(item);
    item.element.replaceWith(fresh);
    item.element = fresh;
  }

  draw(item) {
    const element = document.createElement("li");
    element.className = `tray-item tray-${item.state}`;
    element.append(preview(item), this.words(item));
    if (item.state === "failed" && item.size <= this.limit) element.append(button("rotate-ccw", word("retry"), () => this.retry(item)));
    element.append(button("x", word("remove", { name: item.name }), () => this.remove(item)));
    return element;
  }

  words(item) {
    const box = Object.assign(document.createElement("div"), { className: "tray-words" });
    box.append(Object.assign(document.createElement("b"), { textContent: item.name }));
    const small = box.appendChild(document.createElement("small"));
    small.textContent = item.state === "failed" ? item.error : fileSize(item.size);
    if (item.state === "failed") small.setAttribute("role", "alert");
    if (item.state === "uploading") box.append(Object.assign(document.createElement("progress"), { max: 1, value: item.progress, ariaLabel: word("uploading") }));
    if (item.state === "ready" && CHOICES[item.shownAs]) small.append(" · ", this.kindSwitch(item));
    return box;
  }

  /** A picture goes as a picture, or unharmed as a file; each press is the next choice. */
  kindSwitch(item) {
    const kinds = CHOICES[item.shownAs];
    const made = Object.assign(document.createElement("button"), { type: "button", className: "link-button", textContent: word(`as_${item.kind}`), title: word("change_kind") });
    made.addEventListener("click", () => {
      item.kind = kinds[(kinds.indexOf(item.kind) + 1) % kinds.length];
      this.redraw(item);
      item.element.querySelector(".link-button").focus();
    });
    return made;
  }
}

function button(icon, label, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "button button-icon button-quiet", title: label, ariaLabel: label });
  const drawn = document.querySelector(`#composer .icon use`).closest("svg").cloneNode(true);
  const use = drawn.querySelector("use");
  use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${icon}`));
  made.append(drawn);
  made.addEventListener("click", act);
  return made;
}
