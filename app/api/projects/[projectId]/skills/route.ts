import { listSkills } from '#lib/skills/list-skills.ts';
import { listSkillsOperation } from '../../../_contract/mcp.ts';
import { handle } from '../../../_server/handle.ts';

export const GET = handle(listSkillsOperation, async (context, input) => ({ skills: await listSkills(context, input) }));
