import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

const patienceMs = 3_000;

/**
 * Stops every process below `first`, the first one of a pid namespace, and returns what lets them go on. Throws when they do not stand still in
 * time. They stand still when two looks at all of them find the same threads, each stopped and not once scheduled in between: so hostile
 * ones that wake each other cannot seem to sleep.
 */
export async function pauseProcesses(first: number): Promise<() => void> {
  if (!existsSync('/proc/thread-self/children')) throw new Error('This kernel does not say which processes a program started.');
  const stopped: number[] = [];
  const deadline = performance.now() + patienceMs;
  const goOn = () => {
    // Children first: a shell must not see its child stopped.
    for (const pid of stopped.splice(0).reverse()) signal(pid, 'SIGCONT');
  };
  for (let before = ''; ; ) {
    const processes = descendants(first).map(look);
    const now = processes.map(({ threads }) => threads).join('');
    const moving = processes.filter(({ isStill }) => !isStill);
    if (moving.length === 0 && now === before) return goOn;
    before = now;
    for (const { pid } of moving) {
      if (!stopped.includes(pid)) stopped.push(pid);
      signal(pid, 'SIGSTOP');
    }
    if (performance.now() > deadline) {
      goOn();
      throw new Error('The program could not be paused.');
    }
    if (moving.length > 0) await setTimeout(1);
  }
}

function descendants(first: number): number[] {
  const found = [first];
  for (const pid of found) for (const thread of threadsOf(pid)) found.push(...numbers(read(`/proc/${pid}/task/${thread}/children`)));
  return found.slice(1);
}

/** A thread's state, and how often it was given up the processor: what ran since must have been. */
function look(pid: number): { pid: number; threads: string; isStill: boolean } {
  const threads = threadsOf(pid).map((thread) => {
    const status = read(`/proc/${pid}/task/${thread}/status`);
    const [state = 'X'] = /^State:\t(.)/m.exec(status)?.slice(1) ?? [];
    return { state, text: `${pid}/${thread} ${state} ${status.match(/^(non)?voluntary_ctxt_switches:\t\d+/gm)?.join()}\n` };
  });
  return { pid, threads: threads.map(({ text }) => text).join(''), isStill: threads.every(({ state }) => 'TZX'.includes(state)) };
}

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

function numbers(text: string): number[] {
  return text.split(' ').filter(Boolean).map(Number);
}

function signal(pid: number, name: 'SIGSTOP' | 'SIGCONT'): void {
  try {
    process.kill(pid, name);
  } catch {}
}
