// Microphone, camera and screen: opened together, closed together, and in a word why not.

const SOUND = { channelCount: { ideal: 1 }, echoCancellation: true, noiseSuppression: true, autoGainControl: true };
const PICTURE = {
  // The front camera shows a face, the other one what is broken.
  video_note: { width: { ideal: 640 }, height: { ideal: 640 }, frameRate: { ideal: 30 }, facingMode: { ideal: "user" } },
  video: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 }, facingMode: { ideal: "environment" } },
};
const SCREEN = { width: { max: 1920 }, height: { max: 1080 }, frameRate: { ideal: 15, max: 30 } };
const REASONS = {
  NotAllowedError: "denied",
  SecurityError: "denied",
  NotFoundError: "missing",
  OverconstrainedError: "missing",
  NotReadableError: "busy",
  AbortError: "busy",
};

/** `reason`: insecure, unsupported, denied, missing, busy, not_shared or failed. */
export class Unable extends Error {
  constructor(reason, cause) {
    super(reason, { cause });
    this.reason = reason;
  }
}

/** What is recorded; `lacks` is "sound" without a microphone, "voice" when only the screen is heard. */
class Source {
  #opened;
  #mixer;

  constructor(stream, opened = [stream], lacks = "", mixer = null) {
    this.stream = stream;
    this.lacks = lacks;
    this.#opened = opened;
    this.#mixer = mixer;
  }

  /** Once, when a device goes away or the sharing is ended elsewhere. */
  whenGone(act) {
    for (const track of this.#opened.flatMap((stream) => stream.getTracks())) track.addEventListener("ended", act, { once: true });
  }

  close() {
    for (const track of this.#opened.flatMap((stream) => stream.getTracks())) track.stop();
    this.#mixer?.close();
  }
}

/** Asks the person; rejects with Unable. */
export async function openSource(kind) {
  if (!isSecureContext) throw new Unable("insecure");
  if (!navigator.mediaDevices?.getUserMedia || !window.MediaRecorder) throw new Unable("unsupported");
  if (kind === "screen") return openScreen();
  const picture = PICTURE[kind];
  try {
    return new Source(await navigator.mediaDevices.getUserMedia({ audio: SOUND, video: picture ?? false }));
  } catch (error) {
    // "Not found" does not tell which: a camera without a microphone still shows.
    const shown = picture && reasonOf(error) === "missing" ? await navigator.mediaDevices.getUserMedia({ video: picture }).catch(() => null) : null;
    if (shown) return new Source(shown, [shown], "sound");
    throw new Unable(reasonOf(error), error);
  }
}

/** The screen first: it may only be asked for right after a press. A screen without a voice is worth sending, too. */
async function openScreen() {
  if (!navigator.mediaDevices.getDisplayMedia) throw new Unable("unsupported");
  const screen = await navigator.mediaDevices.getDisplayMedia({ video: SCREEN, audio: true, ...stayHere() }).catch((error) => {
    throw new Unable(reasonOf(error) === "denied" ? "not_shared" : reasonOf(error), error);
  });
  const voice = await navigator.mediaDevices.getUserMedia({ audio: SOUND }).catch(() => null);
  return mix(screen, voice);
}

/** The question about the microphone comes next, on this page: it must stay in front. */
function stayHere() {
  if (!window.CaptureController?.prototype.setFocusBehavior) return {};
  const controller = new CaptureController();
  controller.setFocusBehavior("no-focus-change");
  return { controller };
}

/** Recorders keep one track of sound: what the screen plays and what is said become one. */
function mix(screen, voice) {
  const sounds = [screen, voice].filter((stream) => stream?.getAudioTracks().length);
  const opened = voice ? [screen, voice] : [screen];
  const lacks = voice ? "" : "voice";
  if (sounds.length < 2) return new Source(new MediaStream([...screen.getVideoTracks(), ...(sounds[0]?.getAudioTracks() ?? [])]), opened, lacks);
  const mixer = new AudioContext();
  const mixed = mixer.createMediaStreamDestination();
  for (const stream of sounds) mixer.createMediaStreamSource(stream).connect(mixed);
  return new Source(new MediaStream([...screen.getVideoTracks(), ...mixed.stream.getAudioTracks()]), opened, lacks, mixer);
}

function reasonOf(error) {
  return REASONS[error?.name] ?? "failed";
}
