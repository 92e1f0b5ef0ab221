/** An MCP server that comes with Choir: a program of `workers/mcp/servers`, run in the sandbox without network. */
export type ReadyServer = {
  id: 'npm' | 'pip' | 'git' | 'docker';
  name: string;
  about: string;
  cannot: string;
};

export const readyServers = [
  {
    id: 'npm',
    name: 'npm',
    about:
      'What a project’s package.json and lock file say: scripts, dependencies, why a package is there, and which versions are installed twice.',
    cannot: 'It reaches no registry: installing and asking for newer versions are commands, which ask for the network.',
  },
  {
    id: 'pip',
    name: 'pip',
    about: 'What a project’s requirements and pyproject.toml say, and which Python packages are installed in it.',
    cannot: 'It reaches no index: installing is a command, which asks for the network.',
  },
  {
    id: 'git',
    name: 'git',
    about: 'The project’s history, read only: log, one commit, blame, and the diff of two commits.',
    cannot: 'It sees Choir’s own copy of the history, and neither fetches, pushes nor changes anything.',
  },
  {
    id: 'docker',
    name: 'Docker',
    about: 'What a project’s Dockerfiles and compose files say: base images, stages, ports, and services.',
    cannot: 'There is no Docker engine in the sandbox, so it builds and runs nothing.',
  },
] as const satisfies readonly ReadyServer[];
