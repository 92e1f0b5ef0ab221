import { readGit } from './shell/git-command.ts';
import type { ScriptView } from './shell/read-script.ts';
import type { Argument, SimpleCommand } from './shell/simple-command.ts';
import { isNetworkDevice } from './shell/system-path.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Programs that do nothing without the network. */
const networkPrograms = words(
  'curl wget http https xh aria2c ssh scp sftp rsync nc ncat netcat socat telnet ftp lftp ping ping6 traceroute mtr dig nslookup host whois nmap ' +
    'docker podman nerdctl kubectl helm terraform aws gcloud az gh glab vercel netlify heroku fly flyctl ' +
    'apt apt-get aptitude dnf yum apk pacman zypper brew snap flatpak gem pipx ensurepip conda mamba mail sendmail rclone ngrok uvx',
);

/** Subcommands that reach out, of programs that mostly do not. '' stands for no subcommand at all. */
const networkSubcommands: Record<string, ReadonlySet<string>> = {
  npm: words(
    'install i in ins isntall add ci clean-install install-test it install-ci-test cit update up upgrade udpate publish view v info show outdated audit search s init create innit login adduser logout whoami dist-tag deprecate unpublish access owner team token star ping doctor fund docs repo bugs',
  ),
  pnpm: words('install i add update up upgrade dlx create publish fetch outdated audit import self-update env'),
  yarn: new Set(['', ...words('install add up upgrade upgrade-interactive dlx create publish npm outdated audit global import set')]),
  bun: words('install i add a update upgrade create c publish x outdated audit pm'),
  deno: words('install add cache jsr publish upgrade outdated'),
  pip: words('install download wheel search index'),
  uv: words('sync add pip tool lock run venv python publish build'),
  poetry: words('install add update lock publish self'),
  pipenv: words('install sync update lock upgrade'),
  cargo: words('build b install add update fetch publish search login owner yank'),
  go: words('get install mod'),
  composer: words('install update require create-project global'),
  bundle: words('install update add outdated'),
  dotnet: words('restore add new tool nuget'),
  rustup: words('update install toolchain target component default'),
  svn: words('checkout co update up commit ci'),
  hg: words('clone pull push incoming outgoing'),
};

/** Programs that a person may name without quotes. */
export const knownPrograms: ReadonlySet<string> = new Set([
  ...networkPrograms,
  ...Object.keys(networkSubcommands),
  ...words(
    'rm mv cp ls cat grep tee dd kill chmod chown ln mkdir touch sed awk find xargs tar zip unzip make cmake ninja git node npx bunx tsx tsc python python3 ruby perl php java ' +
      'javac mvn gradle sbt rake rails jest vitest pytest tox eslint prettier biome psql mysql sqlite3 redis-cli mongosh prisma drizzle-kit alembic sudo ' +
      'pkill docker-compose vite webpack next turbo nx twine',
  ),
]);

const networkGit = words('clone fetch pull ls-remote remote submodule lfs send-email archive request-pull fetch-pack svn p4');

/** Tools that projects bring along, so that npx finds them without the network. */
const localTools = words(
  'tsc tsgo vite vitest jest mocha ava eslint prettier biome oxlint webpack rollup esbuild tsup next astro turbo nx playwright tsx ts-node',
);

/** The program of a script that reaches outside or installs something, or null. */
export function findNetworkProgram(view: ScriptView): string | null {
  if (view.redirects.some(isNetworkDevice)) return 'a network connection';
  return view.commands.find(reachesOutside)?.name ?? null;
}

function reachesOutside(command: SimpleCommand): boolean {
  const name = command.name?.toLowerCase();
  if (!name) return false;
  if (networkPrograms.has(name)) return !staysOnLoopback(name, command.args);
  const operands = command.args.filter(({ text }) => !text.startsWith('-'));
  const first = operands[0];
  if (name === 'npx' || name === 'bunx' || name === 'pnpx') return !first?.known || !localTools.has(first.text);
  if ((name === 'npm' || name === 'pnpm') && (first?.text === 'exec' || first?.text === 'x'))
    return !localTools.has(operands[1]?.text ?? '');
  if (name === 'git') {
    const { readings, configured } = readGit(command);
    return configured || readings.some(({ subcommand }) => !subcommand.known || networkGit.has(subcommand.text));
  }
  if (name === 'openssl') return first !== undefined && (!first.known || /^(s_client|s_server|s_time|ocsp)$/.test(first.text));
  if (name === 'deno' && operands.some(({ text }) => /^(https?|npm|jsr):/.test(text))) return true;
  if (name === 'go' && first?.text === 'run' && operands.some(({ text }) => text.includes('@'))) return true;
  if (name === 'cargo' && command.args.some(({ text }) => text === '--offline' || text === '--frozen')) return false;
  const program = /^pip[\d.]*$/.test(name) ? 'pip' : name;
  const subcommands = Object.hasOwn(networkSubcommands, program) ? networkSubcommands[program] : undefined;
  if (!subcommands) return false;
  if (!first) return subcommands.has('') && command.args.length === 0;
  return operands.some(({ known }) => !known) || operands.some(({ text }) => subcommands.has(text))
    ? namesSubcommand(command, subcommands)
    : false;
}

/** A request to a server of the sandbox's own, such as one that a test has started. It runs without network, so what it hides finds none. */
function staysOnLoopback(name: string, args: Argument[]): boolean {
  if (!/^(curl|wget|https?|xh)$/.test(name) || args.some(({ known }) => !known)) return false;
  const operands = args.filter(({ text }) => /^[\w.:[\]-]+(\/|:\d|$)/.test(text) && !text.startsWith('-'));
  return (
    operands.length > 0 && operands.every(({ text }) => /^(https?:\/\/)?(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?(\/|\?|$)/.test(text))
  );
}

/** An option may take the word before the subcommand as its value (`npm --prefix app install`), so any word before a script's own counts. */
function namesSubcommand({ args }: SimpleCommand, subcommands: ReadonlySet<string>): boolean {
  for (const { text, known } of args) {
    if (!known || subcommands.has(text)) return true;
    if (/^(run|run-script|test|t|start|exec|build|check|list|ls|--)$/.test(text)) return false;
  }
  return false;
}
