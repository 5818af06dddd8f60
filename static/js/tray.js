// Files to be sent: named, sized, shown, uploaded while one still writes, in the order and as the kind staff choose.

import { CHOICES, drawItem } from "./tray-item.js";
import { keepDragging } from "./tray-drag.js";
import { upload } from "./upload.js";
import { fileSize, word } from "./words.js";

const AT_ONCE = 2;

export class Tray {
  /** `changed` is called when files come, go or arrive; `told` gets words for who cannot see the order. */
  constructor(form, changed, told) {
    this.frame = form.querySelector("#tray-frame");
    this.list = form.querySelector("#tray");
    this.all = form.querySelector("#tray-all");
    this.limit = Number(form.dataset.uploadLimit);
    this.kinds = new Set((form.dataset.kinds ?? "").split(" ").filter(Boolean));
    this.changed = changed;
    this.told = told;
    this.items = [];
    keepDragging(this);
    this.all.querySelector("input").addEventListener("change", (event) => this.takeAllAsFiles(event.target.checked));
    // From plugins: whatever makes a file knows as what it is meant.
    form.addEventListener("appliance:attach", ({ detail }) => { if (detail?.file instanceof File) this.add([detail.file], detail.kind); });
    this.attach = form.querySelector("#attach");
    this.attach.addEventListener("change", (event) => {
      this.add([...event.target.files]);
      event.target.value = "";
    });
  }

  get busy() { return this.items.some((item) => item.state === "waiting" || item.state === "uploading"); }

  get ready() { return this.items.some((item) => item.state === "ready"); }

  get asFiles() { return this.all.querySelector("input").checked; }

  /** `meant` is as what they are to leave; without it that is guessed. */
  add(files, meant = "") {
    for (const file of files) {
      const tooLarge = file.size > this.limit;
      const item = { file, meant, name: file.name || "image.png", size: file.size, state: tooLarge ? "failed" : "waiting", progress: 0 };
      if (tooLarge) item.error = word("too_large", { name: item.name, limit: fileSize(this.limit) });
      this.items.push(item);
      this.append(item);
    }
    this.next();
  }

  append(item) {
    item.element = drawItem(item, this);
    this.list.append(item.element);
  }

  /** What is uploaded leaves the tray and is the letter's from now on; what failed stays to be seen. */
  take() {
    const ready = this.items.filter((item) => item.state === "ready");
    for (const item of ready) item.element.remove();
    this.items = this.items.filter((item) => item.state !== "ready");
    this.all.querySelector("input").checked = false;
    this.show();
    return ready;
  }

  /** Files the box has already, as {id, kind, name, size}: nothing is uploaded. */
  hold(files) {
    this.items.push(...files.map((file) => ({ ...file, shownAs: file.kind, state: "ready" })));
    this.redrawAll();
    this.show();
  }

  putBack(items) {
    this.items = [...items, ...this.items];
    this.redrawAll();
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
    item.upload = upload(item.file, item.meant, (progress) => { item.progress = progress; this.redraw(item); });
    try {
      const { id, kind } = await item.upload.finished;
      Object.assign(item, { id, kind: this.asFiles && CHOICES[kind] ? "document" : kind, shownAs: kind, state: "ready" });
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
    (this.list.querySelector(".tray-item > button:last-child") ?? this.attach).focus();
  }

  retry(item) {
    item.state = "waiting";
    this.redraw(item);
    this.next();
  }

  chooseKind(item, kind) {
    item.kind = kind;
    this.redraw(item);
    item.element.querySelector("select")?.focus();
  }

  takeAllAsFiles(asFiles) {
    for (const item of this.items) if (CHOICES[item.shownAs]) item.kind = asFiles ? "document" : item.shownAs;
    this.redrawAll();
  }

  /** One step up or down; the focus goes along. */
  move(item, step) {
    const place = this.items.indexOf(item) + step;
    if (place < 0 || place >= this.items.length) return;
    this.moveTo(item, place);
    const arrows = item.element.querySelectorAll(".tray-order button");
    const [same, other] = step < 0 ? arrows : [...arrows].reverse();
    (same.disabled ? other : same).focus();
  }

  moveTo(item, place) {
    this.items = this.items.filter((other) => other !== item);
    this.items.splice(place, 0, item);
    this.redrawAll();
    this.told(word("now_at", { name: item.name, place: place + 1, count: this.items.length }));
  }

  show() {
    this.frame.hidden = this.items.length === 0;
    this.all.hidden = this.items.filter((item) => CHOICES[item.shownAs]).length < 2;
    if (this.list.childElementCount !== this.shownCount) this.redrawAll();
    this.changed();
  }

  redrawAll() {
    this.shownCount = this.items.length;
    this.list.replaceChildren(...this.items.map((item) => (item.element = drawItem(item, this))));
  }

  redraw(item) {
    const bar = item.element.querySelector("progress");
    if (item.state === "uploading" && bar) { bar.value = item.progress; return; }
    const fresh = drawItem(item, this);
    item.element.replaceWith(fresh);
    item.element = fresh;
  }
}
