// What uses a thing as it is saved waits while a form of the page is changed: else it would use something else than is shown,
// and the page that comes after it would not have what was typed.

const forms = [...document.querySelectorAll("form[data-kept]")];

const isWritten = (field) => field.name && field.type !== "hidden" && field.type !== "submit"
  && field.type !== "button" && !field.name.startsWith("try.");
const plain = (text) => text.replace(/\r\n?/g, "\n").trim();

function initial(field) {
  if (field.type === "checkbox" || field.type === "radio") {
    return field.defaultChecked;
  } else if (field.localName === "select") {
    return ([...field.options].find((each) => each.defaultSelected) ?? field.options[0])?.value ?? "";
  }
  return plain(field.defaultValue ?? "");
}

function current(field) {
  return field.type === "checkbox" || field.type === "radio" ? field.checked : plain(field.value);
}

// Parts of a form come anew while it is built: what is there now is compared with what there was at first.
const written = (form, value) =>
  JSON.stringify([...form.elements].filter(isWritten).map((each) => [each.name, value(each)]));
const loaded = new Map(forms.map((form) => [form, written(form, initial)]));
const isChanged = (form) => form.dataset.kept === "changed" || written(form, current) !== loaded.get(form);

document.addEventListener("click", (event) => {
  const within = event.target.closest("button")?.closest("[data-saved-only]");
  const told = within?.parentElement.querySelector("[data-save-first]");
  if (told) {
    const changed = forms.find(isChanged);
    told.hidden = !changed;
    if (changed) {
      event.preventDefault();
      event.stopPropagation();
    }
  }
}, true);
