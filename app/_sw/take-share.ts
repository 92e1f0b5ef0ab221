import { withStore } from '../_live/outbox/device-database.ts';
import type { Shared } from '../_live/outbox/shared.ts';
import { limitBody } from './limit-body.ts';

/** A few files as large as Choir takes them: all of it is in memory for a moment. */
const mostBytes = 250 * 1024 * 1024;

/** What another app shares becomes the beginning of a goal: kept on this device, and picked up by the page that opens. */
export async function takeShare(request: Request): Promise<Response> {
  try {
    const form = await limitBody(request, mostBytes).formData();
    const text = ['title', 'text', 'url']
      .flatMap((name) => form.getAll(name))
      .filter((part) => typeof part === 'string' && part.trim() !== '');
    const files = form.getAll('files').filter((part) => part instanceof File && part.size > 0);
    const shared = { text: [...new Set(text)].join('\n'), files } as Omit<Shared, 'order'>;
    await withStore('shared', 'readwrite', (objects) => objects.add(shared));
    return Response.redirect('/?shared=yes', 303);
  } catch {
    return Response.redirect('/?shared=lost', 303);
  }
}
