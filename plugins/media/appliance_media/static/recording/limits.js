// How long, how large and how fine a recording may be.

const UPLOAD = 50 << 20;

/** Seconds; bits a second of picture and sound. A round video is a minute at most wherever it is sent. */
export const LIMITS = {
  voice: { seconds: 600, sound: 32_000 },
  video_note: { seconds: 60, picture: 1_200_000, sound: 64_000 },
  video: { seconds: 300, picture: 2_000_000, sound: 64_000 },
  screen: { seconds: 300, picture: 2_000_000, sound: 64_000 },
};
export const LEAST_SECONDS = 1;
/** Whoever cancels a shorter one is not asked whether they mean it. */
export const ASK_FROM_SECONDS = 3;

/** Bytes that can be sent from here: the connection's limit, never more than one upload takes. */
export function bytesFor(form) {
  return Math.min(Number(form?.dataset.uploadLimit) || UPLOAD, UPLOAD);
}
