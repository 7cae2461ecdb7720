// What the page keeps on the phone, in IndexedDB: who it is, what waits to be sent, and the replies that came.
const NAME = 'erp-bridge-phone';
const STORES = ['state', 'queue', 'replies'];

let opened;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('state');
      request.result.createObjectStore('queue', {keyPath: 'id'});
      request.result.createObjectStore('replies', {keyPath: 'id'});
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

/** Runs one request; a change has reached the disk when this resolves. */
async function run(store, mode, ask) {
  const db = await open();
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(store, mode, {durability: 'strict'});
    const request = ask(transaction.objectStore(store));
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

export const get = key => run('state', 'readonly', store => store.get(key));
export const set = (key, value) => run('state', 'readwrite', store => store.put(value, key));
export const all = name => run(name, 'readonly', store => store.getAll());
export const find = (name, id) => run(name, 'readonly', store => store.get(id));
export const put = (name, value) => run(name, 'readwrite', store => store.put(value));
export const remove = (name, id) => run(name, 'readwrite', store => store.delete(id));

/** Adds what is not there yet; returns whether it was not. */
export async function add(name, value) {
  if (await find(name, value.id)) {
    return false;
  }
  await put(name, value);
  return true;
}

/** Forgets everything. */
export async function clear() {
  for (const name of STORES) {
    await run(name, 'readwrite', store => store.clear());
  }
}
