// Draws the messages and what became of each. Text is always text: nothing of an SMS becomes HTML.
import {current, text, time, dateTime} from './texts.js';

const SVG = 'http://www.w3.org/2000/svg';
const LOOKS = {
  delivered: ['good', 'check'], sent: ['good', 'check'], taken: ['good', 'check'], made: ['good', 'check'],
  waiting: ['wait', 'clock'], pending: ['wait', 'clock'], open: ['wait', 'clock'], leased: ['wait', 'clock'],
  queued: ['wait', 'clock'], held: ['none', 'pause'], skipped: ['none', 'skip'], cancelled: ['none', 'skip'],
  foreign: ['bad', 'pause'], failed: ['bad', 'cross'], refused: ['bad', 'cross'], expired: ['bad', 'cross'],
};

export function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) {
    made.className = className;
  }
  made.append(...children.filter(child => child !== null));
  return made;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', '#i-' + name);
  svg.append(use);
  return svg;
}

function fate(status, about, why) {
  const [look, picture] = LOOKS[status] ?? ['none', 'skip'];
  const words = (about ? about + ': ' : '') + text('status.' + status) + (why ? ' – ' + why : '');
  const line = element('li', look, icon(picture), element('span', '', words));
  line.dataset.status = status;
  return line;
}

function when(iso) {
  const shown = element('time', '', time(iso));
  shown.dateTime = iso;
  shown.title = dateTime(iso);
  return shown;
}

function item(kind, head, at, body, fates) {
  const list = element('ul', 'fates', ...fates);
  return element('li', kind, element('div', 'head', element('span', '', head), when(at)),
    element('p', 'text', body), list);
}

/** A captured SMS that the bridge does not show yet. */
function queued(sms, drop) {
  const made =
    item('in', text('list.from', {number: sms.from}), sms.receivedAt, sms.text, [fate(sms.state, null, sms.error)]);
  if (sms.state === 'foreign') {
    const button = element('button', '', text('list.drop'));
    button.type = 'button';
    button.addEventListener('click', () => drop(sms.id));
    made.append(element('div', 'row', button));
  }
  return made;
}

/** A captured SMS as the bridge has it. */
function handed(message) {
  // A reply that is delivered waits for a phone, and has an entry of its own.
  const fates = message.deliveries.map(each =>
    fate(each.target.type === 'reply' && each.status === 'delivered' ? 'made' : each.status, text('target.' + each.target.type, {name: each.target.name}), each.error ?? each.reason));
  return item('in', text('list.from', {number: message.from}), message.receivedAt, message.text,
    fates.length ? fates : [fate('taken', null, text('list.nowhere'))]);
}

function reply(sms, report) {
  const made = item('out', text('list.to', {number: sms.to}), sms.at, sms.text,
    [fate(sms.state, null, sms.state === 'open' ? text('list.send') : sms.error)]);
  if (sms.state === 'open') {
    const buttons = ['sent', 'failed'].map(state => {
      const button = element('button', state === 'sent' ? 'primary' : '', text('list.' + state));
      button.type = 'button';
      button.addEventListener('click', () => report(sms.id, state));
      return button;
    });
    made.append(element('div', 'row', ...buttons));
  }
  return made;
}

let drawn = '';

/** Draws all of it, newest first, unless it is drawn already: a button that somebody presses stays the same. */
export function draw(list, {queue, messages, replies}, report, drop) {
  const now = JSON.stringify([current(), queue, messages, replies]);
  if (now === drawn) {
    return list.children.length;
  }
  drawn = now;
  const shown = new Set(messages.map(message => message.phoneId));
  const items = [
    ...queue.filter(sms => !shown.has(sms.id)).map(sms => [sms.receivedAt, queued(sms, drop)]),
    ...messages.map(message => [message.receivedAt, handed(message)]),
    ...replies.map(sms => [sms.at, reply(sms, report)]),
  ];
  items.sort((a, b) => b[0].localeCompare(a[0]));
  list.replaceChildren(...items.map(([, each]) => each));
  return items.length;
}
