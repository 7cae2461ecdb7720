// The editor of routes. The text area stays what it is, for the keyboard, for screen readers and for undoing; behind it
// lies the same text in colours, with the places of mistakes and of the steps that a trial took.

const PAD = "  ";
const WAIT = 150;

/** The parts of a line: comments, names, texts, what is filled in, numbers. */
const PARTS = new RegExp(
  [
    "(?<comment>(?:^|\\s)#.*$)",
    "(?<dash>^\\s*(?:- +)*-(?= |$)|(?<=^\\s*)- )",
    "(?<name>[A-Za-z][\\w.-]*(?=:(?:\\s|$)))",
    "(?<filled>\\$\\{[^}]*\\}?|\\{\\{[^}]*\\}?\\}?)",
    "(?<=^|[\\s[{,(])(?<text>\"(?:[^\"\\\\]|\\\\.)*\"?|'(?:[^']|'')*'?)",
    "(?<value>\\b(?:true|false|null|\\d+(?:\\.\\d+)?)\\b)",
  ].join("|"),
  "g",
);

const FILLED = /(\$\{[^}]*\}|\{\{[^}]*\}\})/;

function coloured(line) {
  const div = document.createElement("div");
  let at = 0;
  for (const match of line.matchAll(PARTS)) {
    const [kind] = Object.entries(match.groups).find(([, text]) => text !== undefined);
    div.append(line.slice(at, match.index));
    for (const part of kind === "text" ? match[0].split(FILLED) : [match[0]]) {
      const span = document.createElement("span");
      span.className = FILLED.test(part) ? "filled" : kind;
      span.textContent = part;
      div.append(span);
    }
    at = match.index + match[0].length;
  }
  div.append(line.slice(at) || "\u200b");
  return div;
}

function edit(box) {
  const area = box.querySelector("textarea");
  const layer = document.createElement("pre");
  const sheet = document.createElement("div");
  const list = document.createElement("ul");
  const said = document.createElement("p");
  layer.setAttribute("aria-hidden", "true");
  layer.className = "layer";
  sheet.className = "sheet";
  Object.assign(list, { id: "completions", className: "completions", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.dataset.list);
  said.className = "unseen";
  said.setAttribute("role", "status");
  area.setAttribute("aria-autocomplete", "list");
  area.before(sheet);
  sheet.append(layer, area);
  box.append(list, said);
  box.classList.add("lit");

  let lines = [];
  let chosen = -1;
  let typed = "";
  let timer = 0;
  let asked = new AbortController();
  let saved = area.value;

  /** Only the lines between the first and the last that differ are made anew. */
  function draw() {
    const now = area.value.split("\n");
    let head = 0;
    while (head < lines.length && head < now.length && lines[head] === now[head]) head++;
    let tail = 0;
    while (tail < lines.length - head && tail < now.length - head
        && lines[lines.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
    for (let i = lines.length - tail - 1; i >= head; i--) layer.children[i].remove();
    const after = layer.children[head] ?? null;
    for (const line of now.slice(head, now.length - tail)) layer.insertBefore(coloured(line), after);
    lines = now;
  }

  function mark() {
    for (const line of layer.children) line.classList.remove("bad", "taken", "now");
    const faults = document.querySelectorAll("#faults [data-line]");
    area.setAttribute("aria-invalid", String(document.querySelector("#faults li") !== null));
    for (const fault of faults) {
      const line = layer.children[fault.dataset.line - 1];
      if (line) {
        const column = Math.max(0, fault.dataset.column - 1);
        const word = /^[\w.$-]*/.exec(lines[fault.dataset.line - 1].slice(column))[0].length;
        line.classList.add("bad");
        line.style.setProperty("--column", column);
        line.style.setProperty("--length", Math.max(1, word));
      }
    }
    for (const step of document.querySelectorAll("#trial [data-line]")) {
      const line = layer.children[step.dataset.line - 1];
      line?.classList.add("taken");
      line?.classList.toggle("now", line.classList.contains("now") || step.querySelector("details").open);
    }
  }

  function show(number, column) {
    const start = lines.slice(0, number - 1).reduce((sum, line) => sum + line.length + 1, 0) + column - 1;
    area.focus();
    area.setSelectionRange(start, start);
    layer.children[number - 1]?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function insert(from, text) {
    area.setSelectionRange(from, area.selectionEnd);
    if (!document.execCommand("insertText", false, text)) {
      area.setRangeText(text, from, area.selectionEnd, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  function close() {
    clearTimeout(timer);
    asked.abort();
    list.hidden = true;
    chosen = -1;
    area.removeAttribute("aria-activedescendant");
    area.removeAttribute("aria-controls");
  }

  function choose(index) {
    list.children[chosen]?.setAttribute("aria-selected", "false");
    chosen = (index + list.children.length) % list.children.length;
    const option = list.children[chosen];
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    area.setAttribute("aria-activedescendant", option.id);
  }

  function accept() {
    const text = list.children[chosen].dataset.text;
    close();
    insert(area.selectionStart - typed.length, text);
  }

  function place() {
    const before = area.value.slice(0, area.selectionStart).split("\n");
    const style = getComputedStyle(area);
    const line = parseFloat(style.lineHeight);
    const below = before.length * line + parseFloat(style.paddingTop) - sheet.scrollTop;
    list.style.setProperty("--top", `${below}px`);
    list.style.setProperty("--column", Math.min(before.at(-1).length - typed.length, 40));
  }

  async function complete() {
    asked.abort();
    asked = new AbortController();
    const before = area.value.slice(0, area.selectionStart);
    const form = new FormData(area.form);
    const body = new URLSearchParams({ formToken: form.get("formToken"), name: form.get("name") ?? "", before });
    try {
      const answer = await fetch(box.dataset.completions, {
        method: "POST", body, signal: asked.signal, headers: { "HX-Request": "true" },
      });
      if (!answer.ok || before !== area.value.slice(0, area.selectionStart)) return;
      const found = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("ul");
      if (!found?.children.length) {
        close();
        return;
      }
      typed = found.dataset.typed;
      list.replaceChildren(...found.children);
      [...list.children].forEach((option, index) => { option.id = `completion-${index}`; });
      list.hidden = false;
      chosen = -1;
      area.setAttribute("aria-controls", list.id);
      said.textContent = box.dataset.found.replace("{0}", list.children.length);
      place();
      if (typed) choose(0);
    } catch (failure) {
      if (failure.name !== "AbortError") throw failure;
    }
  }

  /** A new line begins where the one before does, or deeper below a name without a value. */
  function breakLine() {
    const line = area.value.slice(0, area.selectionStart).split("\n").at(-1);
    const indent = /^ *(?:- +)*/.exec(line)[0].replace(/-/g, " ");
    insert(area.selectionStart, "\n" + indent + (/:\s*$/.test(line) ? PAD : ""));
  }

  area.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const open = !list.hidden;
    if (event.key === " " && event.ctrlKey) {
      complete();
    } else if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      choose(chosen + (event.key === "ArrowDown" ? 1 : chosen < 0 ? 0 : -1));
    } else if (open && event.key === "Escape") {
      close();
    } else if (event.key === "Enter" && open && chosen >= 0) {
      accept();
    } else if (event.key === "Enter" && !event.ctrlKey && !event.shiftKey) {
      close();
      breakLine();
    } else {
      return;
    }
    event.preventDefault();
  });
  area.addEventListener("input", (event) => {
    draw();
    close();
    if (event.inputType === "insertText" && event.data !== null && /[\w :.-]/.test(event.data)) {
      timer = setTimeout(complete, WAIT);
    }
  });
  area.addEventListener("blur", close);
  area.addEventListener("click", close);
  sheet.addEventListener("scroll", close);
  list.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[role=option]");
    event.preventDefault();
    if (option) {
      chosen = [...list.children].indexOf(option);
      accept();
    }
  });
  document.addEventListener("click", (event) => {
    const fault = event.target.closest("#faults a")?.closest("[data-line]");
    if (fault) {
      event.preventDefault();
      show(Number(fault.dataset.line), Number(fault.dataset.column));
    }
  });
  document.addEventListener("toggle", (event) => {
    const step = event.target.closest?.("#trial [data-line]");
    if (step) {
      mark();
      if (event.target.open) layer.children[step.dataset.line - 1]?.scrollIntoView({ block: "nearest" });
    }
  }, true);
  document.addEventListener("htmx:afterSettle", mark);
  area.form.addEventListener("submit", () => { saved = area.value; });
  window.addEventListener("beforeunload", (event) => {
    if (area.value !== saved) event.preventDefault();
  });

  draw();
  mark();
}

document.querySelectorAll(".editor").forEach(edit);
