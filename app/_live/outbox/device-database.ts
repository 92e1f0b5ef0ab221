/** The database of this device, for the page and its service worker: words that wait to be sent, and what another app shared. */
export type StoreName = 'outbox' | 'shared';

const name = 'choir';
const version = 1;

/** Runs one transaction on one store, and gives what `work` asked for once it is durable. Rejects where there is no storage, or none is left. */
export async function withStore<Result>(
  store: StoreName,
  mode: IDBTransactionMode,
  work: (objects: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result> {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(store, mode, { durability: 'strict' });
      const request = work(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = () => reject(transaction.error ?? request.error);
      transaction.onabort = () => reject(transaction.error ?? new Error('The storage of this device refused.'));
    });
  } finally {
    database.close();
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, version);
    request.onupgradeneeded = () => {
      for (const store of ['outbox', 'shared'] satisfies StoreName[])
        request.result.createObjectStore(store, { keyPath: 'order', autoIncrement: true });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('The storage of this device is in use by an older page.'));
  });
}
