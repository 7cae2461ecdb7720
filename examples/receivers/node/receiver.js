// A webhook receiver for ERP Bridge: verify the bytes, parse them, do the work once, answer 200.
import { createHmac, timingSafeEqual } from 'node:crypto';
import express from 'express';

const { SECRET, PORT = '9000' } = process.env;
if (!SECRET) {
  console.error('SECRET is missing. Start with: SECRET=whsec_… node receiver.js');
  process.exit(1);
}

const MAX_BODY = 1024 * 1024;
const MAX_SEEN = 10_000;

// Replace this with your work. If it throws, the answer is 500 and the bridge tries again.
function handle(message) {
  console.log(JSON.stringify(message));
}

// Delivery ids already worked on, oldest first. They are gone after a restart: in production, insert
// the id into a table with a unique key, in the same transaction as the work itself. The table is also
// what keeps two attempts apart once handle() awaits something; here nothing can come in between.
const seen = new Set();

function handleOnce(message) {
  if (seen.has(message.delivery)) return;
  handle(message);
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

const app = express();
app.disable('x-powered-by');

app.use((req, res, next) => (req.method === 'POST' ? next() : refuse(res.set('Allow', 'POST'), 405, 'POST only')));

// The raw bytes, whatever their Content-Type: express.json() would throw away what was signed.
app.use(express.raw({ type: () => true, limit: MAX_BODY, inflate: false }));

app.use((req, res) => {
  const body = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0); // Express leaves {} for no body
  if (!isSigned(req, body)) return refuse(res, 401, 'bad signature');

  let message;
  try {
    message = parse(req, body);
  } catch (broken) {
    return refuse(res, 400, broken.message);
  }
  handleOnce(message);
  res.json({ ok: true }); // also for a repeat: it has arrived
});

// Four parameters make this Express's error handler: a body over the limit (413), or handle() failing.
app.use((error, req, res, next) => {
  const status = error.status ?? 500;
  if (status === 500) console.error(error);
  refuse(res, status, status === 500 ? 'not processed' : error.message);
});

const server = app.listen(Number(PORT), '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}/`);
});
// Node hangs up an idle connection after 5 s, perhaps just as the next message is sent on it.
server.keepAliveTimeout = 75_000;
