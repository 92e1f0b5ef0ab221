/** Whether two names stand for the same program: `NPM`, `/usr/bin/npm`, `pip3.12` and `pip`. */
export function isSameProgram(name: string, wanted: string): boolean {
  return plainName(name) === plainName(wanted.slice(wanted.lastIndexOf('/') + 1));
}

function plainName(name: string): string {
  const plain = name.toLowerCase().replace(/\.(exe|cmd|bat)$/, '');
  return plain.replace(/(?<=[a-z])-?\d+(\.\d+)*$/, '');
}

const packageManager = /^(npm|pnpm|bun|yarn)$/i;

/** Names that package managers take for one subcommand. */
const subcommandNames = [
  'install i in ins inst insta instal isnt isnta isntal isntall add a',
  'uninstall un unlink remove rm r',
  'update up upgrade udpate',
  'ci clean-install ic install-clean isntall-clean',
  'test t tst',
  'run run-script rum urn',
  'exec x',
].map((names) => new Set(names.split(' ')));

/** Whether a program takes two words for the same subcommand. npm takes any beginning of one that is clear to it. */
export function isSameSubcommand(program: string, given: string, wanted: string): boolean {
  if (!packageManager.test(program)) return false;
  const [one, other] = [given.toLowerCase(), wanted.toLowerCase()];
  if (subcommandNames.some((names) => names.has(one) && names.has(other))) return true;
  return /^npm$/i.test(program) && one.length > 1 && other.startsWith(one) && !subcommandNames.some((names) => names.has(one));
}
