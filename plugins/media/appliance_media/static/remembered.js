// What this browser remembers of the reader's ways. One that keeps nothing remembers until the page goes.

const here = new Map();

/** The text remembered under this name; null when there is none. */
export function recall(name) {
  try {
    return localStorage.getItem(`media.${name}`) ?? here.get(name) ?? null;
  } catch {
    return here.get(name) ?? null;
  }
}

export function remember(name, text) {
  here.set(name, text);
  try {
    localStorage.setItem(`media.${name}`, text);
  } catch {
    // Kept here, then.
  }
}
