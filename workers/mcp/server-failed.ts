/** A server could not be used. `how` it ended; the words in `message` are partly the server's own. */
export class ServerFailed extends Error {
  readonly how: 'failed' | 'timed-out' | 'interrupted';
  /** It lets in nobody whom it does not know. */
  readonly wantsSignIn: boolean;
  constructor(how: ServerFailed['how'], message: string, wantsSignIn = false) {
    super(message);
    this.how = how;
    this.wantsSignIn = wantsSignIn;
  }
}
