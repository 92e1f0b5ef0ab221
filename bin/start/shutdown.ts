import { type PartName, partNames } from './end-orphans.ts';

type Stoppable = { stop(): Promise<void> };

export type Shutdown = {
  /** Resolves when somebody asks for the end. */
  requested: Promise<void>;
  request(): void;
  isRequested(): boolean;
  /** Throws when the end was asked for meanwhile; startup calls it between its steps. */
  check(): void;
  add(name: PartName, part: Stoppable): void;
  /** Stops everything that was added: writers first, stores last. */
  run(): Promise<void>;
};

/** The one place that knows what has to end. */
export function createShutdown(): Shutdown {
  const parts = new Map<string, Stoppable>();
  const { promise, resolve } = Promise.withResolvers<void>();
  let asked = false;
  return {
    requested: promise,
    request() {
      asked = true;
      void parts.get('build')?.stop();
      resolve();
    },
    isRequested: () => asked,
    check() {
      if (asked) throw new Error('Choir is being stopped.');
    },
    add(name, part) {
      parts.set(name, part);
    },
    async run() {
      for (const name of partNames) await parts.get(name)?.stop();
    },
  };
}
