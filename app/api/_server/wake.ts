/** Lets one loop sleep until something happened, without missing what happens while it works. */
export class Wake {
  #pending = false;
  #resolve: (() => void) | null = null;

  wake(): void {
    this.#pending = true;
    this.#resolve?.();
  }

  /** Resolves at the next `wake`, at once when there was one since the last call, or after `timeoutMs` with false. */
  async next(timeoutMs: number): Promise<boolean> {
    if (!this.#pending) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeoutMs);
        this.#resolve = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#resolve = null;
    }
    const woken = this.#pending;
    this.#pending = false;
    return woken;
  }
}
