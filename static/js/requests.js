// Every request carries the CSRF token; every refusal is told in words; a lost session asks to sign in over the page.

import { askToSignIn } from "./sign-in.js";
import { toast } from "./toasts.js";
import { word } from "./words.js";

const GENERIC = { 403: "forbidden", 404: "gone" };

export class Refused extends Error {
  constructor(response, words) {
    super(words);
    this.status = response.status;
    this.words = words;
  }
}

export function csrfToken() {
  return document.querySelector('meta[name="csrf-token"]').content;
}

/** fetch() as the desk does it. Throws Refused with words to show, or TypeError when the box does not answer. */
export async function ask(address, options = {}) {
  const headers = { "HX-Request": "true", "X-CSRFToken": csrfToken(), ...options.headers };
  const response = await fetch(address, { credentials: "same-origin", ...options, headers });
  if (response.ok) return response;
  const told = await tell(response.status, response.headers, () => response.text());
  throw Object.assign(new Refused(response, told), { response });
}

/** The text of a fragment; null when it was not to be had. One that did not come through is looked for again later;
 *  `gone` is called when there is none any more. */
export async function look(address, gone = null) {
  try {
    return await (await ask(address)).text();
  } catch (error) {
    if (!(error instanceof Refused)) miss();
    else if (error.status === 404) gone?.();
    return null;
  }
}

function miss() {
  document.dispatchEvent(new CustomEvent("live:missed"));
}

/** The words of a refusal: the server's own line of plain text, else what its status means. */
async function tell(status, headers, text) {
  if (status === 401) {
    askToSignIn(headers.get("X-Sign-In") || "/login");
    return word("failed");
  }
  const plain = (headers.get("Content-Type") || "").startsWith("text/plain");
  const words = plain ? (await text()).trim() : "";
  return words || word(GENERIC[status] || "failed");
}

export function listenToHtmx() {
  document.addEventListener("htmx:config:request", (event) => {
    event.detail.ctx.request.headers["X-CSRFToken"] = csrfToken();
  });
  document.addEventListener("htmx:response:error", async (event) => {
    const { ctx } = event.detail;
    if (isRefresh(ctx)) return;
    const words = await tell(ctx.response.status, ctx.response.headers, async () => ctx.text);
    if (ctx.response.status !== 401) toast(words, { danger: true });
  });
  document.addEventListener("htmx:error", (event) => {
    const { ctx, error } = event.detail;
    if (!ctx || !(error instanceof TypeError)) return;
    if (isRefresh(ctx)) miss();
    else toast(word("offline"), { danger: true });
  });
}

// What the page fetches by itself fails quietly: the banner tells of a lost connection.
function isRefresh(ctx) {
  return ctx.sourceEvent?.type === "refresh";
}
