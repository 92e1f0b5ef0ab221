'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { explainFailure } from '../../../_live/request.ts';
import { uploadFile } from '../../../_live/upload-file.ts';

/** A file that will come along with the words. `picture` is an address of it on this device, where it can be shown. */
export type Attached = {
  key: string;
  name: string;
  bytes: number;
  picture: string | null;
  sent: { state: 'sending'; share: number } | { state: 'there'; uploadId: string } | { state: 'failed'; why: string };
};

export type Attachments = ReturnType<typeof useAttachments>;

const mostFiles = 20;
const shownPictures = /^image\/(avif|bmp|gif|jpeg|png|webp)$/;

type Known = { file: File; stop: AbortController; done: Promise<void> };

/** The files of one message, each on its way as soon as it is chosen. */
export function useAttachments() {
  const [files, setFiles] = useState<readonly Attached[]>([]);
  const [refusal, setRefusal] = useState<string | null>(null);
  const latest = useRef(files);
  latest.current = files;
  const known = useRef(new Map<string, Known>());

  const change = useCallback((key: string, sent: Attached['sent']) => {
    const next = latest.current.map((file) => (file.key === key ? { ...file, sent } : file));
    latest.current = next;
    setFiles(next);
  }, []);

  const send = useCallback(
    (key: string, file: File) => {
      const stop = new AbortController();
      const onProgress = (share: number) => change(key, { state: 'sending', share });
      const done = uploadFile(file, file.name, { onProgress, signal: stop.signal }).then(
        ({ uploadId }) => change(key, { state: 'there', uploadId }),
        (error: unknown) => change(key, { state: 'failed', why: explainFailure(error) }),
      );
      known.current.set(key, { file, stop, done });
    },
    [change],
  );

  const add = useCallback(
    (chosen: Iterable<File>) => {
      const room = mostFiles - latest.current.length;
      const all = [...chosen];
      setRefusal(all.length > room ? `At most ${mostFiles} files at once.` : null);
      const added = all.slice(0, room).map((file) => {
        const key = crypto.randomUUID();
        const picture = shownPictures.test(file.type) ? URL.createObjectURL(file) : null;
        return { file, attached: { key, name: file.name, bytes: file.size, picture, sent: { state: 'sending', share: 0 } } as Attached };
      });
      latest.current = [...latest.current, ...added.map(({ attached }) => attached)];
      setFiles(latest.current);
      for (const { file, attached } of added) send(attached.key, file);
    },
    [send],
  );

  const forget = useCallback((keys: readonly string[]) => {
    for (const key of keys) {
      known.current.get(key)?.stop.abort();
      known.current.delete(key);
      const picture = latest.current.find((file) => file.key === key)?.picture;
      if (picture) URL.revokeObjectURL(picture);
    }
    latest.current = latest.current.filter(({ key }) => !keys.includes(key));
    setFiles(latest.current);
    setRefusal(null);
  }, []);

  const retry = useCallback(
    (key: string) => {
      const file = known.current.get(key)?.file;
      if (!file) return;
      change(key, { state: 'sending', share: 0 });
      send(key, file);
    },
    [change, send],
  );

  /** Upload ids of these files once all have arrived; null where one did not. */
  const settle = useCallback(async (keys: readonly string[]): Promise<string[] | null> => {
    await Promise.all(keys.map((key) => known.current.get(key)?.done));
    const wanted = latest.current.filter(({ key }) => keys.includes(key));
    const ids = wanted.map(({ sent }) => (sent.state === 'there' ? sent.uploadId : null));
    return ids.includes(null) ? null : (ids as string[]);
  }, []);

  useEffect(() => {
    const pictures = latest;
    return () => {
      for (const { picture } of pictures.current) if (picture) URL.revokeObjectURL(picture);
    };
  }, []);

  return { files, refusal, add, forget, retry, settle };
}
