import { claudeCode, claudeCodeProgram } from '#lib/agents/catalog/claude-code.ts';
import { terminalAgentSuite } from '#tests/contracts/terminal-agent.ts';

await terminalAgentSuite({ description: claudeCode, program: claudeCodeProgram }, { resumes: 'resumed', lists: true });
