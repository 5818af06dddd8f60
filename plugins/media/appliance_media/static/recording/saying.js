// Words of the recorder: texts from the page, times and sizes as the reader's language writes them.

const language = document.documentElement.lang || "en";

/** (key, {places}) → the text behind a key of the element's `data-words`, filled in; "" for an unknown key. */
export function wordsOf(element) {
  const table = JSON.parse(element.dataset.words);
  return (key, places = {}) => (table[key] ?? "").replace(/\{(\w+)\}/g, (whole, name) => places[name] ?? whole);
}

/** "1 minute 5 seconds": a clock is read badly. */
export function spoken(seconds) {
  const whole = Math.round(seconds);
  const parts = [[Math.floor(whole / 60), "minute"], [whole % 60, "second"]].filter(([number, unit]) => number || (unit === "second" && whole < 60));
  return parts.map(([number, unit]) => measured(number, unit, "long")).join(" ");
}

export function sizeWords(bytes) {
  return measured(bytes / 1024 / 1024, "megabyte", "short", bytes < 10 << 20 ? 1 : 0);
}

/** Today by the clock, else with its day. */
export function moment(time) {
  const sameDay = new Date(time).toDateString() === new Date().toDateString();
  const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  return new Intl.DateTimeFormat(language, sameDay ? clock : { day: "numeric", month: "long", ...clock }).format(time);
}

function measured(number, unit, unitDisplay, maximumFractionDigits = 0) {
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay, maximumFractionDigits, minimumFractionDigits: maximumFractionDigits }).format(number);
}
