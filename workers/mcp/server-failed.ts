/** A server could not be used. `how` it ended; the words in `message` are partly the server's own. */
export class ServerFailed extends Error {
  readonly how: 'failed' | 'timed-out' | 'interrupted';
  constructor(how: ServerFailed['how'], message: string) {
    super(message);
    this.how = how;
  }
}
