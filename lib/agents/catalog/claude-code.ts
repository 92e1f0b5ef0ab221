import { agentNames } from '#lib/core/words/agent-name.ts';
import type { AgentDescription } from '../agent-catalog.ts';
import { type AgentProgram, bridgePatienceMs } from '../agent-program.ts';

export const claudeCode: AgentDescription = {
  id: 'claude-code',
  name: agentNames['claude-code'],
  about: 'Anthropic’s coding agent, in Choir’s sandbox and with Choir’s approvals.',
  capabilities: ['files', 'scripts', 'commands', 'plans', 'sub-agents', 'mcp', 'skills', 'resume'],
  cannot: ['Hooks, settings and MCP servers that the project brings along are not used.', 'It cannot search the web.'],
  providers: ['anthropic'],
  needs: ['an Anthropic key'],
  modelUse: { promptTokens: 18_000, usual: { anthropic: 'claude-opus-5-5' } },
};

/** What reads only is let through by the policy in a moment; without this Claude Code would not ask about it at all. */
const asked = ['Bash(*)', 'Edit(*)', 'Write(*)', 'NotebookEdit(*)', 'WebFetch(*)', 'WebSearch(*)'];

export const claudeCodeProgram: AgentProgram = {
  packages: { '@agentclientprotocol/claude-agent-acp': '0.100.0', '@anthropic-ai/claude-agent-sdk': '0.3.316' },
  megabytes: 390,
  launch: ({ packages, gatewayUrl, token, model }) => ({
    argv: [`${packages}/node_modules/.bin/claude-agent-acp`],
    env: {
      ANTHROPIC_BASE_URL: gatewayUrl('anthropic'),
      ANTHROPIC_API_KEY: token,
      ...(model ? { ANTHROPIC_MODEL: model.name } : {}),
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      // Its list of steps, told whole each time.
      CLAUDE_CODE_ENABLE_TODO_TOOLS: '1',
      CLAUDE_CODE_ENABLE_TASKS: 'false',
      DISABLE_AUTOUPDATER: '1',
      ENABLE_TOOL_SEARCH: 'false',
      MCP_TOOL_TIMEOUT: String(bridgePatienceMs),
    },
    files: {},
  }),
  protocol: {
    kind: 'acp',
    resume: 'session/resume',
    askMode: 'default',
    onReject: 'goes-on',
    exitLine: /^Exit code (\d{1,3})(?:\n|$)/,
    bridge: { by: 'session', named: /^mcp__choir__/ },
    sessionMeta: {
      claudeCode: {
        options: {
          // No settings file counts, neither the project's nor one that the agent wrote into its home.
          settingSources: [],
          strictMcpConfig: true,
          allowDangerouslySkipPermissions: false,
          promptSuggestions: false,
          settings: { disableAllHooks: true, permissions: { ask: asked, allow: ['mcp__choir'], disableBypassPermissionsMode: 'disable' } },
        },
      },
    },
  },
  memoryBytes: 2 * 1024 ** 3,
};
