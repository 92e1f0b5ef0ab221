import { DomainError } from '#lib/core/domain-error.ts';

export type AttemptLimit = { check(key: string): void; fail(key: string): void };

const rememberedKeys = 10_000;

/** At most `attempts` failures per key in `windowMs`; then `check` throws `rate-limited` until the window ends. Lives in this process's memory. */
export function attemptLimit({
  attempts,
  windowMs,
  now = Date.now,
}: {
  attempts: number;
  windowMs: number;
  now?: () => number;
}): AttemptLimit {
  const windows = new Map<string, { failures: number; endsAt: number }>();
  const current = (key: string) => {
    const window = windows.get(key);
    return window && window.endsAt > now() ? window : undefined;
  };
  return {
    check(key) {
      const window = current(key);
      if (!window || window.failures < attempts) return;
      const seconds = Math.ceil((window.endsAt - now()) / 1000);
      throw new DomainError('rate-limited', `Too many attempts. Try again in ${seconds} s.`, { retryAfterSeconds: seconds });
    },
    fail(key) {
      const window = current(key) ?? { failures: 0, endsAt: now() + windowMs };
      windows.delete(key);
      windows.set(key, { ...window, failures: window.failures + 1 });
      const oldest = windows.keys().next().value;
      if (windows.size > rememberedKeys && oldest !== undefined) windows.delete(oldest);
    },
  };
}
