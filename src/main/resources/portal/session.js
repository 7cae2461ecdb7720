// Says when the session has ended, in whichever window that was, and then shows nothing more. A form in which something was
// typed stays: one signs in again in another window, and goes on here.

const EVERY = 60_000;
const token = document.querySelector(".side input[name=formToken]");
const over = document.getElementById("over");
const refused = document.getElementById("refused");
const windows = new BroadcastChannel("bridge-session");

/** Whether something was typed, or was refused and is to be corrected, that is saved nowhere. */
let typed = document.querySelector("main form[method=post] [aria-invalid=true], main .alert[role=alert]") !== null;
let left = false;

/** The mark of the key: forms are for the one alone that they were drawn for. */
const mark = (of) => of.slice(0, of.lastIndexOf("."));

export function ended() {
  if (typed && over) {
    over.hidden = false;
  } else if (!left) {
    left = true;
    const query = new URLSearchParams(location.search);
    query.delete("said");
    location.replace(location.pathname + "?" + (query.size ? query + "&" : "") + "said=over");
  }
}

/** Asks whether the session goes on; returns whether somebody has signed in anew with the same key. */
async function look() {
  let answer;
  try {
    answer = await fetch("/sign-in", { headers: { "X-By-Itself": "yes" } });
  } catch {
    return false; // the bridge cannot be reached, and nobody knows
  }
  const now = answer.headers.get("X-Form-Token");
  if (now && mark(now) === mark(token.value)) {
    const anew = now !== token.value;
    document.querySelectorAll("input[name=formToken]").forEach((each) => { each.value = now; });
    over.hidden = true;
    return anew;
  } else if (now || answer.status === 401) {
    ended();
  }
  return false;
}

function say(words) {
  refused.textContent = words;
  refused.hidden = false;
}

if (token) {
  windows.addEventListener("message", look);
  addEventListener("focus", look);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
  setInterval(() => document.visibilityState === "visible" && look(), EVERY);
  addEventListener("pageshow", (event) => { if (event.persisted) { look(); } });
  for (const kind of ["input", "change"]) {
    document.addEventListener(kind, (event) => { typed ||= event.target.closest("form[method=post]") !== null || event.target.form?.method === "post"; });
  }
  document.addEventListener("htmx:afterSwap", (event) => { typed ||= event.target.closest("form[method=post]") !== null; });
  // The answer to a part of the page that is no part: it says why, and the page stays as it is.
  document.addEventListener("htmx:responseError", async (event) => {
    const { xhr, requestConfig } = event.detail;
    if (xhr.status === 401) {
      typed ||= event.target.closest("form[method=post]") !== null;
      look();
    } else if (!requestConfig.headers["X-By-Itself"]) {
      const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
      const why = [...page.querySelectorAll("main h1, main p:not(:has(a))")].map((each) => each.textContent).join(". ");
      say(xhr.status === 403 && await look() ? refused.dataset.again : why || xhr.statusText);
    }
  });
  document.addEventListener("htmx:afterOnLoad", (event) => { refused.hidden ||= event.detail.successful; });
} else {
  windows.postMessage("look"); // nobody is signed in here: other windows of this browser look whether that is so for them
}
