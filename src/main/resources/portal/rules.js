// The list of rules: they are dragged to their place, or moved by Alt and an arrow.

const list = document.querySelector("ol[data-order]");

function move(item, to) {
  const form = document.getElementById(list.dataset.order);
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "move";
  field.value = item.dataset.id + ":" + to;
  form.append(field);
  form.submit();
}

function reorder() {
  document.getElementById("moving-hint").hidden = false;
  let dragged = null;
  let begun = 0;
  const items = () => [...list.children];
  for (const item of items()) {
    const grip = item.querySelector(".grip");
    grip.addEventListener("pointerdown", () => { item.draggable = true; });
    grip.addEventListener("pointerup", () => { item.draggable = false; });
    item.addEventListener("dragstart", (event) => {
      dragged = item;
      begun = items().indexOf(item);
      item.classList.add("dragged");
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", item.dataset.id);
    });
    item.addEventListener("dragover", (event) => {
      if (dragged) {
        event.preventDefault();
        const box = item.getBoundingClientRect();
        list.insertBefore(dragged, event.clientY > box.top + box.height / 2 ? item.nextSibling : item);
      }
    });
    item.addEventListener("drop", (event) => event.preventDefault());
    item.addEventListener("dragend", (event) => {
      item.draggable = false;
      item.classList.remove("dragged");
      const to = items().indexOf(item);
      if (event.dataTransfer.dropEffect === "none") {
        list.insertBefore(item, items().filter((each) => each !== item)[begun] ?? null); // given up
      } else if (to !== begun) {
        move(item, to);
      }
      dragged = null;
    });
  }
  list.addEventListener("keydown", (event) => {
    const item = event.target.closest("li");
    if (item && event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      item.querySelector(event.key === "ArrowUp" ? ".earlier" : ".later")?.click();
    }
  });
  // What was moved keeps the focus, so that it can be moved on.
  const moved = document.getElementById(new URLSearchParams(location.search).get("moved"));
  if (moved) {
    moved.classList.add("moved");
    moved.querySelector("h3 a").focus();
  }
}

if (list?.children.length) {
  reorder();
}
