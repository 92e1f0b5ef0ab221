import { agentNames } from '#lib/core/words/agent-name.ts';
import type { AgentDescription } from '../agent-catalog.ts';
import type { AgentProgram } from '../agent-program.ts';
import { defaultModels } from '../default-models.ts';

export const gemini: AgentDescription = {
  id: 'gemini',
  name: agentNames.gemini,
  about: 'Google’s coding agent, in Choir’s sandbox and with Choir’s approvals.',
  capabilities: ['files', 'scripts', 'commands', 'plans', 'mcp', 'skills'],
  cannot: [
    'It cannot take up its own conversation again after its process is gone: it goes on from Choir’s summary.',
    'Settings, hooks and MCP servers that the project brings along are not used.',
    'Commands that only read run unasked, inside the sandbox.',
    'It shows no list of its steps.',
  ],
  providers: ['google'],
  needs: ['a Google AI key'],
  modelUse: { promptTokens: 11_600 },
};

const settings = {
  // An untrusted folder's settings, hooks, commands and MCP servers are not read.
  security: { auth: { selectedType: 'gemini-api-key' }, folderTrust: { enabled: true }, disableYoloMode: true, disableAlwaysAllow: true },
  general: { enableAutoUpdate: false, enableAutoUpdateNotification: false },
  privacy: { usageStatisticsEnabled: false },
  hooksConfig: { enabled: false },
  // Of the interactive shell's output it tells its client nothing.
  tools: { shell: { enableInteractiveShell: false } },
};

/**
 * It tells its client no exit codes, so the first shell of each command says its own in the last line; those within are left as they are. It would read two
 * streams in any order, and shows them as one: what else is said of an end, such as "Killed", stands before that line only in one.
 */
const shell = `#!/bin/sh
PATH="\${PATH#*:}"
exec 2>&1
bash "$@"
code=$?
[ $code -eq 0 ] || printf '\\n[exit code %s]\\n' $code
exit $code
`;
const shellFolder = '.choir/bin';

/** In a folder that is not trusted it takes no MCP server, but what a command of the person's own settings prints. */
function toolsBy(program: string) {
  return { discoveryCommand: program, callCommand: program };
}

/** Above every rule that the project or the agent itself could bring: what reads only is let through by Choir's policy in a moment. */
const policy = `[[rule]]
toolName = ["run_shell_command", "write_file", "replace", "web_fetch", "google_web_search"]
decision = "ask_user"
priority = 999
`;

/** What the bridge offers, which asks itself. */
function letThrough(tools: string[]): string {
  const names = tools.map((name) => `discovered_tool_${name}`);
  return `\n[[rule]]\ntoolName = ${JSON.stringify(names)}\ndecision = "allow"\npriority = 999\n`;
}

export const geminiProgram: AgentProgram = {
  packages: { '@google/gemini-cli': '0.61.0' },
  megabytes: 100,
  launch: ({ packages, home, gatewayUrl, token, model, bridge }) => ({
    argv: [
      ...['sh', '-c', `PATH="${home}/${shellFolder}:$PATH" exec "$@"`, 'sh'],
      `${packages}/node_modules/.bin/gemini`,
      '--acp',
      '-m',
      model?.name ?? defaultModels.google,
      '--admin-policy',
      `${home}/.choir/policy.toml`,
    ],
    env: {
      GEMINI_API_KEY: token,
      GEMINI_CLI_SYSTEM_SETTINGS_PATH: `${home}/.choir/gemini.json`,
      GOOGLE_GEMINI_BASE_URL: gatewayUrl('google'),
      TERM: 'xterm-256color',
    },
    files: {
      '.choir/gemini.json': JSON.stringify(settings),
      '.choir/policy.toml': policy + (bridge ? letThrough(bridge.tools) : ''),
      '.gemini/settings.json': JSON.stringify({ ...settings, tools: { ...settings.tools, ...(bridge ? toolsBy(bridge.program) : {}) } }),
      [`${shellFolder}/bash`]: shell,
    },
  }),
  protocol: {
    kind: 'acp',
    resume: 'none',
    askMode: 'default',
    onReject: 'goes-on',
    authMethod: 'gemini-api-key',
    exitLine: /\n?\[exit code (\d{1,3})\]\s*$/,
    // It reports a call by its arguments; its name stands in the call's own.
    bridge: { by: 'launch', named: /^discovered_tool_/ },
  },
  memoryBytes: 2 * 1024 ** 3,
};
