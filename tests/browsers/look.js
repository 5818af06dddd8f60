// What a browser makes of a rendition, measured in one of the desk's pages. An expression: its value has `film`,
// `sound` and `picture`, each of which takes an address and promises a report.
(() => {
  const SECONDS = 40;
  const COLUMNS = 16;
  const ROWS = 12;
  // Parts of a film's length at which it is looked at.
  const PLACES = [0.25, 0.75];
  const LOUD = 0.01;

  const pause = () => new Promise((go) => setTimeout(go, 20));

  async function until(happened, what) {
    const end = performance.now() + SECONDS * 1000;
    while (!happened()) {
      if (performance.now() > end) throw new Error(`no ${what} within ${SECONDS} s`);
      await pause();
    }
  }

  function add(element, url) {
    element.preload = "auto";
    element.src = url;
    document.body.append(element);
    return element;
  }

  function remove(element) {
    element.pause();
    element.removeAttribute("src");
    element.load();
    element.remove();
  }

  function fail(element) {
    if (element.error) throw new Error(`${element.error.code}: ${element.error.message}`);
  }

  async function load(element) {
    await until(() => element.error || element.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA, "data");
    fail(element);
  }

  /** On a busy machine "seeked" comes before the picture does. One that stays the same is not painted anew. */
  function repaint(element) {
    const shown = element.requestVideoFrameCallback ? new Promise((go) => element.requestVideoFrameCallback(go)) : pause();
    return Promise.race([shown, new Promise((go) => setTimeout(go, 300))]);
  }

  async function seek(element, to) {
    let seeked = false;
    element.addEventListener("seeked", () => (seeked = true), { once: true });
    const painted = repaint(element);
    element.currentTime = to;
    await until(() => element.error || seeked, `"seeked" for ${to}`);
    fail(element);
    await painted;
    if (Math.abs(element.currentTime - to) > 0.15) throw new Error(`sought ${to}, is at ${element.currentTime}`);
  }

  /** Mean colours of a grid of cells, row by row: red, green, blue times opacity, then opacity; 0 to 255. */
  function mosaic(source, ownWidth, ownHeight) {
    // The smallest has fewer points than the grid has cells.
    const times = Math.ceil(COLUMNS / Math.min(COLUMNS, ownWidth, ownHeight));
    const [width, height] = [ownWidth * times, ownHeight * times];
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    pen.imageSmoothingEnabled = false;
    pen.drawImage(source, 0, 0, width, height);
    const { data } = pen.getImageData(0, 0, width, height);
    const sums = new Float64Array(COLUMNS * ROWS * 5);
    for (let at = 0; at < data.length; at += 4) {
      const x = (at / 4) % width;
      const y = Math.floor(at / 4 / width);
      const cell = (Math.floor((y * ROWS) / height) * COLUMNS + Math.floor((x * COLUMNS) / width)) * 5;
      const opacity = data[at + 3] / 255;
      for (let part = 0; part < 3; part += 1) sums[cell + part] += data[at + part] * opacity;
      sums[cell + 3] += data[at + 3];
      sums[cell + 4] += 1;
    }
    const cells = Array.from({ length: COLUMNS * ROWS }, (_, cell) => [...sums.subarray(cell * 5, cell * 5 + 5)]);
    return cells.flatMap(([red, green, blue, opacity, count]) => [red, green, blue, opacity].map((sum) => Math.round(sum / count)));
  }

  async function film(url, isHeard) {
    const element = add(document.createElement("video"), url);
    element.playsInline = true;
    try {
      await load(element);
      const { duration, videoWidth: width, videoHeight: height } = element;
      const shown = [];
      for (const place of PLACES) {
        await seek(element, place * duration);
        shown.push(mosaic(element, width, height));
      }
      await seek(element, 0);
      return { duration, width, height, shown, ...(await play(element, isHeard)) };
    } finally {
      remove(element);
    }
  }

  async function sound(url) {
    const element = add(document.createElement("audio"), url);
    try {
      await load(element);
      const { duration } = element;
      for (const place of [...PLACES, 0]) await seek(element, place * duration);
      return { duration, ...(await play(element, true)) };
    } finally {
      remove(element);
    }
  }

  /** Until time moves and, if anything is to be heard, the sound does. */
  async function play(element, isHeard) {
    element.loop = true;
    const ear = isHeard ? await listen(element) : null;
    await element.play();
    const start = element.currentTime;
    await until(() => element.error || element.currentTime !== start, "movement");
    fail(element);
    return { loudness: ear ? await hear(ear) : 0 };
  }

  /** The ear at an element. One context for all: a browser has few. */
  async function listen(element) {
    const context = (globalThis.testContext ??= new AudioContext());
    await context.resume();
    const ear = context.createAnalyser();
    context.createMediaElementSource(element).connect(ear);
    ear.connect(context.destination);
    return ear;
  }

  /** The loudest of two moments that are not alike; 1 is as loud as can be. */
  async function hear(ear) {
    const [before, now] = [new Float32Array(ear.fftSize), new Float32Array(ear.fftSize)];
    const loudness = (wave) => Math.max(...wave.map(Math.abs));
    await until(() => (ear.getFloatTimeDomainData(before), loudness(before) > LOUD), "sound");
    await until(() => {
      ear.getFloatTimeDomainData(now);
      return loudness(now) > LOUD && now.some((value, at) => value !== before[at]);
    }, "moving sound");
    return Math.max(loudness(before), loudness(now));
  }

  async function picture(url) {
    const image = Object.assign(new Image(), { src: url });
    document.body.append(image);
    try {
      await image.decode();
      const { naturalWidth: width, naturalHeight: height } = image;
      return { width, height, shown: [mosaic(image, width, height)] };
    } finally {
      image.remove();
    }
  }

  /** A picture that moves: how many frames the browser finds, and what it shows first and last. */
  async function animation(url) {
    const response = await fetch(url);
    const decoder = new ImageDecoder({ data: await response.arrayBuffer(), type: response.headers.get("Content-Type"), preferAnimation: true });
    await decoder.tracks.ready;
    await decoder.completed;
    const frames = decoder.tracks.selectedTrack.frameCount;
    const shown = [];
    for (const frameIndex of [0, frames - 1]) {
      const { image } = await decoder.decode({ frameIndex });
      shown.push(mosaic(image, image.displayWidth, image.displayHeight));
      image.close();
    }
    decoder.close();
    return { frames, shown };
  }

  return { film, sound, picture, animation };
})()
