// Forms that are built by buttons: what a button adds has the focus, and zones of time and names of a message are at hand.

const form = document.querySelector("form[data-built]");
let order = null;

form.elements.zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
const zones = document.getElementById("zones");
for (const zone of ["UTC", ...(Intl.supportedValuesOf?.("timeZone") ?? [])]) {
  const option = document.createElement("option");
  option.value = zone;
  zones.append(option);
}

const last = (all) => [...all].at(-1);
const within = (selector) => document.querySelectorAll("#builder " + selector);

// Where something was taken away, the focus goes to what adds again.
const next = {
  act: () => last(within(".action"))?.querySelector("textarea, select, input:not([type=hidden])"),
  undo: () => within("button[value^=act]")[0],
  add: (where) => last([...within("select[name$='.field']")].filter((each) => each.name.startsWith(where + "."))),
  group: (where) => next.add(where),
  drop: () => within("button[value='add:n']")[0],
  more: (where) => last([...within(".maps input[name$='.field']")].filter((each) => each.name.startsWith(where + "."))),
  less: () => within("button[value^=more]")[0],
};

// What is typed while the answer is under way is not lost: it is put into the form that comes back.
let underWay = false;
let sent = null;
let typed = [];
const values = () => new Map([...within("[id][name]")]
  .map((each) => [each.id, each.type === "checkbox" ? each.checked : each.value]));

// What is pressed or chosen meanwhile is asked by a control that the answer replaces, and htmx drops a request of such a
// control: the one in its place asks again. Parts that move up when one is taken away have other names then, so not there.
const asked = [];
const again = (control) => control.id
  ? document.getElementById(control.id)
  : [...within("button[name='do']")].find((each) => each.value === control.value);
function askAgain() {
  const control = asked.shift();
  const now = control && again(control);
  if (now?.localName === "button") {
    now.click();
  } else {
    now?.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

form.addEventListener("htmx:confirm", (event) => {
  if (underWay && event.target.closest("#builder")) {
    event.preventDefault(); // it is asked by `askAgain`, not by htmx's own queue
    if (sent) {
      asked.push(event.target);
    }
  }
});
form.addEventListener("htmx:beforeRequest", (event) => {
  underWay = true;
  order = event.target.name === "do" ? event.target.value : null;
  sent = /^(drop|undo|less)/.test(order) ? null : values();
});
form.addEventListener("htmx:beforeSwap", () => {
  typed = sent ? [...values()].filter(([id, value]) => sent.has(id) && sent.get(id) !== value) : [];
});
form.addEventListener("htmx:afterSwap", () => {
  for (const [id, value] of typed) {
    const field = document.getElementById(id);
    if (field) {
      field[field.type === "checkbox" ? "checked" : "value"] = value;
    }
  }
  typed = [];
});
form.addEventListener("htmx:afterSettle", () => {
  if (order) {
    const [verb, where] = order.split(":");
    order = null;
    next[verb]?.(where)?.focus();
  }
});
form.addEventListener("htmx:afterRequest", () => {
  underWay = false;
  if (!sent) {
    asked.length = 0; // parts have other names now
  }
  askAgain();
});

// Names of a message go where the caret was last.
let field = null;
document.addEventListener("focusin", (event) => {
  if (event.target.matches("[data-template]")) {
    field = event.target.id;
  }
});
form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert]");
  const into = button && (document.getElementById(field) ?? document.querySelector("[data-template]"));
  if (into) {
    into.setRangeText(button.dataset.insert, into.selectionStart, into.selectionEnd, "end");
    into.focus();
    into.dispatchEvent(new Event("input", { bubbles: true }));
  }
});
const reveal = () => form.querySelectorAll(".names[hidden]").forEach((names) => { names.hidden = false; });
form.addEventListener("htmx:afterSettle", reveal);
reveal();
