import type { AgentDescription } from './agent-catalog.ts';

const words: Readonly<Record<string, string>> = { mcp: 'MCP servers', resume: 'going on with its own conversation', scaffold: 'new apps' };

/** What an agent can, in one sentence for a person who chooses. */
export function describeCapabilities({ capabilities }: Pick<AgentDescription, 'capabilities'>): string {
  return `Can: ${capabilities.map((capability) => words[capability] ?? capability).join(', ')}.`;
}
