// In which format to record. Each names its codecs: "video/mp4" alone is VP9 in Chromium, which no messenger plays.

const SOUND = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus", "audio/mp4"];
const PICTURE = ["video/mp4;codecs=avc1.42E01E,mp4a.40.2", "video/mp4;codecs=avc1.42E01E,opus", "video/webm;codecs=vp8,opus", "video/webm"];
const ENDINGS = { "audio/ogg": "ogg", "audio/webm": "webm", "audio/mp4": "m4a", "video/mp4": "mp4", "video/webm": "webm" };

/** The first of ours that this browser writes; undefined when it writes none. A recorder's own word for what it writes
 *  is not asked: in Firefox it is empty. */
export function formatFor(kind) {
  return (kind === "voice" ? SOUND : PICTURE).find((type) => MediaRecorder.isTypeSupported(type));
}

/** A file with a name that says what it is and when it was recorded. */
export function fileOf(blob, kind, started) {
  const type = blob.type.split(";")[0];
  const two = (number) => String(number).padStart(2, "0");
  const at = new Date(started);
  const when = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}-${two(at.getHours())}-${two(at.getMinutes())}`;
  return new File([blob], `${kind.replace("_", "-")}-${when}.${ENDINGS[type] ?? "webm"}`, { type });
}
