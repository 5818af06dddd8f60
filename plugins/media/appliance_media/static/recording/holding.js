// Whose take it is right now. A page that lives holds its takes; one that was reloaded or crashed holds none any more.

/** From now on no other page offers this take; answers how to let it go. */
export function hold(id) {
  let letGo = () => {};
  const held = new Promise((done) => { letGo = done; });
  // Where a page may record there are locks; a browser without them only offers a take that is still being made.
  navigator.locks?.request(nameOf(id), () => held);
  return letGo;
}

/** Calls `offer` once no page holds the take, which is then held until the promise it answers is settled. */
export function whenLeft(id, signal, offer) {
  if (!navigator.locks) return offer();
  return navigator.locks.request(nameOf(id), { signal }, offer).catch((error) => {
    if (error.name !== "AbortError") throw error;
  });
}

function nameOf(id) {
  return `media-recording-${id}`;
}
