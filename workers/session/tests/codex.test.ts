import { codex, codexProgram } from '#lib/agents/catalog/codex.ts';
import { terminalAgentSuite } from '#tests/contracts/terminal-agent.ts';

await terminalAgentSuite(
  { description: codex, program: codexProgram },
  { otherModel: 'openai/gpt-scripted', resumes: 'resumed', lists: true },
);
