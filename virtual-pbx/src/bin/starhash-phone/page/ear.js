// The audio thread's end of sound.js: a jitter buffer. It waits for 80 ms of sound before it begins, begins anew after a
// gap, and lets the oldest go when more than 160 ms have come: two clocks never agree for long.

const BEGIN = 640;
const MOST = 1280;
/** How often the loudness is told: every 800 samples, 0.1 s. */
const TELL = 800;

class Ear extends AudioWorkletProcessor {
  constructor() {
    super();
    this.waiting = [];
    this.at = 0;
    this.length = 0;
    this.playing = false;
    this.power = 0;
    this.counted = 0;
    this.port.onmessage = ({ data }) => (data === "clear" ? this.clear() : this.take(data));
  }

  clear() {
    this.waiting = [];
    this.at = 0;
    this.length = 0;
    this.playing = false;
  }

  take(samples) {
    this.waiting.push(samples);
    this.length += samples.length;
    while (this.length > MOST) this.drop();
    if (this.length >= BEGIN) this.playing = true;
  }

  drop() {
    this.length -= this.waiting.shift().length - this.at;
    this.at = 0;
  }

  next() {
    if (!this.playing) return 0;
    if (this.length === 0) {
      this.playing = false;
      return 0;
    }
    const sample = this.waiting[0][this.at];
    this.at += 1;
    this.length -= 1;
    if (this.at === this.waiting[0].length) {
      this.waiting.shift();
      this.at = 0;
    }
    return sample;
  }

  process(_, [[output]]) {
    for (let i = 0; i < output.length; i += 1) {
      output[i] = this.next();
      this.power += output[i] ** 2;
    }
    this.counted += output.length;
    if (this.counted >= TELL) {
      this.port.postMessage(Math.sqrt(this.power / this.counted));
      this.power = 0;
      this.counted = 0;
    }
    return true;
  }
}

registerProcessor("ear", Ear);
