import { mostUploadsAtOnce } from '#lib/core/limits/uploads-at-once.ts';
import { newId } from '#lib/core/new-id.ts';
import { holdPage } from '../../../_live/hold-page.ts';
import { explainFailure } from '../../../_live/request.ts';
import type { Uploaded } from '../../../_live/upload-file.ts';
import { untilLoaded } from '../../base/until-loaded.ts';
import { keepFiles, readKept } from './kept-files.ts';

/** A file that will come along with the words. `picture` is an address of it on this device, where it can be shown. */
export type Attached = {
  key: string;
  name: string;
  bytes: number;
  picture: string | null;
  sent: { state: 'sending'; share: number } | { state: 'there'; uploadId: string } | { state: 'failed'; why: string };
};

export type FilesView = { files: readonly Attached[]; refusal: string | null };
export type DraftFiles = ReturnType<typeof createDraftFiles>;

export const noFiles: FilesView = { files: [], refusal: null };
const shownPictures = /^image\/(avif|bmp|gif|jpeg|png|webp)$/;

type Known = { file: File; stop: AbortController; done: Promise<void> };

/** The files of one message, each on its way as soon as it is chosen, whatever the person looks at meanwhile; those that arrived are kept beside the draft. */
export function createDraftFiles(draftKey: string) {
  const known = new Map<string, Known>();
  const listeners = new Set<() => void>();
  let view = noFiles;

  function show(files: readonly Attached[], refusal = view.refusal): void {
    view = { files, refusal };
    keepFiles(draftKey, arrivedOf(files));
    for (const listener of listeners) listener();
  }

  function change(key: string, sent: Attached['sent']): void {
    show(view.files.map((file) => (file.key === key ? { ...file, sent } : file)));
  }

  /** Takes up files again that had arrived. */
  function restore(arrived: readonly Uploaded[]): void {
    const files = arrived.map(
      ({ uploadId, name, bytes }): Attached => ({ key: uploadId, name, bytes, picture: null, sent: { state: 'there', uploadId } }),
    );
    if (files.length > 0) show([...files, ...view.files]);
  }

  function send(key: string, file: File): void {
    const stop = new AbortController();
    const onProgress = (share: number) => change(key, { state: 'sending', share });
    const done = untilLoaded(() => import('../../../_live/upload-file.ts'))
      .then(({ uploadFile }) => uploadFile(file, file.name, { requestId: key, onProgress, signal: stop.signal }))
      .then(
        ({ uploadId }) => change(key, { state: 'there', uploadId }),
        (error: unknown) => change(key, { state: 'failed', why: explainFailure(error) }),
      );
    known.set(key, { file, stop, done: holdPage(done) });
  }

  function add(chosen: Iterable<File>): void {
    const all = [...chosen];
    // Files that were taken back stand beside those that were there.
    const room = Math.max(0, mostUploadsAtOnce - view.files.length);
    const added = all.slice(0, room).map((file) => {
      const picture = shownPictures.test(file.type) ? URL.createObjectURL(file) : null;
      return {
        file,
        attached: { key: newId('up'), name: file.name, bytes: file.size, picture, sent: { state: 'sending', share: 0 } } as const,
      };
    });
    show(
      [...view.files, ...added.map(({ attached }) => attached)],
      all.length > room ? `At most ${mostUploadsAtOnce} files at once.` : null,
    );
    for (const { file, attached } of added) send(attached.key, file);
  }

  function forget(keys: readonly string[]): void {
    for (const { key, picture } of view.files) {
      if (!keys.includes(key)) continue;
      known.get(key)?.stop.abort();
      known.delete(key);
      if (picture) URL.revokeObjectURL(picture);
    }
    show(
      view.files.filter(({ key }) => !keys.includes(key)),
      null,
    );
  }

  /** Whether they come back beside the draft with the next page. */
  function keep(isKept: boolean): void {
    keepFiles(draftKey, isKept ? arrivedOf(view.files) : []);
  }

  function retry(key: string): void {
    const file = known.get(key)?.file;
    if (!file) return;
    change(key, { state: 'sending', share: 0 });
    send(key, file);
  }

  /** These files once all have arrived; null where one did not. */
  async function settle(keys: readonly string[]): Promise<Uploaded[] | null> {
    await Promise.all(keys.map((key) => known.get(key)?.done));
    const wanted = view.files.filter(({ key }) => keys.includes(key));
    const arrived = arrivedOf(wanted);
    return arrived.length === wanted.length ? arrived : null;
  }

  restore(readKept(draftKey));
  return {
    getView: () => view,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ...{ add, restore, forget, keep, retry, settle },
  };
}

function arrivedOf(files: readonly Attached[]): Uploaded[] {
  return files.flatMap(({ name, bytes, sent }) => (sent.state === 'there' ? [{ uploadId: sent.uploadId, name, bytes }] : []));
}
