import { cleanLine } from './clean-text.ts';

/** An ISO instant by the clock of this machine: the time alone when it is of today, else with its day. */
export function describeTime(at: string, now = new Date()): string {
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) return cleanLine(at);
  const clock = time.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  if (time.toDateString() === now.toDateString()) return clock;
  const year = time.getFullYear() === now.getFullYear() ? undefined : 'numeric';
  return `${time.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year })}, ${clock}`;
}
