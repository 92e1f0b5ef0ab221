/** The socket that a connection dialled last. */
export function createNatsSocket(isEncrypted: boolean) {
  let socket: WebSocket | undefined;
  let dialledAt = 0;
  return {
    async dial(url: string) {
      dialledAt = Date.now();
      socket = new WebSocket(url);
      return { socket, encrypted: isEncrypted };
    },
    sinceDialMs: () => Date.now() - dialledAt,
    /** Has the connection open anew, now: to a side that is silent a browser would say goodbye for a minute, and the connection waits for that. */
    drop(): void {
      socket?.onclose?.(new CloseEvent('close', { code: 1006, reason: 'dropped' }));
    },
  };
}
