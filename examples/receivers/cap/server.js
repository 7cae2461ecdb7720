// A webhook receiver for ERP Bridge in SAP CAP: verify the bytes, parse them, do the work once, answer 200.
const { createHmac, timingSafeEqual } = require('node:crypto');
const cds = require('@sap/cds');
const express = require('express');

const { SECRET } = process.env;
if (!SECRET) {
  console.error('SECRET is missing. Start with: SECRET=whsec_… npm start');
  process.exit(1);
}

const MAX_BODY = 1024 * 1024;
const MAX_SEEN = 10_000;

// Delivery ids already worked on, oldest first, and those under way. They are gone after a restart: with a
// database, INSERT the id into an entity whose key it is, in the same cds.tx as the work itself.
const seen = new Set();
const underWay = new Map();

async function handleOnce(message) {
  if (seen.has(message.delivery)) return;
  if (!underWay.has(message.delivery)) {
    const work = cds.connect.to('SmsService').then((service) => service.send('received', message));
    underWay.set(message.delivery, work.finally(() => underWay.delete(message.delivery)));
  }
  await underWay.get(message.delivery);
  seen.add(message.delivery); // only now: a failure above must stay open for the retry
  if (seen.size > MAX_SEEN) seen.delete(seen.values().next().value);
}

// While the bridge rotates its secret it signs with the new and the old one. Accepting either header
// under the one secret we hold means that we can change ours at any moment of the overlap.
function isSigned(req, body) {
  const hmac = createHmac('sha256', SECRET).update(body).digest('hex'); // the key keeps its "whsec_"
  const expected = Buffer.from(`sha256=${hmac}`);
  return ['X-MAC-Signature', 'X-MAC-Signature-Previous'].some((name) => {
    const given = Buffer.from(req.get(name) ?? '');
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

function parse(req, body) {
  const [delivery, message, attempt] = ['Delivery', 'Message', 'Attempt'].map((name) => req.get(`X-MAC-${name}`));
  if (!delivery || !message || !/^[0-9]+$/.test(attempt)) throw new Error('X-MAC headers are missing');
  const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  return { delivery, message, attempt: Number(attempt), event: JSON.parse(text) };
}

const refuse = (res, status, error) => res.status(status).json({ ok: false, error });

async function receive(req, res) {
  const body = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
  if (!isSigned(req, body)) return refuse(res, 401, 'bad signature');
  let message;
  try {
    message = parse(req, body);
  } catch (broken) {
    return refuse(res, 400, broken.message);
  }
  try {
    await handleOnce(message);
    return res.json({ ok: true }); // also for a repeat: it has arrived
  } catch (failure) {
    console.error(`delivery ${message.delivery}:`, failure);
    return refuse(res, 500, 'not processed');
  }
}

// Before CAP's own middlewares: they would parse the body, and it is its raw bytes that are signed. The
// signature takes the place of the log-in.
cds.on('bootstrap', (app) => {
  app.post('/sms', express.raw({ type: () => true, limit: MAX_BODY, inflate: false }), receive);
});

cds.on('listening', ({ server, url }) => {
  // Node hangs up an idle connection after 5 s, perhaps just as the next message is sent on it.
  server.keepAliveTimeout = 75_000;
  console.log(`listening on ${url}/sms`);
});

module.exports = cds.server;
