import type { Rule } from '#lib/core/rule.ts';

const heading = 'Rules that persons set, and that are enforced:';
const none = 'No rule that a person set holds any more.';

/** The rules that hold now, as an agent is told of them. The last line shows that none is left out. */
export function rulesText(rules: readonly Rule[]): string {
  return [heading, ...rules.map(({ effect, text }) => `- (${effect}) ${text}`), 'There are no others.'].join('\n');
}

/** What an agent must hear of the rules after all that it was `told`, oldest first; null when they are as it heard last. */
export function rulesNews(rules: readonly Rule[], told: readonly string[]): string | null {
  const last = told.findLast((text) => text.includes(heading) || text.includes(none));
  if (last === undefined && rules.length === 0) return null;
  const now = rules.length === 0 ? none : rulesText(rules);
  return last?.includes(now) ? null : now;
}
