// Recordings that a reload, a crash or a change of the ticket has cut off: offered again at their ticket.

import { whenLeft } from "./holding.js";
import { has, takesOf } from "./shelf.js";

/** `offer(take)` shows one and answers a promise that is settled once it is attached or discarded. */
export async function offerUnfinished(owner, signal, offer) {
  for (const take of await takesOf(owner)) {
    await whenLeft(take.id, signal, async () => {
      // Another page may have offered it meanwhile.
      if (!signal.aborted && (await has(take.id))) await offer(take);
    });
    if (signal.aborted) return;
  }
}
