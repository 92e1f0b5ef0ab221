import type { AgentView } from '../agent.ts';
import type { Memory } from './reasoner/clause.ts';

/** What a goal may speak of: the files there are, and as "it" the one file that the newest checkpoint added, changed or moved. */
export function projectMemory({ project, checkpoints, currentCheckpointId }: AgentView): Memory {
  const files = new Set(project.files);
  const changed = checkpoints.find(({ checkpointId }) => checkpointId === currentCheckpointId)?.changes;
  const only = changed?.files.filter(({ path }) => files.has(path)) ?? [];
  const file = changed?.fileCount === changed?.files.length && only.length === 1 ? only[0]?.path : undefined;
  return { files, file, script: file };
}
