const reset = '\x1b[0m';

export type Progress = {
  /** Runs one step of the start and shows it: its name while it works, a tick and its seconds after. */
  step<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
  /** One line in between. */
  say(line: string): void;
};

/** Progress for a person at a terminal, and plain lines where nobody watches. */
export function createProgress(output: NodeJS.WriteStream): Progress {
  const colours = output.isTTY && !process.env.NO_COLOR;
  const paint = (code: number, text: string) => (colours ? `\x1b[${code}m${text}${reset}` : text);
  const line = (mark: string, text: string) => output.write(`  ${mark} ${text}\n`);
  return {
    async step(name, work) {
      const since = performance.now();
      const seconds = () => ((performance.now() - since) / 1000).toFixed(1);
      const ticker = output.isTTY
        ? setInterval(() => output.write(`\r  ${paint(2, '·')} ${name} ${paint(2, `${seconds()} s`)}`), 100)
        : undefined;
      const finish = (mark: string) => {
        clearInterval(ticker);
        if (output.isTTY) output.write('\r\x1b[K');
        line(mark, `${name} ${paint(2, `${seconds()} s`)}`);
      };
      try {
        const result = await work();
        finish(paint(32, '✓'));
        return result;
      } catch (error) {
        finish(paint(31, '✗'));
        throw error;
      }
    },
    say(text) {
      if (output.isTTY) output.write('\r\x1b[K');
      line(paint(33, '·'), text);
    },
  };
}
