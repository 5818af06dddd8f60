// What is being recorded is kept in the browser piece by piece: a reload or a crash loses nothing.

const NAME = "media-recordings";
const KEPT_DAYS = 30;
let opening = null;

/** A take: {id, owner, kind, type, started, seconds}. `owner` says whose it is and for which ticket. */
export function keep(take, number, piece) {
  return work("readwrite", (takes, pieces) => {
    takes.put(take);
    pieces.put({ take: take.id, number, piece });
  });
}

/** Oldest first; what nobody came back for in a month is forgotten. */
export async function takesOf(owner) {
  const all = await work("readonly", (takes) => takes.getAll());
  const limit = Date.now() - KEPT_DAYS * 24 * 3600 * 1000;
  for (const take of all) if (take.started < limit) await forget(take.id);
  return all.filter((take) => take.owner === owner && take.started >= limit).sort((one, other) => one.started - other.started);
}

export function has(id) {
  return work("readonly", (takes) => takes.count(id));
}

export async function read(take) {
  const kept = await work("readonly", (_takes, pieces) => pieces.getAll(piecesOf(take.id)));
  return new Blob(kept.map(({ piece }) => piece), { type: take.type });
}

export function forget(id) {
  return work("readwrite", (takes, pieces) => {
    takes.delete(id);
    pieces.delete(piecesOf(id));
  });
}

/** Numbers of one take: an array sorts after every number. */
function piecesOf(id) {
  return IDBKeyRange.bound([id], [id, []]);
}

async function work(mode, act) {
  const database = await (opening ??= open());
  return new Promise((done, fail) => {
    const transaction = database.transaction(["takes", "pieces"], mode);
    const request = act(transaction.objectStore("takes"), transaction.objectStore("pieces"));
    transaction.oncomplete = () => done(request?.result);
    // A full disk aborts; there is no error event of a request then.
    transaction.onabort = () => fail(transaction.error ?? new Error("not kept"));
  });
}

function open() {
  return new Promise((done, fail) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("takes", { keyPath: "id" });
      request.result.createObjectStore("pieces", { keyPath: ["take", "number"] });
    };
    request.onsuccess = () => done(request.result);
    request.onerror = () => { opening = null; fail(request.error); };
  });
}
