// Ctrl-K finds everything by a few letters: the page behind it is /find, which works without a script too.

const dialog = document.getElementById("palette");
const field = document.getElementById("palette-q");
const list = document.getElementById("palette-hits");
const none = document.getElementById("palette-none");
const PAUSE = 120;

let chosen = -1;
let waits;
let asked = 0;

function choose(index) {
  const options = list.children;
  chosen = options.length ? (index + options.length) % options.length : -1;
  [...options].forEach((one, i) => one.setAttribute("aria-selected", String(i === chosen)));
  field.setAttribute("aria-activedescendant", chosen < 0 ? "" : options[chosen].id);
  options[chosen]?.scrollIntoView({ block: "nearest" });
}

function option(link, index) {
  const one = document.createElement("li");
  one.id = "palette-" + index;
  one.setAttribute("role", "option");
  one.dataset.href = link.getAttribute("href");
  const name = document.createElement("bdi");
  name.textContent = link.textContent;
  const kind = document.createElement("span");
  kind.className = "dim";
  kind.textContent = link.nextElementSibling?.textContent ?? "";
  one.append(name, " ", kind);
  return one;
}

async function find() {
  const mine = ++asked;
  none.textContent = none.dataset.wait;
  try {
    const answer = await fetch("/find?q=" + encodeURIComponent(field.value));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine !== asked) {
      return; // somebody has typed on
    }
    const hits = page.getElementById("hits");
    if (!answer.ok || !hits) {
      throw new Error(answer.status);
    }
    list.replaceChildren(...[...hits.querySelectorAll("a")].map(option));
    none.textContent = list.children.length ? "" : none.dataset.none;
    choose(0);
  } catch {
    if (mine === asked) {
      list.replaceChildren();
      none.textContent = none.dataset.failed;
    }
  }
}

function open() {
  if (!dialog.open) {
    dialog.showModal();
    field.value = "";
    find();
  }
  field.focus();
}

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "k") {
    event.preventDefault();
    open();
  }
});
document.getElementById("find").addEventListener("click", (event) => {
  event.preventDefault();
  open();
});
field.addEventListener("input", () => {
  clearTimeout(waits);
  waits = setTimeout(find, PAUSE);
});
field.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    choose(chosen + step);
  } else if (event.key === "Enter" && chosen >= 0) {
    event.preventDefault();
    location.href = list.children[chosen].dataset.href;
  }
});
list.addEventListener("click", (event) => {
  const one = event.target.closest("[data-href]");
  if (one) {
    location.href = one.dataset.href;
  }
});
dialog.addEventListener("click", (event) => {
  if (event.target === dialog) {
    dialog.close(); // beside it
  }
});
