// A message that a thumb pulls to the right is quoted. The same is in its menu: nothing hangs on a gesture.

const PULLED = 56;
const FURTHEST = 72;
const BEGINS = 12;
// What has gestures of its own.
const OWN = "input, [role=slider], audio, video, location-map, .leaflet-container, pre";

export function keepSwiping() {
  let pull = null;
  document.addEventListener("pointerdown", (event) => {
    const bubble = event.pointerType === "mouse" || event.target.closest(OWN) ? null : event.target.closest("#log-items .message[data-message]");
    const quotable = bubble && !bubble.matches(".message-note, .message-deleted");
    pull = quotable ? { bubble, x: event.clientX, y: event.clientY, by: 0 } : null;
  });
  document.addEventListener("pointermove", (event) => {
    if (!pull) return;
    const by = event.clientX - pull.x;
    if (!pull.by && Math.abs(event.clientY - pull.y) > BEGINS) { pull = null; return; }
    if (!pull.by && by < BEGINS) return;
    pull.by = Math.max(1, Math.min(by, FURTHEST));
    pull.bubble.classList.add("pulled");
    pull.bubble.style.setProperty("transform", `translateX(${pull.by}px)`);
  });
  for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, (event) => { pull = release(pull, event.type === "pointerup"); });
}

function release(pull, meant) {
  if (!pull) return null;
  pull.bubble.classList.remove("pulled");
  pull.bubble.style.removeProperty("transform");
  if (meant && pull.by >= PULLED) document.dispatchEvent(new CustomEvent("desk:quote", { detail: { message: Number(pull.bubble.dataset.message) } }));
  return null;
}
