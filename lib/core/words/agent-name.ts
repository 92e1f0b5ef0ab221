/** What people call the agents, by id. */
export const agentNames = {
  rules: 'Rules',
  model: 'Model',
  'claude-code': 'Claude Code',
  codex: 'Codex',
  opencode: 'OpenCode',
  gemini: 'Gemini CLI',
  terminal: 'Terminal',
} as const;

/** An agent as people call it; one that this version does not know by its id. */
export function agentName(id: string): string {
  return Object.hasOwn(agentNames, id) ? agentNames[id as keyof typeof agentNames] : id;
}
