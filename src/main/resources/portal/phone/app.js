// The phone's page: pairing, standing in for a phone app, the Forward URL.
import * as db from './db.js';
import * as apps from './apps.js';
import * as sync from './sync.js';
import {call, callAs, speakAs, Unreachable} from './api.js';
import {draw, element, icon} from './lists.js';
import {LANGUAGES, choose, current, fill, text} from './texts.js';

const VIEWS = ['phone', 'erp', 'device'];
const LOOK_AGAIN = [400, 1000, 2000, 4000, 8000];
const LOOK_EVERY = 15000;
const BEAT_EVERY = 300000;

const $ = id => document.getElementById(id);

let paired = null;
let online = navigator.onLine;
let listening = null;
let forward = null;
let edited = false; // the fields of the Forward URL have something that was not saved yet
let lookTimer = null;

// --- what is shown

async function show() {
  fill(document);
  const link = location.hash.startsWith('#pair=');
  const app = paired?.adapter && !paired.fetches;
  const view = link || !paired ? 'pair' : app ? 'app' : VIEWS.find(each => location.hash === '#' + each) ?? 'phone';
  for (const each of ['pair', 'app', ...VIEWS]) {
    $('view-' + each).hidden = each !== view;
  }
  const already = view === 'pair' && paired !== null;
  $('nav').hidden = !VIEWS.includes(view) && !already;
  for (const anchor of $('nav').children) {
    anchor.hash === '#' + view ? anchor.setAttribute('aria-current', 'page') : anchor.removeAttribute('aria-current');
  }
  $('pair-link').hidden = !link;
  $('pair-paste').hidden = link;
  $('pair-already').hidden = !already;
  $('pair-already-text').textContent = already ? text('pair.already', {name: paired.name}) : '';
  $('title').textContent = paired?.name ?? 'ERP Bridge';
  if (view === 'app') {
    apps.show(paired, {name: $('app-name'), steps: $('app-steps'), pastes: $('app-pastes')});
  }
  if (view === 'erp') {
    await showForward();
  } else {
    edited = false;
  }
  await showLists();
}

async function showLists() {
  const waiting = paired ? (await sync.waiting(paired.deviceId)).length : 0;
  const queue = (await db.all('queue')).map(sms =>
    sms.state === 'waiting' && paired && sms.deviceId !== paired.deviceId ? {...sms, state: 'foreign'} : sms);
  const said = !paired ? text('bar.unpaired') : text(online ? 'bar.online' : 'bar.offline');
  const status = said + (waiting ? ' · ' + text('bar.waiting', {count: waiting}) : '');
  if ($('status').textContent !== status) {
    $('status').className = !paired ? 'none' : online ? 'good' : 'wait';
    $('status').replaceChildren(icon(!paired ? 'skip' : online ? 'check' : 'clock'), status);
  }
  const messages = (await db.get('messages')) ?? [];
  const count = draw($('messages'), {queue, messages, replies: await db.all('replies')}, mark, drop);
  $('messages-none').hidden = count > 0;
  const facts = [['device.name', paired?.name], ['device.number', paired?.number], ['device.id', paired?.deviceId],
    ['device.waiting', String(waiting)]];
  $('device-facts').replaceChildren(...facts.filter(([, value]) => value)
    .flatMap(([name, value]) => [element('dt', '', text(name)), element('dd', '', value)]));
}

function fail(message) {
  $('pair-error').textContent = message;
  $('pair-error').hidden = false;
  $('pair-paste').hidden = paired !== null;
}

// --- pairing

async function pair(given) {
  $('pair-error').hidden = true;
  const words = given.trim();
  try {
    await (words.startsWith('dvt_') ? byToken(words) : byCode(words.split('#pair=').pop()));
  } catch (error) {
    if (!(error instanceof Unreachable)) {
      throw error;
    }
    fail(text(words.startsWith('dvt_') ? 'pair.unreachable' : 'pair.lost'));
  }
}

async function byCode(code) {
  const {status, ok, json} = await callAs(null, 'POST', '/v1/pairing', {code});
  if (!ok) {
    fail(status === 410 ? text('pair.used') : json?.detail ?? text('pair.unreachable'));
    if ([401, 410].includes(status)) { // nothing more can come of it, also not of loading it again
      $('pair-link').hidden = true;
      history.replaceState(null, '', '/phone');
    }
  } else if (json.signingKey && !json.adapter && !crypto.subtle) {
    fail(text('pair.insecure'));
  } else {
    await become(json);
  }
}

async function byToken(token) {
  const {status, ok, json} = await callAs({token}, 'GET', '/v1/phone');
  if (!ok) {
    fail(status === 401 ? text('pair.unknown') : json?.detail ?? text('pair.unreachable'));
  } else if (json.signed) {
    fail(text('pair.signs'));
  } else {
    await become({...json, token});
  }
}

async function become(next) {
  const other = paired?.deviceId !== next.deviceId;
  if (other) {
    await db.set('messages', []);
    for (const reply of await db.all('replies')) {
      await db.remove('replies', reply.id);
    }
  }
  await db.set('paired', next);
  $('pair-text').value = '';
  history.replaceState(null, '', '/phone');
  await begin(next);
}

async function begin(next) {
  paired = next;
  speakAs(paired);
  await show();
  if (paired && !(paired.adapter && !paired.fetches)) {
    navigator.storage?.persist?.();
    listen();
    await send();
    await beat();
  }
}

async function forget() {
  const waiting = (await db.all('queue')).filter(sms => sms.state === 'waiting').length; // of other phones too
  $('ask-text').textContent = waiting ? text('device.unpair.lost', {count: waiting}) : text('device.unpair.ask');
  $('ask').returnValue = 'no';
  $('ask').showModal();
  $('ask').onclose = async () => {
    if ($('ask').returnValue === 'yes') {
      await leave();
    }
  };
}

async function leave() {
  listening?.abort();
  await db.clear();
  paired = null;
  forward = null;
  speakAs(null);
  history.replaceState(null, '', '/phone');
  await show();
}

async function unpaired() {
  listening?.abort();
  paired = null;
  speakAs(null);
  await show();
  fail(text('pair.gone'));
}

// --- SMS

async function send() {
  const how = await sync.flush();
  if (how === 'unpaired') {
    await unpaired();
    return;
  }
  await reach(how !== 'unreachable');
  if (how === 'sent') {
    look(0);
  }
}

async function reach(now) {
  online = now;
  await showLists();
}

/** Looks what became of the last SMS, again and again while something may still happen. */
function look(turn) {
  clearTimeout(lookTimer);
  lookTimer = setTimeout(async () => {
    try {
      await sync.refresh();
      await reach(true);
    } catch {
      await reach(false);
    }
    if (turn + 1 < LOOK_AGAIN.length) {
      look(turn + 1);
    }
  }, LOOK_AGAIN[turn]);
}

function listen() {
  listening?.abort();
  listening = new AbortController();
  sync.listen(listening.signal, {
    came: async sms => {
      if (await db.get('autoSent')) {
        await sync.report(sms.id, 'sent');
        await send();
      }
      await showLists();
    },
    reached: async status => {
      if (status === 401) {
        await unpaired();
      } else {
        const was = online;
        await reach(status > 0);
        if (!was && online) {
          await send();
        }
      }
    },
  });
}

async function mark(id, state) {
  await sync.report(id, state, state === 'failed' ? text('list.failedByHand') : null);
  await showLists();
  await send();
}

/** Forgets an SMS that was typed as another phone, and that this one does not send. */
async function drop(id) {
  await db.remove('queue', id);
  await showLists();
}

async function beat() {
  if (!paired || document.hidden) {
    return;
  }
  const battery = await navigator.getBattery?.().catch(() => null);
  const pending = (await sync.waiting(paired.deviceId)).length;
  const said = battery ? {battery: Math.round(battery.level * 100), charging: battery.charging} : {};
  await call('POST', '/v1/devices/heartbeat', {...said, pending}).catch(() => null);
}

// --- Forward URL

async function showForward() {
  $('erp-said').textContent = '';
  let answer;
  try {
    answer = await call('GET', '/v1/phone/forward-url');
  } catch {
    $('erp-said').textContent = text('erp.unreachable');
    return;
  }
  const may = answer.ok;
  $('erp-not').hidden = may;
  $('erp-form').hidden = !may;
  if (may) {
    forward = answer.json;
    if (!edited) { // what somebody is typing is theirs, however late the answer comes
      $('erp-url').value = forward.url ?? '';
      $('erp-enabled').checked = forward.enabled || forward.url === null;
    }
  }
}

const changed = () => $('erp-url').value.trim() !== (forward?.url ?? '') || $('erp-enabled').checked !== forward?.enabled;

function say(words, look) {
  $('erp-said').textContent = words;
  $('erp-said').className = look;
}

async function ask(method, path, body, then) {
  try {
    const {ok, json} = await call(method, path, body);
    ok ? then(json) : say(json?.detail ?? text('erp.unreachable'), 'bad');
  } catch {
    say(text('erp.unreachable'), 'bad');
  }
}

const filled = () => ({url: $('erp-url').value.trim() || null, enabled: $('erp-enabled').checked});

function save() {
  const sent = filled();
  return ask('PUT', '/v1/phone/forward-url', sent, json => {
    forward = json;
    edited = JSON.stringify(filled()) !== JSON.stringify(sent); // typed on while it was being saved
    say(text('erp.saved'), 'good');
  });
}

async function test() {
  if (changed()) {
    say(text('erp.savefirst'), 'wait');
    return;
  }
  say(text('erp.testing'), 'none');
  await ask('POST', '/v1/phone/forward-url/test', {}, json => {
    const words = {status: json.httpStatus, ms: json.durationMs, why: json.error ?? 'HTTP ' + json.httpStatus};
    json.outcome === 'success' ? say(text('erp.success', words), 'good') : say(text('erp.failure', words), 'bad');
  });
}

// --- wiring

function wire() {
  $('pair-go').onclick = () => pair(location.hash);
  $('pair-form').onsubmit = event => {
    event.preventDefault();
    pair($('pair-text').value);
  };
  $('sms-form').onsubmit = async event => {
    event.preventDefault();
    const button = event.submitter ?? $('sms-form').querySelector('button');
    button.disabled = true;
    await sync.capture($('sms-from').value.trim(), $('sms-text').value, paired?.deviceId);
    $('sms-text').value = '';
    button.disabled = false;
    localStorage.setItem('erp-bridge-from', $('sms-from').value);
    await showLists();
    await send();
  };
  $('erp-form').oninput = () => { edited = true; };
  $('erp-form').onsubmit = event => {
    event.preventDefault();
    save();
  };
  $('erp-test').onclick = test;
  $('app-done').onclick = leave;
  $('unpair').onclick = forget;
  $('auto-sent').onchange = () => db.set('autoSent', $('auto-sent').checked);
  $('language').replaceChildren(...Object.entries(LANGUAGES).map(([code, name]) => new Option(name, code)));
  $('language').value = current();
  $('language').onchange = () => {
    choose($('language').value);
    show();
  };
  addEventListener('hashchange', show);
  addEventListener('offline', () => reach(false));
  addEventListener('online', () => paired && send());
  document.addEventListener('visibilitychange', () => !document.hidden && paired && send());
  setInterval(() => paired && !document.hidden && send(), LOOK_EVERY);
  setInterval(beat, BEAT_EVERY);
}

async function start() {
  wire();
  $('sms-from').value = localStorage.getItem('erp-bridge-from') ?? '';
  $('auto-sent').checked = Boolean(await db.get('autoSent'));
  const known = (await db.get('paired')) ?? null;
  if (known) {
    await sync.adopt(known.deviceId);
  }
  await begin(known);
  await navigator.serviceWorker?.register('/phone/sw.js', {scope: '/phone'}).catch(() => null);
}

start();
