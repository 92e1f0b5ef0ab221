import { type ToolSet, tool } from 'ai';
import { z } from 'zod';
import { excerpt } from '#lib/core/words/excerpt.ts';
import type { SkillAccess } from '../agent.ts';
import type { ModelCallPart } from './call-model.ts';

export const readSkillTool = 'read_skill';
const textLimit = 32_000;

export const ReadSkill = z.object({
  name: z.string().describe('of one of the person’s own skills'),
  file: z.string().default('SKILL.md').describe('a file that the skill names, relative to its folder'),
});

/** The person's own skills lie outside of every sandbox, so the agent itself reads them. */
export const skillTools: ToolSet = {
  [readSkillTool]: tool({ description: 'Reads a file of one of the person’s own skills.', inputSchema: ReadSkill }),
};

export type OwnReply = { type: 'text' | 'error-text'; value: string };

/** What the agent itself says to calls of its answer, by the calls' ids. */
export async function replyToSkillCalls(calls: readonly ModelCallPart[], skills: SkillAccess): Promise<Map<string, OwnReply>> {
  const replies = new Map<string, OwnReply>();
  for (const { toolCallId, toolName, input, invalid } of calls) {
    if (toolName !== readSkillTool || invalid !== null) continue;
    const { name, file } = ReadSkill.parse(input);
    const text = await skills.readOwn(name, file);
    replies.set(
      toolCallId,
      text === null
        ? { type: 'error-text', value: 'There is no such skill, or no such text in it.' }
        : { type: 'text', value: excerpt(text, textLimit) },
    );
  }
  return replies;
}
