import type { AgentDescription } from '../agent-catalog.ts';

export const rules: AgentDescription = {
  id: 'rules',
  name: 'Rules',
  about: 'Works from plain instructions without a model or a key: files, scripts, commands, React apps, tests.',
  capabilities: ['files', 'scripts', 'commands', 'scaffold', 'git'],
  cannot: [],
  providers: [],
  needs: [],
  cost: { estimate: 'free' },
};
