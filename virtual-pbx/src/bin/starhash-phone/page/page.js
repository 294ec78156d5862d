// The page of `cargo phone`: one WebSocket, and the parts that show what comes over it. docs/page-protocol.md has the words.

import { Diagram } from "./diagram.js";
import { Journal } from "./journal.js";
import { People } from "./people.js";
import { Screen } from "./screen.js";
import { Sound } from "./sound.js";
import { showSteps } from "./steps.js";
import { textsOf } from "./texts.js";
import { Timeline } from "./timeline.js";

const SCREEN = 1;
const SOUND = 2;
/** How long a line of trouble stays, in milliseconds. */
const TROUBLE_STAYS = 7000;

const byId = (id) => document.getElementById(id);
const address = new URL("ws", location.href);
address.protocol = "ws:";
const socket = new WebSocket(address);
socket.binaryType = "arraybuffer";

let texts = textsOf(document.documentElement.lang);
let state;
let troubleTimer;

const send = (message) => {
  if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
};
const trouble = (text) => {
  const line = byId("trouble");
  line.textContent = text;
  line.hidden = false;
  clearTimeout(troubleTimer);
  troubleTimer = setTimeout(() => { line.hidden = true; }, TROUBLE_STAYS);
};

/** The page is of another version than its server, or what came is broken: nothing that follows can be trusted. */
const unreadable = () => {
  trouble(texts.unreadable);
  socket.close();
};

const screen = new Screen(byId("screen"), send);
const sound = new Sound(byId("listen"), send, () => trouble(texts.noSound));
const people = new People(send);
const diagram = new Diagram(byId("diagram"));
const timeline = new Timeline(byId("timeline"), byId("pause"));
const journal = new Journal(byId("journal"), (t) => timeline.lookAt(t));

const received = {
  state(message) {
    if (message.lang !== state?.lang) speak(message.lang);
    state = message;
    document.body.dataset.why = state.pbx.why;
    document.body.toggleAttribute("data-landscape", state.phone.landscape);
    byId("brand").title = `Starhash ${state.version}`;
    byId("key-night").setAttribute("aria-pressed", state.phone.night);
    byId("key-rotate").setAttribute("aria-pressed", state.phone.landscape);
    byId("font-scale").value = String(state.phone.font_scale);
    screen.showPhone(state.phone);
    people.show(state, texts);
    diagram.show(state, texts);
    showSteps(byId("steps"), state, texts);
    const sentence = sentenceOf(state);
    // A live region that is written again is read again.
    if (byId("sentence").textContent !== sentence) byId("sentence").textContent = sentence;
  },
  event(message) {
    timeline.add(message);
    journal.add(message);
  },
  clock: (message) => timeline.clock(message.t_us),
  error: (message) => trouble(texts.refusals[message.text] ?? message.text),
};

/** What the PBX does, in one sentence. */
function sentenceOf({ pbx, client, employee, held_by_network: held }) {
  if (held) return texts.why.held;
  if (employee.call === "holding") return texts.why.onHold;
  if (pbx.why === "none" && client.state === "ringing") return texts.why.calling;
  if (pbx.why === "talk" && client.holds) return texts.why.clientHolds;
  const alone = !pbx.legs.includes("employee") && employee.call !== "ringing" ? texts.why[`${pbx.why}Alone`] : null;
  return alone ?? texts.why[pbx.why];
}

/** Puts every text that never changes by itself into a language. */
function speak(lang) {
  texts = textsOf(lang);
  document.documentElement.lang = lang;
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = texts[element.dataset.text];
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", texts[element.dataset.label]);
    if (element.matches("button, select, label, meter")) element.title = texts[element.dataset.label];
  }
  for (const button of document.querySelectorAll("[data-ear]")) {
    button.textContent = texts.ears[button.dataset.ear];
    button.title = texts.earTitles[button.dataset.ear];
  }
  byId("key-lang").textContent = texts.otherLanguage;
  timeline.speak(texts);
  journal.speak(texts);
}

for (const key of document.querySelectorAll("[data-press]")) {
  key.addEventListener("click", () => send({ do: "press", key: key.dataset.press }));
}
for (const scale of [0.85, 1, 1.15, 1.3, 1.5, 1.8, 2]) byId("font-scale").add(new Option(`${scale}`, scale));
byId("key-power").addEventListener("click", () => send({ do: "power" }));
byId("key-rotate").addEventListener("click", () => send({ do: "configure", landscape: !state.phone.landscape }));
byId("key-night").addEventListener("click", () => send({ do: "configure", night: !state.phone.night }));
byId("font-scale").addEventListener("change", (event) => send({ do: "configure", font_scale: Number(event.target.value) }));
byId("key-lang").addEventListener("click", () => send({ do: "configure", lang: state.lang === "ru" ? "en" : "ru" }));
byId("reload").addEventListener("click", () => location.reload());

socket.addEventListener("message", ({ data }) => {
  if (typeof data === "string") {
    const message = JSON.parse(data);
    const receive = received[message.type];
    if (receive) receive(message);
    else unreadable();
    return;
  }
  const kind = new Uint8Array(data, 0, 1)[0];
  if (kind === SCREEN) {
    screen.draw(data).catch(unreadable);
  } else if (kind === SOUND) {
    sound.play(data);
  } else {
    unreadable();
  }
});
socket.addEventListener("close", () => byId("lost").showModal());
addEventListener("beforeunload", () => socket.close());

speak(navigator.language.startsWith("ru") ? "ru" : "en");
