// A list to choose from while the focus stays in a field: the arrows walk, the field says to screen readers where one is.

export class Listbox {
  /** `chosen` gets the option's element when it is clicked; `on` listens for as long as the list is used. */
  constructor(field, list, chosen, on = (target, kind, act) => target.addEventListener(kind, act)) {
    this.field = field;
    this.list = list;
    on(this.list, "pointerdown", (event) => event.preventDefault());
    on(this.list, "click", (event) => {
      const option = event.target.closest('[role="option"]:not([aria-disabled])');
      if (option) chosen(option);
    });
  }

  get options() { return [...this.list.querySelectorAll('[role="option"]:not([aria-disabled])')]; }

  get current() { return this.list.querySelector('[aria-selected="true"]'); }

  mark(option) {
    for (const each of this.options) each.setAttribute("aria-selected", String(each === option));
    if (option) {
      this.field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      this.field.removeAttribute("aria-activedescendant");
    }
    this.list.dispatchEvent(new CustomEvent("walked", { detail: option ?? null }));
  }

  /** Whether the key was a step. */
  walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const { options } = this;
    if (!step || event.ctrlKey || event.altKey || !options.length) return false;
    event.preventDefault();
    const place = options.indexOf(this.current);
    this.mark(options.at(place < 0 && step < 0 ? -1 : (place + step) % options.length));
    return true;
  }
}
