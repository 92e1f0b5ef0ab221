import type { PlanStep } from '#lib/core/plan.ts';
import type { Task } from '../actionizer/task.ts';
import type { Literal } from './literals.ts';

/** One instruction of a goal: its words without politeness, its literals held. */
export type Clause = { text: string; literals: Literal[] };

/** What "it", "that file" and "the script" stand for, and what the project holds as far as the plan goes. */
export type Memory = { file?: string; folder?: string; script?: string; app?: string; files: ReadonlySet<string> };

/** A step to be, before it has its number. `mentions` is what later clauses may call "it". */
export type Draft = {
  title: string;
  kind: PlanStep['kind'];
  task: Task;
  confidence: number;
  mentions?: Partial<Omit<Memory, 'files'>>;
};

/** One thing that the agent can do. `examples` are goals it must understand: they are its tests and the help text. */
export type Rule = { id: string; examples: string[]; match(clause: Clause, memory: Memory): Draft[] | null };
