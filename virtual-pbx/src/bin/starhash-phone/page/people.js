// Everybody around the employee's phone: the client, the colleagues, a second caller, the network.

import { initials } from "./texts.js";

const byId = (id) => document.getElementById(id);

/** Sets a text only if it is another one: what is selected or being read aloud stays so. */
function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Hides or shows a button; the focus goes to the one that takes its place, so that the keyboard does not get lost. */
function swap(pairs) {
  const lost = pairs.find(([button, shown]) => !shown && button === document.activeElement);
  for (const [button, shown] of pairs) button.hidden = !shown;
  if (lost) pairs.find(([, shown]) => shown)?.[0].focus();
}

export class People {
  /** Needs the elements of index.html and a function that sends one object to the server. */
  constructor(send) {
    this.send = send;
    this.rows = new Map();
    const acts = { "client-call": ["client", "call"], "client-hang-up": ["client", "hang_up"],
      "other-call": ["other", "call"], "other-hang-up": ["other", "hang_up"], "network-drop": ["network", "drop"] };
    for (const [id, [who, act]] of Object.entries(acts)) byId(id).addEventListener("click", () => send({ do: who, act }));
    byId("client-hold").addEventListener("click", () => send({ do: "client", act: this.clientHolds ? "unhold" : "hold" }));
    byId("network-hold").addEventListener("click", () => send({ do: "network", act: this.held ? "unhold" : "hold" }));
    byId("network-line").addEventListener("change", (event) => send({ do: "line", network: event.target.value }));
  }

  /** Shows the world's state. */
  show(state, texts) {
    this.showClient(state.client, state.pbx.why === "talk", texts);
    for (const [number, row] of this.rows) {
      if (state.colleagues.every((colleague) => colleague.number !== number)) {
        row.item.remove();
        this.rows.delete(number);
      }
    }
    for (const colleague of state.colleagues) this.showColleague(colleague, texts);
    this.showOther(state.other, texts);
    this.showNetwork(state, texts);
  }

  /** `direct`: nobody but the employee is at the other end. */
  showClient(client, direct, texts) {
    const panel = byId("client");
    write(panel.querySelector(".face"), initials(client.name));
    write(panel.querySelector("b"), client.name);
    write(panel.querySelector(".number"), client.number);
    const talks = client.state === "talking";
    const hears = client.hears && texts.hearsWhat(texts.hears[client.hears]);
    write(panel.querySelector(".state"), talks && hears ? hears : texts.clientStates[client.state]);
    panel.dataset.state = client.state;
    const called = talks || client.state === "ringing";
    write(byId("client-call"), client.state === "over" ? texts.callAgain : texts.callCompany);
    this.clientHolds = client.holds;
    const hold = byId("client-hold");
    write(hold, client.holds ? texts.clientUnhold : texts.clientHold);
    hold.setAttribute("aria-pressed", client.holds);
    swap([[byId("client-call"), !called], [byId("client-hang-up"), called], [hold, direct]]);
  }

  showColleague(colleague, texts) {
    const { number, name } = colleague;
    if (!this.rows.has(number)) this.rows.set(number, this.newRow(number));
    const row = this.rows.get(number);
    row.item.dataset.state = colleague.state;
    row.item.dataset.mode = colleague.mode;
    write(row.face, initials(name));
    write(row.name, name);
    const hears = colleague.hears && texts.hearsWhat(texts.hears[colleague.hears]);
    const about = colleague.state === "ringing" ? texts.rings : hears || colleague.department;
    write(row.about, [number, about].filter(Boolean).join(" · "));
    for (const [act, text] of [["answer", texts.answer], ["reject", texts.reject], ["hang_up", texts.hangUpShort]]) {
      write(row[act], text);
      row[act].setAttribute("aria-label", `${text}: ${name}`);
    }
    this.showMode(row.mode, colleague, texts);
    const is = (state) => colleague.state === state;
    swap([[row.answer, is("ringing")], [row.reject, is("ringing")], [row.hang_up, is("talking")], [row.mode, is("idle")]]);
  }

  showMode(select, { mode, name }, texts) {
    for (const option of select.options) write(option, texts.modes[option.value]);
    select.setAttribute("aria-label", texts.modeOf(name));
    select.value = mode;
  }

  newRow(number) {
    const make = (tag, of, with_ = {}) => Object.assign(document.createElement(tag), { className: of, ...with_ });
    const row = { item: make("li", "person"), face: make("span", "face"), name: make("b", ""), about: make("span", "state") };
    const who = make("div", "who");
    who.append(row.name, row.about);
    row.face.ariaHidden = "true";
    for (const [act, of] of [["answer", "act go"], ["reject", "act"], ["hang_up", "act end"]]) {
      row[act] = make("button", of, { id: `colleague-${number}-${act.replace("_", "-")}`, hidden: true });
      row[act].addEventListener("click", () => this.send({ do: "colleague", number, act }));
    }
    row.mode = make("select", "", { id: `colleague-${number}-mode` });
    for (const mode of ["free", "busy", "away"]) row.mode.add(new Option("", mode));
    row.mode.addEventListener("change", () => this.send({ do: "colleague_mode", number, mode: row.mode.value }));
    row.item.append(row.face, who, row.answer, row.reject, row.hang_up, row.mode);
    byId("colleagues").querySelector("ul").append(row.item);
    return row;
  }

  showOther(other, texts) {
    const row = byId("other");
    row.dataset.state = other.state;
    write(row.querySelector(".face"), initials(other.name));
    write(row.querySelector("b"), other.name);
    write(row.querySelector(".state"), texts.otherStates[other.state]);
    const calls = other.state !== "idle";
    swap([[byId("other-call"), !calls], [byId("other-hang-up"), calls]]);
  }

  showNetwork({ networks, network, held_by_network: held, employee }, texts) {
    const select = byId("network-line");
    if (select.length !== networks.length) select.replaceChildren(...networks.map((name) => new Option("", name)));
    for (const option of select.options) write(option, texts.networks[option.value] ?? option.value);
    select.value = network;
    this.held = held;
    const talking = employee.call === "active" || employee.call === "holding";
    const hold = byId("network-hold");
    write(hold, held ? texts.unhold : texts.hold);
    hold.setAttribute("aria-pressed", held);
    hold.disabled = !held && employee.call !== "active";
    byId("network-drop").disabled = !talking;
  }
}
