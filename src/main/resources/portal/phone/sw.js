// Keeps the page's own files for the time without a network. With one, they are always fetched anew.
const CACHE = 'phone';
const FILES = ['/phone', '/phone/phone.css', '/phone/icon.svg', '/phone/manifest.webmanifest', '/phone/app.js',
  '/phone/api.js', '/phone/apps.js', '/phone/db.js', '/phone/lists.js', '/phone/sync.js', '/phone/texts.js',
  '/phone/texts-en.js', '/phone/texts-de.js'];
const PATIENCE = 3000;

self.addEventListener('install', event => {
  event.waitUntil(caches.open(CACHE).then(cache => cache.addAll(FILES)).then(() => self.skipWaiting()));
});

self.addEventListener('activate', event => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', event => {
  const path = new URL(event.request.url).pathname;
  if (event.request.method === 'GET' && FILES.includes(path)) {
    event.respondWith(fresh(path));
  }
});

async function fresh(path) {
  const cache = await caches.open(CACHE);
  try {
    const answer = await fetch(path, {cache: 'no-cache', signal: AbortSignal.timeout(PATIENCE)});
    if (answer.ok) {
      await cache.put(path, answer.clone());
      return answer;
    }
  } catch {
    // no network
  }
  return (await cache.match(path)) || Response.error();
}
