import { agentNames } from '#lib/core/words/agent-name.ts';
import type { AgentDescription } from '../agent-catalog.ts';
import { type AgentProgram, bridgePatienceMs } from '../agent-program.ts';
import { defaultModels } from '../default-models.ts';

export const codex: AgentDescription = {
  id: 'codex',
  name: agentNames.codex,
  about: 'OpenAI’s coding agent, in Choir’s sandbox and with Choir’s approvals.',
  capabilities: ['files', 'scripts', 'commands', 'plans', 'sub-agents', 'mcp', 'skills', 'resume'],
  cannot: [
    'It stops its turn when it is told no; Choir prompts it to go on.',
    'Its own sandbox is off: each command is asked for instead.',
    'MCP servers in the project’s own Codex settings start unasked, inside the sandbox and without network.',
  ],
  providers: ['openai'],
  needs: ['an OpenAI key, or the address of a server that speaks the Responses API'],
  modelUse: { promptTokens: 15_800 },
};

/** Codex' own sandbox cannot start inside of Choir's, so nothing runs that it did not ask for: it has to know. */
const instructions =
  'You work inside a sandbox that a person oversees. Your own sandbox is not available here: commands without escalated permissions fail. ' +
  'Ask for every command with sandbox_permissions "require_escalated"; what is harmless is allowed at once.';

export const codexProgram: AgentProgram = {
  packages: { '@agentclientprotocol/codex-acp': '2.6.0', '@openai/codex': '0.166.0' },
  megabytes: 460,
  launch: ({ packages, gatewayUrl, token, model, bridge }) => ({
    argv: [`${packages}/node_modules/.bin/codex-acp`],
    env: {
      OPENAI_API_KEY: token,
      CODEX_API_KEY: token,
      NO_BROWSER: '1',
      INITIAL_AGENT_MODE: 'read-only',
      MODEL_PROVIDER: 'choir',
      CODEX_CONFIG: JSON.stringify({
        // Its own choice is its newest, whose price nobody may know yet: under a budget it could not work.
        model: model?.name ?? defaultModels.openai,
        model_provider: 'choir',
        model_providers: {
          choir: {
            name: 'Choir',
            base_url: `${gatewayUrl('openai')}/v1`,
            env_key: 'OPENAI_API_KEY',
            wire_api: 'responses',
            requires_openai_auth: false,
          },
        },
        developer_instructions: instructions,
        ...(bridge
          ? {
              mcp_servers: {
                [bridge.name]: {
                  command: bridge.command,
                  args: bridge.args,
                  startup_timeout_sec: 60,
                  tool_timeout_sec: bridgePatienceMs / 1_000,
                  default_tools_approval_mode: 'approve',
                },
              },
            }
          : {}),
        // Its newest models keep no list of their steps unless they are told to.
        tools: { update_plan: { enabled: true } },
        check_for_update_on_startup: false,
        analytics: { enabled: false },
        features: { hooks: false, plugins: false },
      }),
    },
    files: {},
  }),
  protocol: {
    kind: 'acp',
    resume: 'session/resume',
    askMode: 'read-only',
    onReject: 'ends-turn',
    authMethod: 'api-key',
    helperCall: /^Start subagent /,
    bridge: { by: 'launch', named: /^mcp\.choir\./ },
  },
  memoryBytes: 2 * 1024 ** 3,
};
