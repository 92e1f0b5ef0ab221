import { mostUploadBytes, tooLargeUpload } from '#lib/core/limits/upload-size.ts';
import { personHeaders } from './device/page-person.ts';
import { RequestError, takeRefusal } from './request.ts';

/** A file that arrived ahead of its words. */
export type Uploaded = { uploadId: string; name: string; bytes: number };

type UploadOptions = { requestId: string; onProgress(share: number): void; signal: AbortSignal };

const unreachable = 'It did not arrive: Choir cannot be reached.';
const changed = 'It was changed or removed since it was chosen. Attach it again.';

/** Sends a file ahead of its words; the same `requestId` again makes one file of both. `onProgress` hears 0 to 1. Throws a RequestError with words for the person; an abort rejects too. */
export function uploadFile(file: Blob, name: string, { requestId, onProgress, signal }: UploadOptions): Promise<Uploaded> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    if (file.size > mostUploadBytes) throw new RequestError(413, tooLargeUpload);
    // `fetch` does not say how much of a body has left.
    const request = new XMLHttpRequest();
    request.open('POST', `/api/uploads?${new URLSearchParams({ name, requestId })}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('accept', 'application/json');
    for (const [name, value] of Object.entries(personHeaders())) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const answer = parse(request.responseText);
      if (request.status === 201) resolve(answer as Uploaded);
      else reject(takeRefusal(request.status, answer));
    };
    request.onerror = async () => reject(new RequestError(0, (await isReadable(file)) ? unreachable : changed));
    request.onabort = () => reject(new RequestError(0, 'Taken back.'));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}

/** A browser gives out a file as it was when it was chosen, or not at all, and says the same of that as of a broken connection. */
function isReadable(file: Blob): Promise<boolean> {
  return file
    .slice(0, 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    );
}

function parse(text: string): object | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
