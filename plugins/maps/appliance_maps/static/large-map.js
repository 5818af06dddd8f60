// <large-map><button>…</button><template><dialog>…</dialog></template></large-map>: the button opens the dialog.
//
// The dialog stands at the end of the page while it is open, so that nothing morphed around the button closes it. Its
// map follows the small one: a live location moves on.

const FOLLOWED = ["lat", "lon", "accuracy", "heading"];

class LargeMap extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this);
  }

  disconnectedCallback() {
    this.removeEventListener("click", this);
  }

  handleEvent(event) {
    if (event.target.closest("button")) this.#open();
  }

  #open() {
    const dialog = this.querySelector("template").content.cloneNode(true).firstElementChild;
    document.body.append(dialog);
    const following = follow(this.closest(".maps-place")?.querySelector("location-map"), dialog);
    dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
    // The backdrop counts as the dialog itself; its content does not.
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    dialog.addEventListener("close", () => {
      following?.disconnect();
      dialog.remove();
    });
    dialog.showModal();
  }
}

function follow(small, dialog) {
  const large = dialog.querySelector("location-map");
  if (!small || !large) return null;
  const copy = () => {
    for (const name of FOLLOWED) {
      if (small.hasAttribute(name)) large.setAttribute(name, small.getAttribute(name));
      else large.removeAttribute(name);
    }
  };
  copy();
  const following = new MutationObserver(copy);
  following.observe(small, { attributeFilter: FOLLOWED });
  return following;
}

customElements.define("large-map", LargeMap);
