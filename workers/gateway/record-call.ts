import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { billCall } from '#lib/budgets/bill-call.ts';
import type { Services } from '#lib/context.ts';
import { ModelCall } from '#lib/core/model-call.ts';
import { createRefusalLog } from './refusal-log.ts';

const retryEveryMs = 1_000;
const Spending = z.object({ workspaceId: z.string(), projectId: z.string(), threadId: z.string(), runId: z.string(), agent: z.string() });
/** The run that spends, and all that it belongs to. */
export type Spending = z.infer<typeof Spending>;
const OpenCall = Spending.extend({ call: ModelCall });

/**
 * The bill's way into the ledger. A call lies in a file of its own from before it is sent until it is recorded, so that neither the death of
 * this process nor a database that is away takes it off the bill.
 */
export function createCallRecorder({ ledger, database, home }: Pick<Services, 'ledger' | 'database' | 'home'>) {
  const folder = join(home.run, 'model-calls');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const stop = new AbortController();
  const working = new Set<Promise<boolean>>();
  const refusals = createRefusalLog();
  const path = (modelCallId: string) => join(folder, `${modelCallId}.json`);

  async function append(spending: Spending, call: ModelCall): Promise<void> {
    const { threadId, runId } = spending;
    const result = await ledger.command(threadId, { actor: 'choir' }, [{ type: 'record-model-call', runId, call }]);
    if (!result.ok) await billCall({ database }, spending, call);
    rmSync(path(call.modelCallId), { force: true });
  }

  async function persist(run: Spending, call: ModelCall): Promise<boolean> {
    while (!stop.signal.aborted) {
      try {
        await append(run, call);
        return true;
      } catch (error) {
        console.error(`Model call ${call.modelCallId} waits to be recorded: ${error instanceof Error ? error.message : error}`);
        await delay(retryEveryMs, undefined, { signal: stop.signal }).catch(() => undefined);
      }
    }
    return false;
  }

  function write(run: Spending, call: ModelCall): void {
    const draft = `${path(call.modelCallId)}.new`;
    writeFileSync(draft, JSON.stringify({ ...run, call }), { mode: 0o600 });
    renameSync(draft, path(call.modelCallId));
  }

  return {
    /** Before it is sent; `call` is what will be recorded if this process is killed. */
    open: write,
    /** While it goes on: where this cannot be written, what was written before stands. */
    keepUp(run: Spending, call: ModelCall): void {
      try {
        write(run, call);
      } catch (error) {
        console.error(`Model call ${call.modelCallId} could not be counted meanwhile: ${error instanceof Error ? error.message : error}`);
      }
    },
    /** Resolves when the call stands in the ledger, however long that takes; to false when the recorder closes before. */
    close(run: Spending, call: ModelCall): Promise<boolean> {
      try {
        write(run, call);
      } catch (error) {
        console.error(`Model call ${call.modelCallId} is kept in memory only: ${error instanceof Error ? error.message : error}`);
      }
      const recorded = persist(run, call).finally(() => working.delete(recorded));
      working.add(recorded);
      return recorded;
    },
    /** A call that was not sent. A client that does not take no for an answer fills no ledger: what is known there is news only now and then. */
    async refuse(run: Spending, call: ModelCall): Promise<void> {
      const isNews = refusals.isNews(run.runId);
      await ledger.command(run.threadId, { actor: 'choir' }, (state) =>
        isNews || state.run?.refusal === null ? [{ type: 'record-model-call', runId: run.runId, call }] : [],
      );
    },
    /** Records what a gateway that was killed left open. Call before the first `open`. */
    async recover(): Promise<void> {
      for (const name of readdirSync(folder)) {
        const left = OpenCall.safeParse(readJson(join(folder, name)));
        if (!left.success) {
          rmSync(join(folder, name), { force: true });
          continue;
        }
        const { call, ...run } = left.data;
        const [known] = await database.sql`select 1 from model_calls where id = ${call.modelCallId}`;
        if (known) rmSync(join(folder, name), { force: true });
        else await append(run, call);
      }
    },
    /** What is not recorded by now stays for the next start. */
    async end(): Promise<void> {
      stop.abort();
      await Promise.allSettled(working);
    },
  };
}

export type CallRecorder = ReturnType<typeof createCallRecorder>;

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
