// The page's texts, in the reader's language; scripts hold none of their own.

const table = JSON.parse(document.querySelector('meta[name="words"]')?.content || "{}");

/** The text behind a key, with its {named} places filled in. */
export function word(key, places = {}) {
  return (table[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => places[name] ?? whole);
}

/** Bytes as people read them. */
export function fileSize(bytes) {
  const language = document.documentElement.lang;
  const write = (value, digits) => new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);
  if (bytes < 1024) return word("bytes", { size: bytes });
  if (bytes < 1024 * 1024) return word("kilobytes", { size: write(bytes / 1024, 0) });
  return word("megabytes", { size: write(bytes / 1024 / 1024, 1) });
}
