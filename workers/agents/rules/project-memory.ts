import type { ProjectSummary } from '../agent.ts';
import type { Memory } from './reasoner/clause.ts';

export function projectMemory(project: ProjectSummary): Memory {
  return { files: new Set(project.files) };
}
