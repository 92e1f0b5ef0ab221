import { Composer } from 'grammy';
import { DomainError } from '#lib/core/domain-error.ts';
import { readNotificationSettings } from '#lib/notifications/settings.ts';
import { addRules } from '#lib/rules/add-rules.ts';
import { type ListedRule, listRules } from '#lib/rules/list-rules.ts';
import { revokeRule } from '#lib/rules/revoke-rule.ts';
import { getThread } from '#lib/threads/get-thread.ts';
import type { Incoming } from '../incoming.ts';
import type { ButtonSpec, ChatText, TapOn } from '../render/message-spec.ts';
import { bold, code, lines, type Part, paragraphs, quote, type RichText, rich } from '../render/rich-text.ts';
import { exactLine, proseLine } from '../render/safe-text.ts';
import { confirm } from './choices/choice-menu.ts';
import { targetThread } from './target-thread.ts';

const perPage = 8;
const marks: Record<ListedRule['effect'], string> = { deny: '⛔', ask: '✋', allow: '✅' };

/** What holds here, set and revoked in plain words. */
export const rules = new Composer<Incoming>();

rules.command('rules', async (incoming) => {
  const words = incoming.match.trim();
  const revoked = /^revoke\s+(\d{1,3})$/i.exec(words)?.[1];
  if (revoked) {
    const rule = (await listRules(incoming.verb, await scopeHere(incoming)))[Number(revoked) - 1];
    if (!rule) throw new DomainError('not-found', `No rule has the number ${revoked}. /rules lists them.`);
    return endRule(incoming, { do: 'revoke', ruleId: rule.ruleId });
  }
  if (words !== '') return sayBack(incoming, words);
  const { content, buttons } = await rulesPage(incoming, 0);
  await incoming.say(content, { buttons });
});

export async function showRules(incoming: Incoming, { page }: TapOn<'rules'>): Promise<void> {
  const { content, buttons } = await rulesPage(incoming, page);
  await incoming.showInstead(content, buttons);
}

async function scopeHere(incoming: Incoming): Promise<{ threadId?: string }> {
  const threadId = await targetThread(incoming);
  return threadId ? { threadId } : {};
}

async function rulesPage(incoming: Incoming, page: number): Promise<ChatText> {
  const all = await listRules(incoming.verb, await scopeHere(incoming));
  const shown = all.slice(page * perPage, (page + 1) * perPage);
  const numberOf = (index: number) => page * perPage + index + 1;
  const turn: ButtonSpec[] = [];
  if (page > 0) turn.push({ label: '‹ Before', action: { do: 'rules', page: page - 1 } });
  if (all.length > (page + 1) * perPage) turn.push({ label: 'More ›', action: { do: 'rules', page: page + 1 } });
  const revokes = shown.map(({ ruleId }, index): ButtonSpec => ({ label: `Revoke ${numberOf(index)}`, action: { do: 'revoke', ruleId } }));
  const rows = Array.from({ length: Math.ceil(revokes.length / 3) }, (_, row) => revokes.slice(row * 3, row * 3 + 3));
  return {
    content: paragraphs(
      bold(all.length > 0 ? 'What holds here' : 'No rule of yours holds here.'),
      ...shown.map((rule, index) => describe(rule, numberOf(index))),
      rich(
        all.length > 0 ? 'Another one, in plain words: ' : 'Set one in plain words: ',
        code('/rules no new dependencies'),
        ' or ',
        code('/rules ask before deleting'),
      ),
    ),
    buttons: [...rows, turn].filter((row) => row.length > 0),
  };
}

function describe({ effect, sentence, where, byName, source, spoken }: ListedRule, number: number): RichText {
  const applied = spoken > 0 && `applied ${spoken === 1 ? 'once' : `${spoken} times`}`;
  const set = `${source === 'remembered' ? 'answered' : 'set'} by ${proseLine(byName, 60)}`;
  return lines(rich(`${number}. ${marks[effect]} `, said(sentence)), [proseLine(where, 100), set, applied].filter(Boolean).join(' · '));
}

/** What would hold, before it does; then where. */
async function sayBack(incoming: Incoming, text: string): Promise<void> {
  const timeZone = await timeZoneOf(incoming);
  const { rules: proposed, notUnderstood } = await addRules(incoming.verb, { text, scope: 'workspace', timeZone, dryRun: true });
  const sentences = proposed.map(({ effect, sentence }) => rich(`${marks[effect]} `, said(sentence)));
  if (notUnderstood.length > 0 || proposed.length === 0) {
    const unclear = notUnderstood.map((words) => `“${exactLine(words, 200)}”`).join(', ') || `“${exactLine(text, 200)}”`;
    await incoming.say(
      paragraphs(
        lines(bold('Nothing was set.'), `I do not understand ${unclear}. Say it in other words, or leave it out.`),
        sentences.length > 0 && lines('Understood:', ...sentences),
      ),
    );
    return;
  }
  const way = { do: 'rule', text, timeZone } as const;
  const threadId = await targetThread(incoming);
  const state = threadId ? await getThread(incoming.verb, { threadId }) : null;
  const places: ButtonSpec[] = [];
  if (state) {
    places.push({ label: 'In this thread', action: { ...way, scope: 'thread', scopeId: state.threadId } });
    places.push({ label: `In ${proseLine(state.projectName, 40)}`, action: { ...way, scope: 'project', scopeId: state.projectId } });
  }
  places.push({ label: 'Everywhere', action: { ...way, scope: 'workspace' } });
  await incoming.say(paragraphs(bold('This would hold. Where?'), lines(...sentences)), {
    buttons: [...places.map((place) => [place]), [{ label: 'Never mind', action: { do: 'close' } }]],
  });
}

export async function setRule(incoming: Incoming, { text, timeZone, scope, scopeId }: TapOn<'rule'>): Promise<void> {
  const { rules: made } = await addRules(incoming.verb, { text, timeZone, scope, scopeId });
  await incoming.answerTap('It holds');
  const where = { workspace: 'everywhere', project: 'in the project', thread: 'in this thread' }[scope];
  await confirm(
    incoming,
    lines(
      rich(bold(`Holds ${where} from now on.`), ' /rules lists and revokes.'),
      ...made.map(({ effect, sentence }) => rich(`${marks[effect]} `, said(sentence))),
    ),
  );
}

export async function endRule(incoming: Incoming, { ruleId }: TapOn<'revoke'>): Promise<void> {
  const rule = (await listRules(incoming.verb)).find((known) => known.ruleId === ruleId);
  await revokeRule(incoming.verb, { ruleId });
  await incoming.answerTap('Revoked');
  if (incoming.callbackQuery) await showRules(incoming, { do: 'rules', page: 0 });
  const again = rule?.source === 'constraint' && rich('Set it again: ', code(`/rules ${exactLine(rule.text, 300)}`));
  await incoming.say(lines(bold('It holds no more.'), rule && quote(said(rule.sentence)), again));
}

/** Telegram does not say where somebody is: what they told Choir for their quiet hours counts, else where Choir runs. */
async function timeZoneOf({ services, verb }: Incoming): Promise<string> {
  const { quietHours } = await readNotificationSettings(services, verb.actor.kind === 'person' ? verb.actor.userId : '');
  return quietHours?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** A rule's sentence names paths and commands in backticks. */
function said(sentence: string): RichText {
  return rich(
    ...exactLine(sentence, 600)
      .split('`')
      .map((part, index): Part => (index % 2 === 1 ? code(part) : part)),
  );
}
