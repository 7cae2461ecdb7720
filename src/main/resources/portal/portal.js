// What a page can do better where scripts run: times in the reader's zone, copying, choosing many at once.

const zoned = new Intl.DateTimeFormat(navigator.languages, { dateStyle: "medium", timeStyle: "medium" });
const short = new Intl.DateTimeFormat(navigator.languages, { timeStyle: "medium" });
const exact = new Intl.DateTimeFormat(navigator.languages, {
  weekday: "short", day: "numeric", month: "short", year: "numeric",
  hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3, timeZoneName: "short",
});
const hour = new Intl.DateTimeFormat(navigator.languages, { hour: "2-digit", minute: "2-digit" });

function today(at) {
  return at.toDateString() === new Date().toDateString();
}

function enhance(root) {
  for (const time of root.querySelectorAll("time[datetime]:not([data-zoned])")) {
    const at = new Date(time.dateTime);
    time.dataset.zoned = "";
    time.textContent = (today(at) ? short : zoned).format(at);
    time.title = exact.format(at) + " · " + time.dateTime;
  }
  for (const title of root.querySelectorAll("title[data-hour]")) {
    title.textContent = hour.format(new Date(title.dataset.hour)) + title.textContent.replace(/^[^:]*:\d+[^:]*/, "");
    delete title.dataset.hour;
  }
  for (const zone of root.querySelectorAll("[data-zone]")) {
    zone.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone;
  }
  for (const button of root.querySelectorAll("button[data-copy][hidden]")) {
    button.hidden = !navigator.clipboard;
  }
  for (const all of root.querySelectorAll("[data-all]")) {
    count(all.form);
  }
  for (const each of root.querySelectorAll("input[name=formNumber]")) {
    each.value ||= number(); // what is drawn for several browsers has none
  }
}

/** A number for a form that the bridge has not drawn for this window alone. */
function number() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Says how many are chosen, where that is what a button is for. */
function count(form) {
  const boxes = [...form.querySelectorAll("input[type=checkbox]:not([data-all])")];
  const chosen = boxes.filter((one) => one.checked).length;
  const all = form.querySelector("[data-all]");
  all.checked = chosen > 0 && chosen === boxes.length;
  all.indeterminate = chosen > 0 && chosen < boxes.length;
  const button = form.querySelector("[data-chosen]");
  button.dataset.plain ??= button.textContent;
  button.textContent = chosen ? button.dataset.chosen.replace("#", chosen) : button.dataset.plain;
  button.disabled = !chosen;
}

document.addEventListener("change", (event) => {
  const form = event.target.form;
  const all = event.target.dataset?.all;
  if (all) {
    form.querySelectorAll(`input[name="${all}"]`).forEach((one) => { one.checked = event.target.checked; });
  }
  if (form?.querySelector("[data-all]")) {
    count(form);
  }
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-copy]");
  if (button) {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    const was = button.textContent;
    button.textContent = document.body.dataset.copied;
    setTimeout(() => { button.textContent = was; }, 1500);
  }
});

// A form is sent once: its button rests until the page is left, or is seen again. The bridge knows a form that comes twice.
const RESTS = 15_000;
function restored() {
  for (const button of document.querySelectorAll("[data-sent]")) {
    button.disabled = false;
    delete button.dataset.sent;
  }
}
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (button && !event.defaultPrevented && event.target.method === "post") {
    setTimeout(() => { // a button that rests is no part of what is sent
      button.disabled = true;
      button.dataset.sent = "";
    });
    setTimeout(restored, RESTS); // it may have been stopped, or have become a file
  }
});
addEventListener("pageshow", (event) => {
  restored();
  if (event.persisted) { // somebody has come back, and means what is pressed now
    document.querySelectorAll("input[name=formNumber]").forEach((each) => { each.value = number(); });
  }
});

document.addEventListener("htmx:afterSwap", () => enhance(document));
document.addEventListener("bridge:shown", (event) => enhance(event.detail));
enhance(document);
document.querySelector(".side [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
