// Says what to do in the app that is being paired, in the words of the phone's page, which are kept in one place.
import {show} from "/phone/apps.js";
import {text} from "/phone/texts.js";

const steps = document.getElementById("steps");
const pastes = document.getElementById("pastes");
const {adapter, url, signing} = steps.dataset;
show({adapter, url, signingKey: signing || null}, {name: document.getElementById("app"), steps, pastes});
// The URL and other values stand on this page already; what only this app needs is added to them.
for (const paste of [...pastes.children]) {
  const what = paste.firstElementChild.textContent;
  if (what !== text("paste.command") && what !== text("paste.line")) {
    paste.remove();
  }
}
pastes.hidden = pastes.children.length === 0;
