import { opencode, opencodeProgram } from '#lib/agents/catalog/opencode.ts';
import { terminalAgentSuite } from '#tests/contracts/terminal-agent.ts';

await terminalAgentSuite({ description: opencode, program: opencodeProgram }, { resumes: 'resumed', lists: true });
