import { describe, expect, it } from 'vitest';
import { createThreadListStore } from './thread-list-store.ts';
import type { ThreadRow } from './thread-row.ts';

const rowOf = (id: string, seq: number, unread = true) => ({ id, seq, unread }) as ThreadRow;

function opened(...initial: ThreadRow[]) {
  const lists: PromiseWithResolvers<ThreadRow[]>[] = [];
  const puts: (PromiseWithResolvers<void> & { sent: unknown })[] = [];
  const store = createThreadListStore({
    initial,
    ask(_, signal) {
      const list = Promise.withResolvers<ThreadRow[]>();
      lists.push(list);
      signal.addEventListener('abort', () => list.reject(signal.reason));
      return list.promise;
    },
    put(_, sent) {
      const put = { ...Promise.withResolvers<void>(), sent };
      puts.push(put);
      return put.promise;
    },
  });
  const read = (...rows: ThreadRow[]) => {
    const reading = store.read(200);
    lists.at(-1)?.resolve(rows);
    return reading;
  };
  return { store, lists, puts, read };
}

describe('what was set of threads', () => {
  it('is shown at once, and by a list that was asked for before it arrived', async () => {
    const { store, lists, puts, read } = opened(rowOf('archived', 4), rowOf('read', 7), rowOf('unread', 7, false), rowOf('other', 1));
    const marks = [
      store.mark({ row: rowOf('archived', 4), archived: true }),
      store.mark({ row: rowOf('read', 7), readSeq: 7 }),
      store.mark({ row: rowOf('unread', 7), readSeq: 0 }),
    ];
    const shown = [rowOf('read', 7, false), rowOf('unread', 7), rowOf('other', 1)];
    expect(store.getRows()).toEqual(shown);
    expect(puts.map(({ sent }) => sent)).toEqual([{ archived: true, seq: 4 }, { readSeq: 7 }, { readSeq: 0 }]);
    const reading = store.read(200);
    for (const { resolve } of puts) resolve();
    expect(await Promise.all(marks)).toEqual([true, true, true]);
    lists[0]?.resolve([rowOf('archived', 4), rowOf('read', 7), rowOf('unread', 7, false), rowOf('other', 1)]);
    await reading;
    expect(store.getRows()).toEqual(shown);
    await read(rowOf('archived', 4), rowOf('read', 7));
    expect(store.getRows()).toEqual([rowOf('archived', 4), rowOf('read', 7)]);
  });

  it('leaves read what the server knows to be read further', async () => {
    const { store, read } = opened();
    void store.mark({ row: rowOf('answered', 5), readSeq: 5 });
    await read(rowOf('answered', 7, false));
    expect(store.getRows()).toEqual([rowOf('answered', 7, false)]);
  });

  it('hides nothing that happened since', async () => {
    const { store, read } = opened();
    void store.mark({ row: rowOf('archived', 4), archived: true });
    void store.mark({ row: rowOf('archived', 5), readSeq: 5 });
    void store.mark({ row: rowOf('read', 7), readSeq: 7 });
    await read(rowOf('archived', 5), rowOf('read', 8));
    expect(store.getRows()).toEqual([rowOf('archived', 5, false), rowOf('read', 8)]);
  });

  it('is not shown any more where it could not be kept, whatever was set after it', async () => {
    const { store, puts } = opened(rowOf('a', 4));
    const archived = store.mark({ row: rowOf('a', 4), archived: true });
    const seen = store.mark({ row: rowOf('a', 4), readSeq: 4 });
    puts[0]?.reject(new Error('lost'));
    puts[1]?.resolve();
    expect([await archived, await seen]).toEqual([false, true]);
    expect(store.getRows()).toEqual([rowOf('a', 4, false)]);
  });

  it('is taken back at once by what undoes it, also in a list that was asked for before', async () => {
    const { store, puts, read } = opened(rowOf('a', 4), rowOf('b', 1));
    const archived = store.mark({ row: rowOf('a', 4), archived: true });
    puts[0]?.resolve();
    await archived;
    const undone = store.mark({ row: rowOf('a', 4), archived: false });
    await read(rowOf('b', 1));
    expect(store.getRows()).toEqual([rowOf('b', 1), rowOf('a', 4)]);
    puts[1]?.resolve();
    await undone;
    expect(store.getRows()).toEqual([rowOf('b', 1), rowOf('a', 4)]);
    await read(rowOf('a', 4), rowOf('b', 1));
    expect(store.getRows()).toEqual([rowOf('a', 4), rowOf('b', 1)]);
  });

  it('is taken back by what undoes it, and stands again where that cannot be kept', async () => {
    const { store, puts } = opened(rowOf('a', 4));
    void store.mark({ row: rowOf('a', 4), archived: true });
    const undone = store.mark({ row: rowOf('a', 4), archived: false });
    expect(store.getRows()).toEqual([rowOf('a', 4)]);
    puts[1]?.reject(new Error('lost'));
    expect(await undone).toBe(false);
    expect(store.getRows()).toEqual([]);
  });

  it('counts no more once what was set after it is kept, though its own answer never comes', async () => {
    const { store, puts, read } = opened(rowOf('a', 4), rowOf('b', 7));
    void store.mark({ row: rowOf('a', 4), archived: true });
    void store.mark({ row: rowOf('b', 7), readSeq: 7 });
    const later = [store.mark({ row: rowOf('a', 4), archived: false }), store.mark({ row: rowOf('b', 7), readSeq: 0 })];
    puts[2]?.resolve();
    puts[3]?.resolve();
    expect(await Promise.all(later)).toEqual([true, true]);
    await read(rowOf('a', 4), rowOf('b', 7));
    expect(store.getRows()).toEqual([rowOf('a', 4), rowOf('b', 7)]);
  });
});

describe('a reading that is overtaken', () => {
  it('stands when the newest one stands, and fails with it', async () => {
    const { store, lists, read } = opened();
    let stands = false;
    const first = store.read(200).then(() => {
      stands = true;
    });
    const second = store.read(400);
    await Promise.allSettled([lists[0]?.promise]);
    await new Promise(setImmediate);
    expect(stands).toBe(false);
    await read(rowOf('a', 1));
    await Promise.all([first, second]);
    expect(store.getRows()).toEqual([rowOf('a', 1)]);

    const overtaken = store.read(200);
    const newest = store.read(200);
    lists.at(-1)?.reject(new Error('away'));
    await expect(overtaken).rejects.toThrow('away');
    await expect(newest).rejects.toThrow('away');
  });

  it('ends where nobody reads any more', async () => {
    const { store } = opened(rowOf('a', 1));
    const reading = store.read(200);
    store.stop();
    await reading;
    expect(store.getRows()).toEqual([rowOf('a', 1)]);
  });
});
