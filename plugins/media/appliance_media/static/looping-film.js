// <looping-film><video muted loop …></looping-film>: an animation. It moves while it is in view, unless the reader asked
// for less motion or paused it; the browser's own controls are there for that.

class LoopingFilm extends HTMLElement {
  #watcher = new IntersectionObserver((seen) => this.#follow(seen.at(-1).isIntersecting), { threshold: 0.5 });
  #stopped = matchMedia("(prefers-reduced-motion: reduce)").matches;
  #ours = false;

  connectedCallback() {
    this.addEventListener("pause", this, true);
    this.addEventListener("play", this, true);
    this.#watcher.observe(this);
  }

  disconnectedCallback() {
    this.#watcher.disconnect();
  }

  handleEvent(event) {
    if (!this.#ours) this.#stopped = event.type === "pause";
    this.#ours = false;
  }

  #follow(visible) {
    const film = this.querySelector("video");
    if (!film || this.#stopped || visible !== film.paused) return;
    this.#ours = true;
    if (visible) film.play().catch(() => (this.#ours = false));
    else film.pause();
  }
}

customElements.define("looping-film", LoopingFilm);
