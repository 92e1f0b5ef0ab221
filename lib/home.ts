import { join } from 'node:path';

export type ChoirHome = ReturnType<typeof choirHome>;

/** Where everything of one installation lies. Absolute paths; nothing is created here. */
export function choirHome(root: string) {
  const threadRoot = (threadId: string) => join(root, 'threads', threadId);
  return {
    root,
    postgres: join(root, 'postgres'),
    nats: join(root, 'nats'),
    tools: join(root, 'tools'),
    run: join(root, 'run'),
    /** Where the web server of this installation answers, while it runs. */
    webUrl: join(root, 'run', 'web.url'),
    /** Folder of the model gateway's socket; bound into sandboxes, so that it outlives the gateway's restarts. */
    gateway: join(root, 'run', 'gateway'),
    gatewaySocket: join(root, 'run', 'gateway', 'socket'),
    /** Where the gateway turns speech into text for Choir's own processes; no sandbox has it. */
    transcriberSocket: join(root, 'run', 'speech', 'socket'),
    /** Files that people sent in Telegram, while they are put into a thread. */
    telegramFiles: join(root, 'run', 'telegram'),
    /** Terminal agents installed on demand, a folder for each agent and version. */
    agents: join(root, 'agents'),
    /** The person's own skills, a folder for each: see lib/skills. */
    skills: join(root, 'skills'),
    logs: join(root, 'logs'),
    /** What a person has sent along with words that are not said yet, a folder for each file. */
    uploads: (userId: string) => join(root, 'uploads', userId),
    /** Bare git store of a project. */
    store: (projectId: string) => join(root, 'projects', `${projectId}.git`),
    thread: threadRoot,
    /** Working tree of a thread: what agents see as their workspace. */
    tree: (threadId: string) => join(threadRoot(threadId), 'tree'),
    /** What the tree on disk holds now, and when it was last compared: see lib/git/tree/tree-marker.ts. */
    treeMarker: (threadId: string) => join(threadRoot(threadId), 'tree.json'),
    /** Overlays of open tool calls, on the tree's own file system so that keeping a file is a rename. */
    overlays: (threadId: string) => join(threadRoot(threadId), 'overlays'),
    /** Folder of the socket where a terminal agent's bridge to MCP servers asks the worker. */
    mcpDoor: (threadId: string) => join(threadRoot(threadId), 'mcp'),
    /** Home folder of a terminal agent in this thread: its sessions live on there. */
    agentHome: (threadId: string, agent: string) => join(threadRoot(threadId), 'homes', agent),
  };
}

/** The kernel's limit on a unix socket's path, without the closing zero. */
const longestSocketPath = process.platform === 'darwin' ? 103 : 107;

/** The sentence that says why a socket cannot lie there, or undefined. */
export function socketPathProblem(path: string): string | undefined {
  const bytes = Buffer.byteLength(path);
  if (bytes <= longestSocketPath) return undefined;
  return `The path ${path} has ${bytes} bytes, and a socket's may have ${longestSocketPath}. Set CHOIR_HOME to a folder with a shorter path.`;
}
