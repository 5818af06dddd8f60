// Classic scripts and style sheets, fetched when the first map comes into view and not before.

const scripts = new Map();

/** Run a classic script of our own origin, once per page; rejects when it cannot be loaded. */
export function loadScript(address) {
  if (!scripts.has(address)) {
    const loading = loaded(Object.assign(document.createElement("script"), { src: address }), document.head);
    // A later map may try again: the box may only have been restarting.
    loading.catch(() => scripts.delete(address));
    scripts.set(address, loading);
  }
  return scripts.get(address);
}

/** Add a style sheet to a shadow root; resolves once it applies. */
export function loadStyle(address, root) {
  return loaded(Object.assign(document.createElement("link"), { rel: "stylesheet", href: address }), root);
}

/** The address of a style sheet of this plugin, whatever file these scripts came in. `host` is a map's element. */
export function sheetOf(host, name) {
  return host.getAttribute("sheets") + name;
}

function loaded(element, parent) {
  return new Promise((resolve, reject) => {
    element.addEventListener("load", () => resolve());
    element.addEventListener("error", () => reject(new Error(`cannot load ${element.src || element.href}`)));
    parent.append(element);
  });
}
