// Who hears whom: three telephones around the PBX. Every leg has two lanes, one to the ear and one from the mouth; a lane is
// lit while something runs along it, and a badge says what the ear at its end hears.

import { firstName, initials } from "./texts.js";

const SVG = "http://www.w3.org/2000/svg";
const PBX = { x: 260, y: 60 };
const PEOPLE = {
  client: { x: 66, y: 60, from: [92, 60], to: [222, 60], label: [66, 104, "middle"] },
  employee: { x: 260, y: 190, from: [260, 163], to: [260, 86], label: [222, 188, "end"] },
  colleague: { x: 454, y: 60, from: [428, 60], to: [298, 60], label: [454, 104, "middle"] },
};
const OTHER = { x: 454, y: 190 };
/** Half the distance of the two lanes of a leg. */
const LANE = 6;
/** How a thing heard is lit and drawn, on a grid of 24. */
const SOUNDS = {
  client: ["voice", "M7 10v4M12 6v12M17 9v6"],
  employee: ["voice", "M7 10v4M12 6v12M17 9v6"],
  colleague: ["voice", "M7 10v4M12 6v12M17 9v6"],
  both: ["voice", "M5 10v4M9 7v10M15 7v10M19 10v4"],
  music: ["music", "M10 17V6l7-2v11M10 17a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0M17 15a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0"],
  prompt: ["tone", "M5 7h14v8h-8l-3 3v-3H5z"],
  invalid: ["bad", "M12 6v7M12 17v.5"],
  dial_tone: ["tone", "M5 12h14"],
  ringback: ["tone", "M4 12h6M14 12h6"],
  busy: ["bad", "M5 12h1M11.5 12h1M18 12h1"],
  congestion: ["bad", "M4 12h.5M9.5 12h.5M14.5 12h.5M19.5 12h.5"],
  beep: ["tone", "M10 12h4"],
};
const PERSON = "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 20c0-3.500 4-5.500 8-5.500s8 2 8 5.500z";

function draw(parent, tag, attributes = {}) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  parent.append(element);
  return element;
}

export class Diagram {
  /** An empty `<svg viewBox="-14 24 548 196">`. */
  constructor(svg) {
    this.svg = svg;
    this.otherLeg = draw(svg, "path", { class: "leg other", d: `M287 ${OTHER.y}H${OTHER.x - 22}` });
    this.people = {};
    for (const [who, place] of Object.entries(PEOPLE)) this.people[who] = this.newLeg(place);
    draw(svg, "rect", { class: "pbx", x: PBX.x - 38, y: PBX.y - 26, width: 76, height: 52, rx: 14 });
    this.pbx = draw(svg, "text", { class: "pbx", x: PBX.x, y: PBX.y + 6, "text-anchor": "middle" });
    for (const [who, place] of Object.entries(PEOPLE)) Object.assign(this.people[who], this.newPerson(who, place));
    this.other = this.newPerson("other", { ...OTHER, small: true, label: [OTHER.x, OTHER.y + 34, "middle"] });
  }

  newLeg({ from: [x1, y1], to: [x2, y2] }) {
    const group = draw(this.svg, "g");
    const upright = x1 === x2;
    const [dx, dy] = upright ? [LANE, 0] : [0, LANE];
    draw(group, "path", { class: "leg", d: `M${x1} ${y1}L${x2} ${y2}` });
    return {
      group,
      mouth: this.newLane(group, [x1 - dx, y1 - dy], [x2 - dx, y2 - dy]),
      ear: this.newLane(group, [x2 + dx, y2 + dy], [x1 + dx, y1 + dy]),
      badge: this.newBadge(group, (x1 + x2) / 2, (y1 + y2) / 2),
    };
  }

  /** A lane that runs to `to`, with an arrow head there. */
  newLane(group, [x1, y1], [x2, y2]) {
    const lane = draw(group, "g", { class: "lane" });
    const [ax, ay] = [Math.sign(x2 - x1) * 7, Math.sign(y2 - y1) * 7];
    draw(lane, "path", { class: "run", d: `M${x1} ${y1}L${x2 - ax} ${y2 - ay}` });
    draw(lane, "path", { class: "head", d: `M${x2} ${y2}L${x2 - ax - ay * 0.7} ${y2 - ay - ax * 0.7}L${x2 - ax + ay * 0.7} ${y2 - ay + ax * 0.7}z` });
    return lane;
  }

  newBadge(group, x, y) {
    const badge = draw(group, "g", { class: "badge", transform: `translate(${x} ${y})` });
    draw(badge, "circle", { r: 14 });
    return { badge, sign: draw(badge, "path", { class: "sign", transform: "translate(-10.2 -10.2) scale(.85)" }) };
  }

  newPerson(who, { x, y, label: [lx, ly, anchor], small }) {
    const node = draw(this.svg, "g", { class: `node ${who}` });
    draw(node, "circle", { cx: x, cy: y, r: small ? 20 : 27 });
    const face = draw(node, "text", { class: "initials", x, y: y + 5, "text-anchor": "middle" });
    if (who === "employee") draw(node, "path", { class: "person", d: PERSON, transform: `translate(${x - 15} ${y - 16}) scale(1.25)` });
    const name = draw(node, "text", { class: "name", x: lx, y: ly, "text-anchor": anchor });
    const hears = small ? null : draw(node, "text", { class: "hears", x: lx, y: ly + 17, "text-anchor": anchor });
    return { node, face, name, hears };
  }

  /** Shows the world's state. */
  show(state, texts) {
    this.pbx.textContent = texts.pbxName;
    const { client, employee, other, pbx } = state;
    const called = state.colleagues.find((colleague) => colleague.state !== "idle");
    const active = employee.call === "active" || employee.call === "holding";
    this.showPerson("client", texts, {
      name: firstName(client.name), face: initials(client.name), hears: client.hears,
      leg: client.state === "talking" ? "up" : client.state === "ringing" ? "rings" : "none",
      idle: client.state === "ringing" ? texts.clientStates.ringing : texts.notThere,
    });
    this.showPerson("employee", texts, {
      name: texts.you, face: "", hears: employee.call === "active" ? employee.hears : null,
      leg: active ? "up" : employee.call === "ringing" ? "rings" : "none",
      idle: employee.call === "holding" ? texts.held
        : employee.call === "ringing" ? texts.employeeRings : texts.notThere,
    });
    this.showPerson("colleague", texts, {
      name: called ? firstName(called.name) : texts.noColleague, face: called ? initials(called.name) : "", hears: called?.hears ?? null,
      leg: called?.state === "talking" ? "up" : called?.state === "ringing" ? "rings" : "none",
      idle: called?.state === "ringing" ? texts.rings : texts.notThere,
    });
    this.showMouths([client.hears, active ? employee.hears : null, called?.hears]);
    this.people.employee.group.classList.toggle("held", employee.call === "holding");
    const calls = other.state !== "idle";
    for (const element of [this.other.node, this.otherLeg]) element.classList.toggle("gone", !calls);
    this.otherLeg.classList.toggle("rings", other.state === "ringing");
    this.otherLeg.classList.toggle("talks", other.state === "talking");
    this.other.face.textContent = initials(other.name);
    this.other.name.textContent = "";
    this.svg.setAttribute("aria-label", `${texts.pbxName}: ${pbx.legs.map((leg) => this.people[leg].name.textContent).join(", ")}`);
  }

  showPerson(who, texts, { name, face, hears, leg, idle }) {
    const person = this.people[who];
    const [kind, sign] = SOUNDS[hears] ?? ["", ""];
    person.name.textContent = name;
    person.face.textContent = face;
    person.hears.textContent = hears ? texts.hearsWhat(texts.hears[hears]) : idle;
    person.group.setAttribute("class", `line ${leg}`);
    person.node.classList.toggle("away", leg === "none");
    person.node.classList.toggle("rings", leg === "rings");
    person.ear.setAttribute("class", `lane ${kind}`);
    person.badge.badge.setAttribute("class", `badge ${kind}`);
    person.badge.sign.setAttribute("d", sign);
  }

  /** A mouth's lane is lit while it is in anybody's ear; `both`: everybody's is in everybody's. */
  showMouths(ears) {
    for (const [who, person] of Object.entries(this.people)) {
      person.mouth.setAttribute("class", `lane ${ears.includes(who) || ears.includes("both") ? "voice" : ""}`);
    }
  }
}
