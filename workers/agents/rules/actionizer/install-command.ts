import type { ProjectSummary } from '../../agent.ts';
import { shellQuote } from './shell-quote.ts';
import type { Task } from './task.ts';

type Install = Extract<Task, { do: 'install' }>;

/** Names that only Python's index knows well: they decide in a project that holds both. */
const pythonOnly = new Set(
  'requests pytest numpy pandas flask django fastapi scipy matplotlib sqlalchemy pydantic black ruff mypy httpx beautifulsoup4 pillow uvicorn'.split(
    ' ',
  ),
);

/** The command of the package manager that the project uses already; npm where nothing tells. */
export async function installCommand(task: Install, project: ProjectSummary): Promise<string> {
  const prefix = task.cwd === '.' ? '' : `${task.cwd}/`;
  const has = (file: string) => project.files.includes(prefix + file);
  const names = task.packages.map(shellQuote).join(' ');
  const isPython =
    task.ecosystem === 'python' ||
    (!task.ecosystem && task.packages.some((name) => pythonOnly.has(name)) && project.files.some((file) => file.endsWith('.py'))) ||
    (!task.ecosystem &&
      !has('package.json') &&
      (has('requirements.txt') || has('pyproject.toml') || project.files.some((file) => file.endsWith('.py'))));
  if (isPython) return pythonInstall(names, task.remove, has);

  const dev = task.dev ? ' --save-dev' : '';
  const addDev = task.dev ? ' -D' : '';
  if (has('pnpm-lock.yaml')) return names ? `pnpm ${task.remove ? 'remove' : `add${addDev}`} ${names}` : 'pnpm install';
  if (has('yarn.lock')) return names ? `yarn ${task.remove ? 'remove' : `add${addDev}`} ${names}` : 'yarn install';
  if (task.remove) return `npm uninstall ${names}`;
  return names ? `npm install${dev} ${names}` : 'npm install --no-fund --no-audit';
}

/** Into a virtual environment of the project: the system's Python is not the agent's to change. */
function pythonInstall(names: string, remove: boolean, has: (file: string) => boolean): string {
  if (has('uv.lock')) return names ? `uv ${remove ? 'remove' : 'add'} ${names}` : 'uv sync';
  const environment = 'python3 -m venv .venv';
  const pip = '.venv/bin/pip';
  if (remove) return `${pip} uninstall -y ${names}`;
  if (!names) return `${environment} && ${pip} install ${has('requirements.txt') ? '-r requirements.txt' : '.'}`;
  const record = `for name in ${names}; do grep -qxF "$name" requirements.txt 2>/dev/null || echo "$name" >> requirements.txt; done`;
  return `${environment} && ${pip} install ${names} && ${record}`;
}
