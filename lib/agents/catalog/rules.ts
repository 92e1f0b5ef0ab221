import { agentNames } from '#lib/core/words/agent-name.ts';
import type { AgentDescription } from '../agent-catalog.ts';

export const rules: AgentDescription = {
  id: 'rules',
  name: agentNames.rules,
  about:
    'Works from plain instructions without a model or a key: files, scripts, commands, React apps, tests. Where a model is set up, it does what no rule covers.',
  capabilities: ['files', 'scripts', 'commands', 'scaffold', 'git'],
  cannot: [],
  providers: [],
  needs: [],
  modelUse: { through: 'model' },
};
