// The page's texts in the reader's language.
import en from './texts-en.js';
import de from './texts-de.js';

export const LANGUAGES = {en: 'English', de: 'Deutsch'};
const BUNDLES = {en, de};
const KEY = 'erp-bridge-language';

let language = initial();

function initial() {
  const chosen = localStorage.getItem(KEY);
  if (chosen in BUNDLES) {
    return chosen;
  }
  return navigator.languages.map(each => each.slice(0, 2)).find(each => each in BUNDLES) ?? 'en';
}

export const current = () => language;

export function choose(next) {
  language = next;
  localStorage.setItem(KEY, next);
}

/** The text of that name, with {fields} filled in. */
export function text(name, fields = {}) {
  const found = BUNDLES[language][name] ?? en[name] ?? name;
  return typeof found === 'string' ? found.replace(/\{(\w+)\}/g, (all, field) => fields[field] ?? all) : found;
}

export const time = iso => new Intl.DateTimeFormat(language, {hour: '2-digit', minute: '2-digit'}).format(new Date(iso));

export const dateTime = iso =>
  new Intl.DateTimeFormat(language, {dateStyle: 'medium', timeStyle: 'medium'}).format(new Date(iso));

/** Fills every element that names a text. */
export function fill(root) {
  document.documentElement.lang = language;
  for (const element of root.querySelectorAll('[data-text]')) {
    element.textContent = text(element.dataset.text);
  }
}
