import type { EventData } from '#lib/core/event.ts';
import { excerpt } from '#lib/core/words/excerpt.ts';
import type { ModelCallPart } from './call-model.ts';
import { ReadSkill, readSkillTool } from './read-skill.ts';
import { updatePlanTool } from './tools.ts';

type Aside = NonNullable<EventData<'model.answered'>['aside']>;
type Heard = { toolCallId: string; toolName: string; type: 'text' | 'error-text'; value: string };

const namedCalls = 3;
const detailLength = 1_000;

/** What a person should see of calls that Choir answered without running anything: skills that were read, and calls that could not be run. */
export function asideOf(heard: readonly Heard[], calls: readonly ModelCallPart[]): Aside | undefined {
  // A plan that changed is shown as a plan.
  const shown = heard.filter(({ toolName, type }) => toolName !== updatePlanTool || type === 'error-text');
  if (shown.length === 0) return undefined;
  const said = shown.map((reply) => {
    const input = calls.find(({ toolCallId }) => toolCallId === reply.toolCallId)?.input;
    return reply.type === 'text' ? { words: readWords(input), detail: '' } : notRun(reply, input);
  });
  const more = said.length > namedCalls ? [`${said.length - namedCalls} more`] : [];
  return {
    tone: shown.some(({ type }) => type === 'error-text') ? 'warn' : 'info',
    text: [...said.slice(0, namedCalls).map(({ words }) => words), ...more].join('; '),
    details: said.map(({ detail }) => detail).filter(Boolean),
  };
}

function readWords(input: unknown): string {
  const { data } = ReadSkill.safeParse(input);
  return data ? `Read ${data.file.slice(0, 200)} of the skill ${data.name.slice(0, 100)}` : readSkillTool;
}

function notRun({ toolName, value }: Heard, input: unknown): { words: string; detail: string } {
  const tool = toolName.slice(0, 100);
  return { words: `A call of ${tool} was not run`, detail: excerpt(`${tool}: ${value}\n${JSON.stringify(input) ?? ''}`, detailLength) };
}
