'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { mostUploadsAtOnce } from '#lib/core/limits/upload-limits.ts';
import { newId } from '#lib/core/new-id.ts';
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

export type Attachments = ReturnType<typeof useAttachments>;

const shownPictures = /^image\/(avif|bmp|gif|jpeg|png|webp)$/;

type Known = { file: File; stop: AbortController; done: Promise<void> };

/** The files of one message, each on its way as soon as it is chosen; those that arrived are kept beside the draft. */
export function useAttachments(draftKey: string) {
  const [files, setFiles] = useState<readonly Attached[]>([]);
  const [refusal, setRefusal] = useState<string | null>(null);
  const latest = useRef(files);
  latest.current = files;
  const known = useRef(new Map<string, Known>());

  const show = useCallback(
    (next: readonly Attached[]) => {
      latest.current = next;
      setFiles(next);
      keepFiles(draftKey, arrivedOf(next));
    },
    [draftKey],
  );

  /** Takes up files again that had arrived. */
  const restore = useCallback(
    (arrived: readonly Uploaded[]) => {
      const files = arrived.map(
        ({ uploadId, name, bytes }): Attached => ({ key: uploadId, name, bytes, picture: null, sent: { state: 'there', uploadId } }),
      );
      if (files.length > 0) show([...files, ...latest.current]);
    },
    [show],
  );
  useEffect(() => restore(readKept(draftKey)), [draftKey, restore]);

  const change = useCallback(
    (key: string, sent: Attached['sent']) => show(latest.current.map((file) => (file.key === key ? { ...file, sent } : file))),
    [show],
  );

  const send = useCallback(
    (key: string, file: File) => {
      const stop = new AbortController();
      const onProgress = (share: number) => change(key, { state: 'sending', share });
      const uploading = untilLoaded(() => import('../../../_live/upload-file.ts'));
      const done = uploading
        .then(({ uploadFile }) => uploadFile(file, file.name, { requestId: key, onProgress, signal: stop.signal }))
        .then(
          ({ uploadId }) => change(key, { state: 'there', uploadId }),
          (error: unknown) => change(key, { state: 'failed', why: explainFailure(error) }),
        );
      known.current.set(key, { file, stop, done });
    },
    [change],
  );

  const add = useCallback(
    (chosen: Iterable<File>) => {
      // Files that were taken back stand beside those that were there.
      const room = Math.max(0, mostUploadsAtOnce - latest.current.length);
      const all = [...chosen];
      setRefusal(all.length > room ? `At most ${mostUploadsAtOnce} files at once.` : null);
      const added = all.slice(0, room).map((file) => {
        const key = newId('up');
        const picture = shownPictures.test(file.type) ? URL.createObjectURL(file) : null;
        return { file, attached: { key, name: file.name, bytes: file.size, picture, sent: { state: 'sending', share: 0 } } as Attached };
      });
      show([...latest.current, ...added.map(({ attached }) => attached)]);
      for (const { file, attached } of added) send(attached.key, file);
    },
    [send, show],
  );

  const forget = useCallback(
    (keys: readonly string[]) => {
      for (const key of keys) {
        known.current.get(key)?.stop.abort();
        known.current.delete(key);
        const picture = latest.current.find((file) => file.key === key)?.picture;
        if (picture) URL.revokeObjectURL(picture);
      }
      show(latest.current.filter(({ key }) => !keys.includes(key)));
      setRefusal(null);
    },
    [show],
  );

  /** Whether they come back beside the draft with the next page. */
  const keep = useCallback((isKept: boolean) => keepFiles(draftKey, isKept ? arrivedOf(latest.current) : []), [draftKey]);

  const retry = useCallback(
    (key: string) => {
      const file = known.current.get(key)?.file;
      if (!file) return;
      change(key, { state: 'sending', share: 0 });
      send(key, file);
    },
    [change, send],
  );

  /** These files once all have arrived; null where one did not. */
  const settle = useCallback(async (keys: readonly string[]): Promise<Uploaded[] | null> => {
    await Promise.all(keys.map((key) => known.current.get(key)?.done));
    const wanted = latest.current.filter(({ key }) => keys.includes(key));
    const arrived = arrivedOf(wanted);
    return arrived.length === wanted.length ? arrived : null;
  }, []);

  useEffect(() => {
    const pictures = latest;
    return () => {
      for (const { picture } of pictures.current) if (picture) URL.revokeObjectURL(picture);
    };
  }, []);

  return { files, refusal, add, restore, forget, keep, retry, settle };
}

function arrivedOf(files: readonly Attached[]): Uploaded[] {
  return files.flatMap(({ name, bytes, sent }) => (sent.state === 'there' ? [{ uploadId: sent.uploadId, name, bytes }] : []));
}
