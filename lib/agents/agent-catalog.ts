import type { ProviderId } from '#lib/core/model-call.ts';

/** What a person is told about an agent before choosing it. */
export type AgentDescription = {
  id: string;
  name: string;
  /** One sentence for the picker. */
  about: string;
  capabilities: string[];
  /** What it cannot do here, a sentence each. */
  cannot: string[];
  /** Model providers that it can work with; it needs one of them. Empty: it needs no model. */
  providers: ProviderId[];
  needs: string[];
  cost: { estimate: string };
};

export const defaultAgent = 'rules';

export const agentCatalog: readonly AgentDescription[] = [
  {
    id: 'rules',
    name: 'Rules',
    about: 'Works from plain instructions without a model or a key: files, scripts, commands, React apps, tests.',
    cannot: [],
    providers: [],
    capabilities: ['files', 'scripts', 'commands', 'scaffold', 'git'],
    needs: [],
    cost: { estimate: 'free' },
  },
];

export function describeAgent(id: string): AgentDescription | undefined {
  return agentCatalog.find((agent) => agent.id === id);
}
