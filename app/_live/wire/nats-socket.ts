/** The socket that a connection dialled last. */
export function createNatsSocket(isEncrypted: boolean) {
  let socket: WebSocket | undefined;
  return {
    async dial(url: string) {
      socket = new WebSocket(url);
      return { socket, encrypted: isEncrypted };
    },
    /** Has the connection open anew, now: to a side that is silent a browser would say goodbye for a minute, and the connection waits for that. */
    drop(): void {
      socket?.onclose?.(new CloseEvent('close', { code: 1006, reason: 'dropped' }));
    },
  };
}
