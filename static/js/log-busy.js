// While a stretch of a conversation is put in, its log is busy: a screen reader then keeps silent about what is no news.

// It looks at what was added a moment later: a log that is busy no more by then would be read out from its beginning.
const LOOKED_AT = 120;
let settling;

export function quieten(log) {
  clearTimeout(settling);
  log.setAttribute("aria-busy", "true");
}

/** All of it stands: what comes from now on is news. */
export function settle(log) {
  clearTimeout(settling);
  settling = setTimeout(() => log.setAttribute("aria-busy", "false"), LOOKED_AT);
}
