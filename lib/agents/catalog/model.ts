import { agentNames } from '#lib/core/words/agent-name.ts';
import type { AgentDescription } from '../agent-catalog.ts';

export const model: AgentDescription = {
  id: 'model',
  name: agentNames.model,
  about: 'Any model through its API, with Choir’s own tools: plans, asks, and goes on after any crash.',
  capabilities: ['files', 'scripts', 'commands', 'plans', 'git', 'mcp', 'skills'],
  cannot: [],
  providers: ['anthropic', 'openai', 'google'],
  needs: ['a key for Anthropic, OpenAI or Google, or the address of a local server'],
  modelUse: { promptTokens: 2_500 },
};
