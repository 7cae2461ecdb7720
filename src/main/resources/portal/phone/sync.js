// What goes out and comes in: the queue of captures, reports about replies, and the long poll for new ones. Each thing
// is on the disk before it is sent and is taken off it only when the bridge has answered for it. Sent twice, it counts
// once: captures have ids of their own, and a report may be repeated.
import * as db from './db.js';
import {call, callAs, speaker, Unreachable, newId} from './api.js';

const AT_ONCE = 100;
const WAIT_SECONDS = 25;
const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 30000;
const TOO_QUICK = 1000;
const KEPT = 50;

/** Only one tab does a thing at a time; without locks, what is done twice counts once all the same. */
const alone = (name, work) =>
  navigator.locks ? navigator.locks.request('erp-bridge-' + name, work) : work();

/** An SMS belongs to the phone as which it was typed, and is sent as no other. */
export async function capture(from, text, deviceId) {
  await db.put('queue', {id: newId(), deviceId, from, text, receivedAt: new Date().toISOString(), state: 'waiting'});
}

/** Earlier versions of the page did not note whose an SMS is: it is of the phone that the page was when it was opened. */
export async function adopt(deviceId) {
  for (const sms of (await db.all('queue')).filter(each => !each.deviceId)) {
    await db.put('queue', {...sms, deviceId});
  }
}

/** Returns those that wait to be sent as this phone. */
export const waiting = async deviceId =>
  (await db.all('queue')).filter(sms => sms.state === 'waiting' && sms.deviceId === deviceId);

/** Sends what waits; returns how the bridge took it: 'sent', 'unreachable', 'later', 'unpaired'. */
export function flush() {
  return alone('flush', async () => {
    try {
      return (await flushQueue()) ?? (await flushReports()) ?? 'sent';
    } catch (error) {
      if (error instanceof Unreachable) {
        return 'unreachable';
      }
      throw error;
    }
  });
}

async function flushQueue() {
  const phone = speaker();
  if (!phone?.deviceId) {
    return null;
  }
  const own = (await waiting(phone.deviceId)).sort((a, b) => a.receivedAt.localeCompare(b.receivedAt));
  for (let i = 0; i < own.length; i += AT_ONCE) {
    const part = own.slice(i, i + AT_ONCE);
    const messages = part.map(({id, from, text, receivedAt}) => ({id, from, text, receivedAt}));
    const {status, json} = await callAs(phone, 'POST', '/v1/inbound?partial=true', {messages});
    if (status === 401) {
      return 'unpaired';
    } else if (status !== 202) {
      return 'later';
    }
    for (const [n, sms] of part.entries()) {
      const answer = json.messages[n];
      await db.put('queue', answer.error
        ? {...sms, state: 'refused', error: answer.error.detail}
        : {...sms, state: 'taken', messageId: answer.id});
    }
  }
  return null;
}

async function flushReports() {
  for (const reply of (await db.all('replies')).filter(each => each.state !== 'open' && !each.reported)) {
    const report = {status: reply.state, error: reply.error ?? null};
    const {status, ok, json} = await call('POST', '/v1/outbox/' + encodeURIComponent(reply.id), report);
    if (status === 401) {
      return 'unpaired';
    } else if (ok) {
      await db.put('replies', {...reply, reported: true, state: json.status});
    } else if (status === 404) {
      await db.put('replies', {...reply, reported: true});
    } else {
      return 'later';
    }
  }
  return null;
}

export async function report(id, state, error) {
  const reply = await db.find('replies', id);
  if (reply?.state === 'open') {
    await db.put('replies', {...reply, state, error, reported: false});
  }
}

/** Fetches what became of the last captures; keeps it for the time without a network. */
export async function refresh() {
  const {ok, json} = await call('GET', '/v1/phone/messages');
  if (!ok) {
    return;
  }
  await db.set('messages', json.data);
  const known = new Set(json.data.map(message => message.phoneId));
  for (const sms of await db.all('queue')) {
    if (sms.state === 'taken' && known.has(sms.id)) {
      await db.remove('queue', sms.id);
    }
  }
  const replies = (await db.all('replies')).filter(each => each.state !== 'open' && each.reported)
    .sort((a, b) => b.at.localeCompare(a.at));
  for (const old of replies.slice(KEPT)) {
    await db.remove('replies', old.id);
  }
}

const pause = (ms, signal) => new Promise(resolve => {
  const timer = setTimeout(resolve, ms);
  const now = () => { clearTimeout(timer); resolve(); };
  signal.addEventListener('abort', now, {once: true});
  addEventListener('online', now, {once: true});
});

/** Waits for replies until aborted; tells of each that is new, and when the bridge is or is not there. */
export function listen(signal, {came, reached}) {
  return alone('outbox', async () => {
    let wait = FIRST_PAUSE;
    while (!signal.aborted) {
      const begun = Date.now();
      try {
        const {status, ok, json} = await call('GET', '/v1/outbox?wait=' + WAIT_SECONDS, undefined, signal);
        await reached(status);
        if (ok) {
          for (const sms of json.messages) {
            if (await db.add('replies', {...sms, at: new Date().toISOString(), state: 'open'})) {
              await came(sms);
            }
          }
          // Somebody else with this token waits too, and each ends the other's waiting.
          const quick = json.messages.length === 0 && Date.now() - begun < TOO_QUICK;
          wait = quick ? Math.min(2 * wait, LONGEST_PAUSE) : FIRST_PAUSE;
          if (quick) {
            await pause(wait, signal);
          }
          continue;
        }
        if (status === 401 || status === 403) {
          return;
        }
      } catch (error) {
        if (error.name === 'AbortError') {
          return;
        }
        await reached(0);
      }
      await pause(wait, signal);
      wait = Math.min(2 * wait, LONGEST_PAUSE);
    }
  });
}
