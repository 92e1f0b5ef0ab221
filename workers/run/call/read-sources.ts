import type { ActiveRun } from '#lib/core/state.ts';
import type { ToolCall } from '#lib/core/tool.ts';
import { wantedSources } from '#lib/policy/judge-call.ts';
import type { Sources } from '#lib/policy/scripts/read-scripts.ts';
import type { RunContext } from '#workers/run/run-context.ts';
import { dryRunId, isDryPhase } from './dry-phase.ts';

/** What is read is parsed: the most hostile 64 KiB that were found held this thread for half a second. */
const fileBytes = 64 * 1024;
const allBytes = 2 * fileBytes;
const mostFiles = 24;

/** The files of the tree that a call would run commands from, as its agent has them at this moment. */
export async function readSources({ sandbox, threadId }: RunContext, run: ActiveRun, call: ToolCall): Promise<Sources> {
  const sources = new Map<string, string | null>();
  const id = run.session?.sessionId ?? (isDryPhase(run) ? dryRunId(run.runId) : undefined);
  let left = allBytes;
  for (let wanted = wantedSources(call, sources); wanted.length > 0 && sources.size < mostFiles; wanted = wantedSources(call, sources)) {
    for (const path of wanted.slice(0, mostFiles - sources.size)) {
      const text = await sandbox.readFile({ threadId, id, path, limitBytes: Math.min(fileBytes, left) });
      sources.set(path, text);
      left -= text?.length ?? 0;
    }
  }
  return sources;
}
