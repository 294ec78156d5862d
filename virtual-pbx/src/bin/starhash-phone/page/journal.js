// What happened, as a list of sentences; a click on one shows its moment on the timeline.

/** Older lines go: nobody scrolls back further, and the list stays quick. `events.jsonl` has them all. */
const MOST = 400;

export class Journal {
  /** An `<ol>`, and what to do with the time of a line that was clicked, in microseconds. */
  constructor(list, lookAt) {
    this.list = list;
    list.addEventListener("click", (event) => {
      const line = event.target.closest("button");
      if (line) lookAt(Number(line.dataset.t));
    });
    list.addEventListener("keydown", (event) => this.walk(event));
  }

  /** Sets the language of what the list says while it is empty. */
  speak(texts) {
    this.list.dataset.empty = texts.empty;
  }

  /** Adds an event, if it has a sentence. */
  add({ t_us, at, say }) {
    if (!say) return;
    const atEnd = this.list.scrollTop + this.list.clientHeight >= this.list.scrollHeight - 8;
    const item = document.createElement("li");
    const line = document.createElement("button");
    const time = document.createElement("time");
    line.dataset.t = t_us;
    line.tabIndex = -1;
    line.className = say.startsWith(" ") ? `${at} minor` : at;
    time.textContent = (t_us / 1e6).toFixed(2);
    line.append(time, say.trim());
    item.append(line);
    this.list.append(item);
    if (this.list.childElementCount > MOST) this.list.firstElementChild.remove();
    if (atEnd) this.list.scrollTop = this.list.scrollHeight;
  }

  walk(event) {
    const step = { ArrowUp: "previousElementSibling", ArrowDown: "nextElementSibling" }[event.key];
    if (!step) return;
    const item = document.activeElement.closest("li");
    const next = item ? item[step] : this.list.lastElementChild;
    next?.firstElementChild.focus();
    event.preventDefault();
  }
}
