// One file to the box, with progress: fetch() cannot tell how much has left.

import { csrfToken } from "./requests.js";
import { askToSignIn } from "./sign-in.js";

/** `finished` answers {id, kind}; `stop` gives up. Errors carry `words` when the box said why.
 *  `kind` is as what the file is meant; without one the box guesses. */
export function upload(file, kind, onProgress) {
  const request = new XMLHttpRequest();
  const finished = new Promise((resolve, reject) => {
    request.upload.onprogress = (event) => { if (event.lengthComputable) onProgress(event.loaded / event.total); };
    request.onload = () => (request.status === 200 ? resolve(JSON.parse(request.responseText)) : reject(refusal(request)));
    request.onerror = request.onabort = () => reject(new Error("not uploaded"));
  });
  const form = new FormData();
  form.set("file", file, file.name || "image.png");
  if (kind) form.set("kind", kind);
  request.open("POST", "/uploads");
  request.setRequestHeader("X-CSRFToken", csrfToken());
  request.setRequestHeader("HX-Request", "true");
  request.send(form);
  return { finished, stop: () => request.abort() };
}

function refusal(request) {
  if (request.status === 401) askToSignIn(request.getResponseHeader("X-Sign-In") || "/login");
  const plain = (request.getResponseHeader("Content-Type") || "").startsWith("text/plain");
  return Object.assign(new Error("refused"), { words: plain ? request.responseText : undefined });
}
