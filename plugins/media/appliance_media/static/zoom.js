// A picture that fits its stage, and can be brought five times as near, moved and turned.

const NEAREST = 5;
const BESIDE = 2.5;

export class Zoom {
  level = 1;
  turn = 0;
  #at = { x: 0, y: 0 };
  #stage;
  #picture;
  #tell;

  /** `tell` is called after each change. The picture's width and height attributes are its real size. */
  constructor(stage, picture, tell) {
    this.#stage = stage;
    this.#picture = picture;
    this.#tell = tell;
    new ResizeObserver(() => this.#draw()).observe(stage);
  }

  get isNear() {
    return this.level > 1;
  }

  reset() {
    this.turn = 0;
    this.fit();
  }

  /** As far away as it was first. */
  fit() {
    this.level = 1;
    this.#at = { x: 0, y: 0 };
    this.#draw();
  }

  /** Nearer by a factor; the point {x, y} of the window stays where it is. */
  by(factor, point = null) {
    const level = Math.max(1, Math.min(NEAREST, this.level * factor));
    const ratio = level / this.level;
    const { x, y } = point ? this.#fromMiddle(point) : { x: 0, y: 0 };
    this.level = level;
    this.#at = { x: x - (x - this.#at.x) * ratio, y: y - (y - this.#at.y) * ratio };
    this.#draw();
  }

  toggle(point) {
    if (this.isNear) this.fit();
    else this.by(BESIDE, point);
  }

  move(x, y) {
    this.#at = { x: this.#at.x + x, y: this.#at.y + y };
    this.#draw();
  }

  rotate() {
    this.turn = (this.turn + 90) % 360;
    this.fit();
  }

  #fromMiddle({ x, y }) {
    const frame = this.#stage.getBoundingClientRect();
    return { x: x - frame.left - frame.width / 2, y: y - frame.top - frame.height / 2 };
  }

  /** Width and height of the whole picture as it lies, without turning it. */
  #size() {
    const [width, height] = ["width", "height"].map((name) => Number(this.#picture.getAttribute(name)) || 1);
    const { clientWidth, clientHeight } = this.#stage;
    const [across, down] = this.turn % 180 ? [height, width] : [width, height];
    const scale = Math.min(1, clientWidth / across, clientHeight / down);
    return { width: width * scale, height: height * scale };
  }

  #draw() {
    const { width, height } = this.#size();
    const [across, down] = this.turn % 180 ? [height, width] : [width, height];
    const room = (length, stage) => Math.max(0, (length * this.level - stage) / 2);
    const within = (value, most) => Math.max(-most, Math.min(most, value));
    this.#at.x = within(this.#at.x, room(across, this.#stage.clientWidth));
    this.#at.y = within(this.#at.y, room(down, this.#stage.clientHeight));
    const { style } = this.#picture;
    style.setProperty("inline-size", `${width}px`);
    style.setProperty("block-size", `${height}px`);
    style.setProperty("transform", `translate(-50%, -50%) translate(${this.#at.x}px, ${this.#at.y}px) rotate(${this.turn}deg) scale(${this.level})`);
    this.#tell();
  }
}
