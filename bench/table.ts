import type { Figure } from './measure.ts';

const columns = { what: 48, aim: 20 };

export function heading(text: string): string {
  return `\n${text}`;
}

/** One line: what was measured, its value, and the aim beside it where there is one. */
export function line({ what, value, aim }: Figure): string {
  const beside = aim ? `${aim.met ? 'met' : 'MISSED'}: ${aim.text}` : '';
  return `  ${what.padEnd(columns.what)}  ${beside.padEnd(columns.aim)}  ${value}`.trimEnd();
}
