// The phone's screen: pixels in, fingers and keys out.

/** Keys of a keyboard that are keys of the phone. Tab stays the browser's: it leads out of the screen. */
const KEYS = {
  Escape: "back",
  Backspace: "delete",
  Delete: "delete",
  Enter: "enter",
  " ": "space",
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
  PageUp: "volume_up",
  PageDown: "volume_down",
};
/** A message may have 4 KiB; nobody pastes more than this into a phone's search field. */
const LONGEST_PASTE = 500;

/** Bytes before the pixels of a message. */
const HEAD = 14;

/** The browser's own inflater works beside the page's thread. */
const inflate = (bytes) =>
  new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).arrayBuffer();

export class Screen {
  /** A canvas, and a function that sends one object to the server. */
  constructor(canvas, send) {
    this.canvas = canvas;
    this.send = send;
    this.context = canvas.getContext("2d", { alpha: false });
    this.frames = 0;
    this.drawn = Promise.resolve();
    this.finger = null;
    this.moved = null;
    canvas.addEventListener("pointerdown", (event) => this.down(event));
    canvas.addEventListener("pointermove", (event) => this.move(event));
    canvas.addEventListener("pointerup", (event) => this.lift(event, "up"));
    canvas.addEventListener("pointercancel", (event) => this.lift(event, "cancel"));
    canvas.addEventListener("contextmenu", (event) => event.preventDefault());
    canvas.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("paste", (event) => this.paste(event));
    new ResizeObserver(() => this.fit()).observe(canvas.parentElement.parentElement);
  }

  /** Draws one message: 1, 0, then screen w, h, x, y, w, h as big-endian u16, then RGBA, deflated. In the order of the calls. */
  draw(data) {
    this.drawn = this.drawn.then(async () => {
      this.show(new DataView(data, 0, HEAD), await inflate(data.slice(HEAD)));
      this.send({ do: "drawn" });
    });
    return this.drawn;
  }

  show(view, pixels) {
    const [width, height, x, y, w, h] = [2, 4, 6, 8, 10, 12].map((at) => view.getUint16(at));
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
      this.fit();
    }
    if (w > 0 && h > 0) this.context.putImageData(new ImageData(new Uint8ClampedArray(pixels), w, h), x, y);
    this.frames += 1;
    this.canvas.dataset.frames = this.frames;
  }

  /** The phone as the state tells it. */
  showPhone(phone) {
    this.canvas.parentElement.classList.toggle("off", !phone.on);
  }

  /** As large as the place allows, on whole pixels of the display. */
  fit() {
    const { width, height } = this.canvas;
    const bezel = this.canvas.parentElement;
    const place = bezel.parentElement.getBoundingClientRect();
    const keys = bezel.nextElementSibling.getBoundingClientRect();
    const frame = bezel.offsetWidth - this.canvas.offsetWidth;
    const landscape = width > height;
    const room = landscape ? innerWidth * 0.62 : place.width - keys.width;
    const scale = Math.min((place.height - frame) / height, room / width);
    const pixel = devicePixelRatio;
    this.canvas.style.width = `${Math.floor(width * scale * pixel) / pixel}px`;
    this.canvas.style.height = `${Math.floor(height * scale * pixel) / pixel}px`;
  }

  pixel(event) {
    const place = this.canvas.getBoundingClientRect();
    const within = (value, size) => Math.min(size - 1, Math.max(0, Math.floor(value * size)));
    return {
      x: within((event.clientX - place.left) / place.width, this.canvas.width),
      y: within((event.clientY - place.top) / place.height, this.canvas.height),
    };
  }

  down(event) {
    if (event.button !== 0 || this.finger !== null) return;
    this.canvas.focus({ preventScroll: true });
    this.canvas.setPointerCapture(event.pointerId);
    this.finger = event.pointerId;
    this.send({ do: "pointer", action: "down", ...this.pixel(event) });
  }

  /** At most one move a display frame: the phone draws no more often. */
  move(event) {
    if (event.pointerId !== this.finger) return;
    if (this.moved === null) requestAnimationFrame(() => this.tellMove());
    this.moved = this.pixel(event);
  }

  tellMove() {
    if (this.moved !== null && this.finger !== null) this.send({ do: "pointer", action: "move", ...this.moved });
    this.moved = null;
  }

  lift(event, action) {
    if (event.pointerId !== this.finger) return;
    this.tellMove();
    this.finger = null;
    this.send({ do: "pointer", action, ...this.pixel(event) });
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = KEYS[event.key];
    if (key) this.send({ do: "press", key });
    // The names of keys that write nothing are longer than one character.
    else if ([...event.key].length === 1) this.send({ do: "type", text: event.key });
    else return;
    event.preventDefault();
  }

  paste(event) {
    if (document.activeElement !== this.canvas) return;
    const text = [...event.clipboardData.getData("text").replace(/\s+/g, " ").trim()].slice(0, LONGEST_PASTE).join("");
    if (text) this.send({ do: "type", text });
  }
}
