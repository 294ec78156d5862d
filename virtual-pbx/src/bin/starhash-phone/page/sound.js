// What one ear hears. The context runs at the line's own 8 kHz, so that the browser resamples to the loudspeaker's rate
// with a filter better than one written here; `ear.js` keeps the jitter buffer on the audio thread.

export class Sound {
  /** The group of buttons with `data-ear` and the meter; sends `listen`; `failed` is called if the browser gives no sound. */
  constructor(group, send, failed) {
    this.buttons = [...group.querySelectorAll("[data-ear]")];
    this.meter = group.querySelector("meter");
    this.send = send;
    this.failed = failed;
    for (const button of this.buttons) button.addEventListener("click", () => this.listen(button.dataset.ear));
  }

  /** Called by a click alone: browsers let sound begin in no other way. */
  async listen(ear) {
    try {
      if (ear !== "none") await this.start();
    } catch (error) {
      console.error(error);
      this.failed();
      return;
    }
    this.player?.port.postMessage("clear");
    this.meter.value = 0;
    for (const button of this.buttons) button.setAttribute("aria-pressed", button.dataset.ear === ear);
    this.send({ do: "listen", ear });
  }

  async start() {
    if (!this.starting) this.starting = this.open();
    try {
      await this.starting;
    } catch (error) {
      this.starting = undefined;
      throw error;
    }
    await this.context.resume();
  }

  async open() {
    this.context = new AudioContext({ sampleRate: 8000, latencyHint: "interactive" });
    await this.context.audioWorklet.addModule("ear.js");
    this.player = new AudioWorkletNode(this.context, "ear", { numberOfInputs: 0, outputChannelCount: [1] });
    this.player.port.onmessage = ({ data }) => { this.meter.value = data; };
    this.player.connect(this.context.destination);
  }

  /** One message: 2, the ear, then 160 samples as little-endian i16. */
  play(data) {
    if (!this.player) return;
    const view = new DataView(data, 2);
    const samples = Float32Array.from({ length: view.byteLength >> 1 }, (_, i) => view.getInt16(2 * i, true) / 32768);
    this.player.port.postMessage(samples, [samples.buffer]);
  }
}
