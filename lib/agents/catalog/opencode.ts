import { agentNames } from '#lib/core/words/agent-name.ts';
import type { AgentDescription } from '../agent-catalog.ts';
import { type AgentProgram, bridgePatienceMs, type ProgramPlace } from '../agent-program.ts';
import { defaultModels } from '../default-models.ts';

export const opencode: AgentDescription = {
  id: 'opencode',
  name: agentNames.opencode,
  about: 'An open coding agent for any provider, in Choir’s sandbox and with Choir’s approvals.',
  capabilities: ['files', 'scripts', 'commands', 'plans', 'sub-agents', 'mcp', 'skills', 'resume'],
  cannot: [
    'It stops its turn when it is told no; Choir prompts it to go on.',
    'Settings and MCP servers that the project brings along are not used; its plug-ins are loaded, inside the sandbox.',
  ],
  providers: ['anthropic', 'openai', 'google'],
  needs: ['a key for Anthropic, OpenAI or Google, or the address of a local server'],
  modelUse: { promptTokens: 7_700 },
};

/** It waits until its own limit for a command that a signal ended, so this stands between: it ends with an exit code always. */
const shell = '#!/bin/sh\ntrap : HUP INT QUIT TERM\nbash "$@"\nexit $?\n';
const shellPath = '.choir/bash';

export const opencodeProgram: AgentProgram = {
  packages: { 'opencode-ai': '1.18.33' },
  megabytes: 350,
  launch: (place) => ({
    // The package's own launcher is put in place by an install script; this is what it leads to.
    argv: [
      `${place.packages}/node_modules/opencode-linux-${process.arch === 'arm64' ? 'arm64' : 'x64-baseline'}/bin/opencode`,
      'acp',
      '--pure',
    ],
    env: {
      OPENCODE_CONFIG_CONTENT: JSON.stringify(configure(place)),
      OPENCODE_DISABLE_AUTOUPDATE: '1',
      OPENCODE_DISABLE_CLAUDE_CODE: '1',
      OPENCODE_DISABLE_DEFAULT_PLUGINS: '1',
      OPENCODE_DISABLE_LSP_DOWNLOAD: '1',
      OPENCODE_DISABLE_MODELS_FETCH: '1',
      OPENCODE_DISABLE_PROJECT_CONFIG: '1',
      OPENCODE_DISABLE_SHARE: '1',
    },
    files: { [shellPath]: shell },
  }),
  protocol: {
    kind: 'acp',
    resume: 'session/resume',
    askMode: null,
    onReject: 'ends-turn',
    listCall: /^(?:todowrite|\d+ todos?)$/,
    bridge: { by: 'session', named: /^choir_/ },
  },
  memoryBytes: 3 * 1024 ** 3,
};

function configure({ home, providers, model, gatewayUrl, token }: ProgramPlace) {
  const addresses = { anthropic: '/v1', openai: '/v1', google: '/v1beta' };
  const provider = model?.provider ?? providers[0] ?? 'anthropic';
  const name = model?.name ?? defaultModels[provider];
  return {
    autoupdate: false,
    share: 'disabled',
    shell: `${home}/${shellPath}`,
    model: `${provider}/${name}`,
    small_model: `${provider}/${name}`,
    enabled_providers: providers,
    provider: Object.fromEntries(
      providers.map((id) => {
        const reached = { options: { baseURL: gatewayUrl(id) + addresses[id], apiKey: token } };
        return [id, id === provider ? { ...reached, models: { [name]: {} } } : reached];
      }),
    ),
    experimental: { mcp_timeout: bridgePatienceMs },
    permission: {
      '*': 'ask',
      'choir_*': 'allow',
      read: 'allow',
      list: 'allow',
      glob: 'allow',
      grep: 'allow',
      todowrite: 'allow',
      todoread: 'allow',
    },
  };
}
