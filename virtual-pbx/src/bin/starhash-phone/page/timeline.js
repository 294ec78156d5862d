// The last 8 seconds: what the PBX did, the tones the phone sent, those that sounded on the line after the network had
// delayed, stretched or lost them, and the symbols the PBX decoded from that sound.

const SPAN = 8e6;
/** The newest moment keeps this far from the edge, so that what becomes known a little late still appears inside. */
const AHEAD = 0.3e6;
/** As many events as are kept for looking back. */
const MOST = 4000;
const LEFT = 62;
const FLAGS = 46;
/** A row: the key above, its bar below; at 8 s in 400 px a tone is too narrow to hold its key. */
const ROW = 27;
const BAR = 10;
const ROWS = 3;
const FONT = "500 11px Roboto, system-ui, sans-serif";

export class Timeline {
  /** A canvas and the button that stops the time in it. */
  constructor(canvas, pause) {
    this.canvas = canvas;
    this.pause = pause;
    this.events = [];
    this.offset = null;
    this.end = null;
    pause.addEventListener("click", () => this.stopAt(this.end === null ? this.now() : null));
    new ResizeObserver(() => this.draw()).observe(canvas);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
    const turn = () => {
      if (this.end === null) this.draw();
      requestAnimationFrame(turn);
    };
    requestAnimationFrame(turn);
  }

  /** Sets the language. */
  speak(texts) {
    this.texts = texts;
    this.pause.textContent = this.end === null ? texts.pause : texts.goOn;
    this.draw();
  }

  /** The server's time in microseconds. Messages arrive unevenly: the offset follows slowly, and jumps when it is far off. */
  clock(t) {
    const offset = t - performance.now() * 1000;
    const far = this.offset === null || Math.abs(offset - this.offset) > 5e5;
    this.offset = far ? offset : this.offset + (offset - this.offset) * 0.1;
  }

  /** An event of events.jsonl. */
  add(event) {
    this.events.push(event);
    if (this.events.length > MOST) this.events.splice(0, MOST / 4);
  }

  /** Shows a moment in the middle and stops there. */
  lookAt(t) {
    this.stopAt(t + SPAN / 2);
  }

  now() {
    return this.offset === null ? 0 : performance.now() * 1000 + this.offset + AHEAD;
  }

  stopAt(end) {
    this.end = end;
    this.pause.textContent = end === null ? this.texts.pause : this.texts.goOn;
    this.pause.setAttribute("aria-pressed", end !== null);
    this.draw();
  }

  draw() {
    const { canvas } = this;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    if (width === 0 || !this.texts) return;
    const pixels = [Math.round(width * devicePixelRatio), Math.round(height * devicePixelRatio)];
    if (canvas.width !== pixels[0] || canvas.height !== pixels[1]) [canvas.width, canvas.height] = pixels;
    const style = getComputedStyle(canvas);
    this.colour = (name) => style.getPropertyValue(`--${name}`);
    const c = canvas.getContext("2d");
    c.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    c.clearRect(0, 0, width, height);
    c.font = FONT;
    c.textBaseline = "middle";
    const end = this.end ?? this.now();
    const x = (t) => LEFT + ((t - end + SPAN) / SPAN) * (width - LEFT);
    this.drawGrid(c, x, end, width);
    c.save();
    c.beginPath();
    c.rect(LEFT, 0, width - LEFT, height);
    c.clip();
    this.drawTones(c, x, end);
    this.drawFlags(c, x, end);
    c.restore();
  }

  /** Where the bars of a row begin. */
  row(n) {
    return FLAGS + n * ROW + ROW - BAR - 2;
  }

  /** Below the last row. */
  get bottom() {
    return FLAGS + ROWS * ROW;
  }

  drawGrid(c, x, end, width) {
    c.textAlign = "left";
    c.fillStyle = this.colour("soft");
    const { rows } = this.texts;
    c.fillText(rows.pbx, 0, FLAGS / 2 - 2);
    [rows.sent, rows.line, rows.decoded].forEach((name, n) => c.fillText(name, 0, this.row(n) + BAR / 2));
    c.fillStyle = this.colour("track");
    for (let n = 0; n < ROWS; n += 1) {
      c.beginPath();
      c.roundRect(LEFT, this.row(n), width - LEFT, BAR, 4);
      c.fill();
    }
    c.textAlign = "center";
    for (let t = Math.ceil((end - SPAN) / 1e6) * 1e6; t <= end; t += 1e6) {
      if (t < 0) continue;
      c.fillStyle = this.colour("line");
      c.fillRect(Math.round(x(t)), 0, 1, this.bottom);
      c.fillStyle = this.colour("soft");
      if (x(t) > LEFT + 8 && x(t) < width - 8) c.fillText(t / 1e6, x(t), this.bottom + 9);
    }
  }

  drawTones(c, x, end) {
    let begun = null;
    for (const event of this.events) {
      const { t_us: t, at, key, ms } = event;
      if (at === "binder" && event.do === "tone_on") begun = event;
      if (at === "binder" && event.do === "tone_off") {
        this.drawBar(c, x(t - ms * 1000), x(t), this.row(0), key, "sent");
        begun = null;
      }
      if (at === "line" && event.do === "tone_off") this.drawBar(c, x(t - ms * 1000), x(t), this.row(1), key, "line-tone");
      if (at === "pbx" && event.do === "decoded") this.drawBar(c, x(t - ms * 1000), x(t), this.row(2), key, "heard");
    }
    if (begun) this.drawBar(c, x(begun.t_us), x(Math.min(end, this.now())), this.row(0), begun.key, "sent");
  }

  drawBar(c, from, to, y, key, kind) {
    if (to < LEFT) return;
    c.fillStyle = this.colour(kind);
    c.beginPath();
    c.roundRect(from, y, Math.max(3, to - from), BAR, 3);
    c.fill();
    c.textAlign = "center";
    c.fillText(key, (from + to) / 2, y - (key === "*" ? 5 : 8));
  }

  drawFlags(c, x) {
    const free = [LEFT, LEFT];
    c.textAlign = "left";
    for (const event of this.events) {
      if (event.at !== "pbx") continue;
      const flag = this.texts.flags[event.do];
      const words = typeof flag === "function" ? flag(event) : flag;
      const at = x(event.t_us);
      if (!words || at < LEFT - 120) continue;
      const wide = c.measureText(words).width + 12;
      const lane = at >= free[0] ? 0 : at >= free[1] ? 1 : free[0] <= free[1] ? 0 : 1;
      const bad = event.do === "lost" || event.do === "leaked";
      const y = lane * 21;
      free[lane] = at + wide + 3;
      c.fillStyle = this.colour(bad ? "bad" : "flag");
      c.fillRect(at, y, 1.5, this.bottom - y);
      c.beginPath();
      c.roundRect(at, y, wide, 18, [0, 6, 6, 0]);
      c.fill();
      c.fillStyle = this.colour(bad ? "on-bad" : "on-flag");
      c.fillText(words, at + 6, y + 9.5);
    }
  }
}
