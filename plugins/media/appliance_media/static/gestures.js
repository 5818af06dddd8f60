// Hands on a picture: dragging, pinching, the wheel, a double click; a swipe when there is nothing to move.

const SWIPE = 60;
const STILL = 6;

/** `swipe` is called with 1 or -1, `tap` for a click beside the picture. */
export function feelHands(stage, zoom, { swipe, tap }) {
  const hands = new Hands(zoom, swipe);
  stage.addEventListener("pointerdown", (event) => hands.put(event));
  stage.addEventListener("pointermove", (event) => hands.move(event, stage));
  for (const name of ["pointerup", "pointercancel"]) stage.addEventListener(name, (event) => hands.lift(event));
  stage.addEventListener("dragstart", (event) => event.preventDefault());
  stage.addEventListener("click", (event) => event.target === stage && !hands.moved && tap());
  stage.addEventListener("dblclick", (event) => event.target instanceof HTMLImageElement && zoom.toggle(pointOf(event)));
  stage.addEventListener("wheel", (event) => turnWheel(event, zoom), { passive: false });
}

function turnWheel(event, zoom) {
  if (event.target instanceof HTMLVideoElement) return;
  event.preventDefault();
  // Some wheels count lines, some pixels; a pinch on a touch pad comes as a small turn with Ctrl.
  const pixels = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1);
  zoom.by(Math.exp(-pixels * (event.ctrlKey ? 0.01 : 0.002)), pointOf(event));
}

class Hands {
  moved = false;
  #down = new Map();
  #start = null;
  #zoom;
  #swipe;

  constructor(zoom, swipe) {
    this.#zoom = zoom;
    this.#swipe = swipe;
  }

  put(event) {
    // A film's own controls are under that hand.
    if (event.button !== 0 || event.target instanceof HTMLVideoElement) return;
    this.#down.set(event.pointerId, pointOf(event));
    this.#start = this.#down.size === 1 ? pointOf(event) : null;
    this.moved = this.#down.size > 1;
  }

  move(event, stage) {
    const before = this.#down.get(event.pointerId);
    if (!before) return;
    const now = pointOf(event);
    const other = [...this.#down].find(([id]) => id !== event.pointerId)?.[1];
    this.#down.set(event.pointerId, now);
    if (this.#start && distance(now, this.#start) > STILL) this.moved = true;
    // Only now: a click shall tell what it was made on.
    if (this.moved) stage.setPointerCapture(event.pointerId);
    if (other) this.#pinch(before, now, other);
    else if (this.#zoom.isNear) this.#zoom.move(now.x - before.x, now.y - before.y);
  }

  lift(event) {
    const last = this.#down.get(event.pointerId);
    if (!this.#down.delete(event.pointerId) || !this.#start) return;
    const [across, down] = [last.x - this.#start.x, last.y - this.#start.y];
    const flat = Math.abs(across) > SWIPE && Math.abs(across) > 2 * Math.abs(down);
    this.#start = null;
    if (flat && event.type === "pointerup" && !this.#zoom.isNear) this.#swipe(across < 0 ? 1 : -1);
  }

  #pinch(before, now, other) {
    const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
    this.#zoom.by(distance(now, other) / Math.max(1, distance(before, other)), middle);
    this.#zoom.move((now.x - before.x) / 2, (now.y - before.y) / 2);
  }
}

function pointOf(event) {
  return { x: event.clientX, y: event.clientY };
}

function distance(one, other) {
  return Math.hypot(one.x - other.x, one.y - other.y);
}
