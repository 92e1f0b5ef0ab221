import type { AgentProgram } from './agent-program.ts';
import { claudeCodeProgram } from './catalog/claude-code.ts';
import { codexProgram } from './catalog/codex.ts';
import { geminiProgram } from './catalog/gemini.ts';
import { opencodeProgram } from './catalog/opencode.ts';
import { terminalProgram } from './catalog/terminal.ts';

/** How each terminal agent of the catalog is installed, started, resumed and overseen, by its id. */
export const agentPrograms: Readonly<Record<string, AgentProgram>> = {
  'claude-code': claudeCodeProgram,
  codex: codexProgram,
  opencode: opencodeProgram,
  gemini: geminiProgram,
  terminal: terminalProgram,
};
