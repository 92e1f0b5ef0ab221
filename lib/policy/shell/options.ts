import type { Argument } from './simple-command.ts';

/** `value`: the next word belongs to the option. `either`: only the program itself knows, so both readings count. */
export type OptionKind = 'flag' | 'value' | 'either';

/** Reads option names as a program documents them; a value in the same word leaves the next one alone, all else unnamed is `either`. */
export function optionKinds(valued: string, flags: string): (text: string) => OptionKind {
  const takesValue = new Set(valued.split(' '));
  const standsAlone = new Set(flags.split(' '));
  return (text) => {
    if (takesValue.has(text)) return 'value';
    if (/^-[a-zA-Z]./s.test(text) && takesValue.has(text.slice(0, 2))) return 'flag';
    return standsAlone.has(text) || text === '-' || (text.startsWith('--') && text.includes('=')) ? 'flag' : 'either';
  };
}

/** Where the first word that is no option may be, at or behind `from`; `args.length` where there may be none. */
export function operandStarts(args: Argument[], kindOf: (text: string) => OptionKind, from = 0): number[] {
  const reachable = new Set([from]);
  const starts = new Set<number>();
  for (let index = from; index < args.length; index += 1) {
    if (!reachable.has(index)) continue;
    const text = args[index]?.text ?? '';
    if (text === '--') starts.add(index + 1);
    else if (!text.startsWith('-')) starts.add(index);
    else {
      const kind = kindOf(text);
      if (kind !== 'value') reachable.add(index + 1);
      if (kind !== 'flag') reachable.add(Math.min(index + 2, args.length));
    }
  }
  if (reachable.has(args.length)) starts.add(args.length);
  return [...starts];
}

/** Values of a one-letter option, also in a cluster (`-qc x`, `-qcx`), and of a long one, also cut short (`--comm x`, `--comm=x`). */
export function optionValues(args: Argument[], letters: string, long: string[]): Argument[] {
  return args.flatMap(({ text, known }, index) => {
    const next = args[index + 1] ? args.slice(index + 1, index + 2) : [];
    const [given = '', ...assigned] = text.split('=');
    if (given.length > 3 && long.some((option) => option.startsWith(given)))
      return assigned.length > 0 ? [{ text: assigned.join('='), known }] : next;
    const attached = new RegExp(`^-[a-zA-Z0-9]*?[${letters}](.*)$`, 's').exec(text)?.[1];
    if (attached === undefined) return [];
    return attached === '' ? next : [{ text: attached, known }];
  });
}
