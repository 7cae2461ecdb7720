// Calls of the bridge with this phone's token.

/** The bridge was not reached: what was to be said is kept and said later. */
export class Unreachable extends Error {}

let identity = null;

export function speakAs(paired) {
  identity = paired;
}

/** The phone as which the page speaks now; null for nobody. */
export const speaker = () => identity;

/** Calls the bridge; returns the status and the JSON that came. Throws Unreachable if nothing came. */
export const call = (method, path, body, signal) => callAs(identity, method, path, body, signal);

/** Calls the bridge as a given phone, or as nobody, whoever the page speaks as meanwhile. */
export async function callAs(identity, method, path, body, signal) {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const headers = {};
  if (identity) {
    headers.Authorization = 'Bearer ' + identity.token;
  }
  if (text !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  if (identity?.signingKey && path.startsWith('/v1/inbound')) {
    Object.assign(headers, await signature(identity.signingKey, text));
  }
  let answer;
  try {
    answer = await fetch(path, {method, headers, body: text, signal, cache: 'no-store', credentials: 'omit'});
  } catch (error) {
    if (error.name === 'AbortError') {
      throw error;
    }
    throw new Unreachable();
  }
  const json = await answer.json().catch(() => null);
  return {status: answer.status, ok: answer.ok, json};
}

async function signature(secret, text) {
  const time = Math.floor(Date.now() / 1000).toString();
  const encoder = new TextEncoder();
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), {name: 'HMAC', hash: 'SHA-256'}, false, ['sign']);
  const made = await crypto.subtle.sign('HMAC', key, encoder.encode(time + '.' + text));
  return {'X-Timestamp': time, 'X-Signature': Array.from(new Uint8Array(made), hex).join('')};
}

const hex = byte => byte.toString(16).padStart(2, '0');

/** An id that nobody else makes. */
export function newId() {
  return 'web-' + Array.from(crypto.getRandomValues(new Uint8Array(16)), hex).join('');
}
