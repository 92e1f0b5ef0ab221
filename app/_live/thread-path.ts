/** Where the API has a thread, or with `rest` something of it. */
export function threadPath(threadId: string, rest: '' | `/${string}` = ''): string {
  return `/api/threads/${encodeURIComponent(threadId)}${rest}`;
}
