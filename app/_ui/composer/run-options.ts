import type { Judgement, RunLimits } from '#lib/core/limits/run-limits.ts';

/** What the picker knows of an agent; `whyNot` is one sentence about what it lacks. */
export type AgentChoice = {
  id: string;
  name: string;
  about: string;
  can: string;
  cannot: string[];
  ready: boolean;
  whyNot: string;
  /** What its first goal brings to the machine; empty when nothing is missing. */
  installs: string;
  /** Works in a process of its own: what it does can be judged by act or by turn. */
  terminal: boolean;
  usesModel: boolean;
};

/** Who works, and within which bounds; empty fields are the server's defaults. */
export type RunOptions = { agent: string; model: string; judgement: Judgement; limits: RunLimits };

export function noOptions(agent: string): RunOptions {
  return { agent, model: '', judgement: 'action', limits: {} };
}

/** The part of a request's body that these options are. `kept`: the agent that a thread keeps where none is named, or ''. */
export function optionsBody({ agent, model, judgement, limits }: RunOptions, kept = '') {
  return {
    ...(agent === kept ? {} : { agent: agent || null }),
    ...(model.trim() ? { model: model.trim() } : {}),
    ...(judgement === 'turn' ? { judgement } : {}),
    ...(Object.keys(limits).length > 0 ? { limits } : {}),
  };
}
