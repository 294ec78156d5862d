// The first transfer in five steps: which one is next, said at the top and marked on the thing to click.

import { firstName } from "./texts.js";

/** Steps 0 to 4; 5: all done. `wait`: nothing has to be clicked just now. */
export function nextStep({ client, employee, pbx }) {
  if (pbx.why === "joined") return { at: 5 };
  if (client.state === "idle" || client.state === "over") return { at: 0 };
  switch (pbx.why) {
    case "talk": return { at: 2 };
    case "prompt":
    case "number": return { at: 2, wait: true };
    case "ringing": return { at: 3, left: employee.call === "over" };
    case "consult":
    case "three_way": return { at: 4 };
    case "failure": return employee.call === "over" ? { at: 3, left: true, wait: true } : { at: 3, back: true };
    case "invalid": return { at: 3, back: true };
    case "returning":
    case "beep": return { at: 3, back: true, wait: true };
    default: return { at: 1 };
  }
}

/** Writes the steps into a list and marks the element that is next with `data-next`. */
export function showSteps(list, state, texts) {
  const next = nextStep(state);
  const { steps } = texts;
  const called = state.colleagues.find((colleague) => colleague.state !== "idle") ?? state.colleagues[0];
  const labels = [
    steps.call(firstName(state.client.name)),
    steps.answer,
    next.at === 2 && next.wait ? steps.sending : steps.tap(called.name),
    next.back ? steps.back : steps.colleague(firstName(called.name)),
    next.at === 5 ? steps.done : steps.connect,
  ];
  list.setAttribute("aria-label", texts.stepsLabel);
  while (list.children.length < labels.length) list.append(step(list.children.length + 1));
  labels.forEach((label, i) => {
    const item = list.children[i];
    item.querySelector("span").textContent = label;
    item.title = label;
    item.className = i < next.at || (next.left && i === 4) ? "done" : i === next.at ? "now" : "";
    if (i === next.at) item.setAttribute("aria-current", "step");
    else item.removeAttribute("aria-current");
  });
  mark(next, called);
}

function step(number) {
  const item = document.createElement("li");
  const sign = document.createElement("i");
  sign.textContent = number;
  item.append(sign, document.createElement("span"));
  return item;
}

function mark(next, called) {
  const onScreen = "#bezel";
  const places = ["#client-call", onScreen, onScreen, next.back ? onScreen : `#colleague-${called.number}-answer`, onScreen];
  const place = next.wait ? null : places[next.at];
  for (const element of document.querySelectorAll("[data-next]")) {
    if (!place || !element.matches(place)) element.removeAttribute("data-next");
  }
  if (place) document.querySelector(place)?.setAttribute("data-next", "");
}
