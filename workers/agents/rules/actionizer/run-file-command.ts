import { shellQuote } from './shell-quote.ts';

const interpreters: Record<string, string> = {
  py: 'python3',
  js: 'node',
  mjs: 'node',
  cjs: 'node',
  ts: 'node',
  mts: 'node',
  sh: 'bash',
  bash: 'bash',
  rb: 'ruby',
  pl: 'perl',
  php: 'php',
  go: 'go run',
};

/** The command that runs a file by its extension; `words` are given to it as the person wrote them, quoted. */
export function runFileCommand(path: string, words: string): string {
  const extension = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  const interpreter = Object.hasOwn(interpreters, extension) ? interpreters[extension] : undefined;
  const program = interpreter ? `${interpreter} ${shellQuote(path)}` : shellQuote(path.includes('/') ? path : `./${path}`);
  const given = words
    .split(/\s+/)
    .filter((word) => word !== '')
    .map(shellQuote);
  return [program, ...given].join(' ');
}
