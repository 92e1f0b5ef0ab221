import type { ProviderId } from '#lib/core/model-call.ts';

/** Where a program finds things inside its sandbox. `gatewayUrl` answers for a provider; `token` stands for its key. */
export type ProgramPlace = {
  home: string;
  tree: string;
  /** The person's own words: where they name the program, it is started by them. */
  goal: string;
  /** Folder of the installed packages; its `node_modules/.bin` is on the PATH. */
  packages: string;
  gatewayUrl: (provider: ProviderId) => string;
  token: string;
  /** The providers that can be used now, never empty when the description names any. */
  providers: ProviderId[];
  /** Choir's bridge to the project's MCP servers, where it has any: an MCP server, and a program that prints the tools, or calls the one it is named. */
  bridge: { name: string; command: string; args: string[]; program: string; tools: string[] } | null;
  /** The choice of the person or the installation, or null for the program's own. */
  model: { provider: ProviderId; name: string } | null;
};

export type ProgramLaunch = {
  argv: string[];
  env: Record<string, string>;
  /** Written into the home folder before every start, relative to it; the agent may have changed them meanwhile. What begins with #! can be run. */
  files: Record<string, string>;
};

/** How long an agent must wait for a tool of the bridge at least: a person may have to be asked. Long waits end its program anyway. */
export const bridgePatienceMs = 24 * 3_600_000;

/** How Choir talks with a terminal agent. */
export type AgentProtocol =
  | {
      kind: 'acp';
      /** How a conversation is taken up again after its process is gone; `none`: from Choir's own summary. */
      resume: 'session/resume' | 'session/load' | 'none';
      /** The ACP session mode in which it asks before it acts; null: its default asks. */
      askMode: string | null;
      /** What it does when it is told no. */
      onReject: 'goes-on' | 'ends-turn';
      /**
       * How it gets Choir's bridge to MCP servers: when a session is opened, or by its `launch`. `named`: how it names the bridge's tools in its reports;
       * they are Choir's to write down. It must not ask about them: Choir does.
       */
      bridge: { by: 'session' | 'launch'; named: RegExp };
      /** How a line of a command's output tells its exit code, where the protocol does not: a group holds it, and the whole is left out of the output. */
      exitLine?: RegExp;
      /** How it names a call that only keeps its own list of steps, where it tells of that in no other way. */
      listCall?: RegExp;
      /** The title of the act that starts a helper, where the agent asks for a helper's acts and tells no more of them. */
      helperCall?: RegExp;
      /** The auth method to call first, where it needs one. */
      authMethod?: string;
      /** `_meta` of every new and resumed session. */
      sessionMeta?: Record<string, unknown>;
    }
  | {
      kind: 'screen';
      /**
       * Tested in this order against the screen's last lines, down to the cursor's and without trailing spaces. What matches none works until
       * the screen has stood still for `idleMs`: then it is taken for a prompt, as only the person can tell.
       */
      waiting: RegExp[];
      idle: RegExp[];
      busy: RegExp[];
      idleMs: number;
    };

/** One terminal agent: all that is needed to install, start, resume and oversee it. Adding an agent is adding one of these. */
export type AgentProgram = {
  /** npm packages with their exact versions, installed on demand outside of any project. Empty: the program is in the sandbox already. */
  packages: Record<string, string>;
  /** About what they take on disk. */
  megabytes?: number;
  launch(place: ProgramPlace): ProgramLaunch;
  protocol: AgentProtocol;
  memoryBytes: number;
};
