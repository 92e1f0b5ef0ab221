import { gemini, geminiProgram } from '#lib/agents/catalog/gemini.ts';
import { terminalAgentSuite } from '#tests/contracts/terminal-agent.ts';

await terminalAgentSuite({ description: gemini, program: geminiProgram }, { resumes: 'restarted' });
