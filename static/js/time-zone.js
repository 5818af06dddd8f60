// The browser knows the time zone: offered until somebody has chosen one.

export function guessZone() {
  const select = document.querySelector("[data-guess-zone]");
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!select || !zone) return;
  if (![...select.options].some((option) => option.value === zone)) return;
  select.value = zone;
}
