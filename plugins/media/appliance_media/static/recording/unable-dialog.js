// Why nothing can be recorded here, and what to do instead: the phone's own recorder or camera, or a file.

const PHONE = matchMedia("(hover: none) and (pointer: coarse)");
const CAPTURE = { voice: ["audio/*", "user"], video_note: ["video/*", "user"], video: ["video/*", "environment"], screen: ["video/*", ""] };
// Nobody can mend these by trying once more.
const LASTING = new Set(["insecure", "unsupported"]);

export class UnableDialog {
  #dialog;
  #words;
  #kind = "";

  /** `take` gets (file, kind) that was recorded elsewhere; `again` gets the kind to be tried once more. */
  constructor(dialog, words, take, again) {
    this.#dialog = dialog;
    this.#words = words;
    this.find("file").addEventListener("change", ({ target }) => this.#choose(target, take));
    this.find("again").addEventListener("click", () => { dialog.close(); again(this.#kind); });
  }

  find(name) { return this.#dialog.querySelector(`[data-${name}]`); }

  /** `reason` as in devices.js. */
  show(kind, reason) {
    this.#kind = kind;
    const device = kind === "voice" || kind === "screen" ? kind : "camera";
    const first = (...keys) => keys.map((key) => this.#words(key)).find(Boolean);
    this.find("explanation").textContent = first(`${reason}_${device}`, reason, "failed");
    this.find("help").hidden = reason !== "insecure";
    this.find("again").hidden = LASTING.has(reason);
    this.find("instead").textContent = this.#words(`instead_${PHONE.matches ? "phone" : "desk"}_${kind === "screen" ? "screen" : "device"}`);
    this.find("choose").textContent = this.#words(PHONE.matches && kind !== "screen" ? `open_${device}` : "choose_file");
    this.#prepare(this.find("file"), kind);
    this.#dialog.showModal();
  }

  /** Phones open their own recorder for it; other browsers ignore that and let choose a file. */
  #prepare(input, kind) {
    const [accept, capture] = CAPTURE[kind];
    input.accept = accept;
    input.toggleAttribute("capture", Boolean(capture));
    if (capture) input.setAttribute("capture", capture);
  }

  /** What is neither sound nor film after all goes as what it is. */
  #choose(input, take) {
    const [file] = input.files;
    input.value = "";
    if (!file) return;
    this.#dialog.close();
    const family = file.type.split("/")[0];
    const fits = this.#kind === "voice" ? family === "audio" : family === "video";
    take(file, fits ? this.#kind : "");
  }
}
