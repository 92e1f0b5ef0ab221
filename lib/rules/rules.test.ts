import { expect, test } from 'vitest';
import type { Context } from '#lib/context.ts';
import { newId } from '#lib/core/new-id.ts';
import { users } from '#lib/db/schema.ts';
import { createProject } from '#lib/projects/create-project.ts';
import { createThread } from '#lib/threads/create-thread.ts';
import { signedIn, testWebServices } from '#tests/web-services.ts';
import { addRules } from './add-rules.ts';
import { listRules } from './list-rules.ts';
import { revokeRule } from './revoke-rule.ts';
import { rulesInForce } from './rules-in-force.ts';

const services = await testWebServices();
const { actor } = await signedIn(services);
const owner: Context = { ...services, actor };
const memberId = newId('us');
await services.database.db.insert(users).values({ id: memberId, workspaceId: actor.workspaceId, name: 'Mia', role: 'member' });
const member: Context = { ...services, actor: { ...actor, userId: memberId, role: 'member' } };
const stranger: Context = { ...services, actor: { ...actor, workspaceId: newId('ws') } };
const { workspaceId } = actor;

async function open() {
  const { id: projectId } = await createProject(owner, { name: newId('pr'), from: { template: 'blank' } });
  const { threadId, runId } = await createThread(owner, { projectId, goal: 'Say hello' });
  return { projectId, threadId, runId };
}
const inForce = async (place: Awaited<ReturnType<typeof open>>) =>
  (await rulesInForce(services.database, { workspaceId, ...place })).map(({ text }) => text);

test('a rule of each scope holds in its place, in order, and is told with who set it', async () => {
  const [here, there] = [await open(), await open()];
  await addRules(owner, { text: 'no network', scope: 'workspace' });
  await addRules(member, { text: 'never touch a/', scope: 'project', scopeId: here.projectId });
  await addRules(owner, { text: 'never touch b/', scope: 'thread', scopeId: here.threadId });
  await addRules(owner, { text: 'never touch c/', scope: 'run', scopeId: here.runId });
  expect(await inForce(here)).toEqual(['no network', 'never touch a/', 'never touch b/', 'never touch c/']);
  expect(await inForce(there)).toEqual(['no network']);
  const listed = await listRules(owner, { threadId: here.threadId });
  expect(listed.map(({ scope }) => scope)).toEqual(['workspace', 'project', 'thread', 'run']);
  expect(listed[1]).toMatchObject({ byName: 'Mia', by: memberId, source: 'constraint' });
  expect(listed[2]).toMatchObject({
    where: 'in the thread “Say hello”',
    sentence: '`b/` (in any folder) may not be changed in any way.',
    until: null,
    spoken: 0,
  });
  expect((await listRules(owner, { projectId: here.projectId })).map(({ text }) => text)).toEqual(['no network', 'never touch a/']);
  const { items } = await services.ledger.load(here.threadId);
  expect(items.flatMap((item) => (item.kind === 'notice' ? [item.text] : []))).toEqual([
    'New rule: “never touch b/”',
    'New rule: “never touch c/”',
  ]);
});

test('a rule is listed in the sentence that was said back before it held', async () => {
  const { projectId } = await open();
  const place = { text: 'no new dependencies and never touch migrations/', scope: 'project', scopeId: projectId } as const;
  const { rules: said } = await addRules(owner, { ...place, dryRun: true });
  await addRules(owner, place);
  const listed = (await listRules(owner, { projectId })).filter(({ scope }) => scope === 'project');
  expect(listed.map(({ sentence }) => sentence)).toEqual(said.map(({ sentence }) => sentence));
});

test('a rule that is sent three times at once holds once and is told of once, as is its end', async () => {
  const place = await open();
  for (const [scope, scopeId] of [
    ['project', place.projectId],
    ['thread', place.threadId],
  ] as const) {
    const text = `never touch ${scope}/`;
    const thrice = await Promise.all([1, 2, 3].map(() => addRules(owner, { text, scope, scopeId })));
    const [ruleId, ...others] = new Set(thrice.map(({ rules }) => rules[0]?.ruleId));
    expect(others).toEqual([]);
    expect((await inForce(place)).filter((held) => held === text)).toHaveLength(1);
    const ended = await Promise.allSettled([1, 2, 3].map(() => revokeRule(owner, { ruleId: ruleId ?? '' })));
    expect(ended.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(await inForce(place)).not.toContain(text);
    expect((await addRules(owner, { text, scope, scopeId })).rules[0]?.ruleId).not.toBe(ruleId);
  }
  const { items } = await services.ledger.load(place.threadId);
  expect(items.filter(({ kind }) => kind === 'notice')).toHaveLength(3);
});

test('a dry run sets nothing, and neither does a text that is not understood in full', async () => {
  const { threadId, ...place } = await open();
  const before = await inForce({ threadId, ...place });
  const target = { scope: 'thread', scopeId: threadId } as const;
  const proposal = await addRules(owner, { text: 'no network and be nice', ...target, dryRun: true });
  expect(proposal).toMatchObject({ rules: [{ effect: 'deny', sentence: 'Nothing may reach the network.' }], notUnderstood: ['be nice'] });
  await expect(addRules(owner, { text: 'no network and be nice', ...target })).rejects.toMatchObject({
    code: 'invalid',
    message: 'Not understood: “be nice”. Nothing was set.',
  });
  await expect(addRules(owner, { text: 'be nice', ...target })).rejects.toMatchObject({ code: 'invalid' });
  expect(await inForce({ threadId, ...place })).toEqual(before);
});

test('a rule that is over holds no more', async () => {
  const place = await open();
  const before = await inForce(place);
  const { rules } = await addRules(owner, { text: 'never touch x/ for the next 2 hours', scope: 'project', scopeId: place.projectId });
  expect(await inForce(place)).toEqual([...before, 'never touch x/']);
  await services.database.sql`update rules set until = now() - interval '1 second' where id = ${rules[0]?.ruleId ?? ''}`;
  expect(await inForce(place)).toEqual(before);
});

test('revoking ends a rule, tells its thread, and works once', async () => {
  const place = await open();
  const before = await inForce(place);
  const [project] = (await addRules(owner, { text: 'never touch x/', scope: 'project', scopeId: place.projectId })).rules;
  const [thread] = (await addRules(owner, { text: 'never touch y/', scope: 'thread', scopeId: place.threadId })).rules;
  for (const rule of [project, thread]) await revokeRule(owner, { ruleId: `${rule?.ruleId}` });
  expect(await inForce(place)).toEqual(before);
  expect((await services.ledger.load(place.threadId)).items.at(-1)).toMatchObject({
    kind: 'notice',
    text: 'Rule revoked: “never touch y/”',
  });
  await expect(revokeRule(owner, { ruleId: `${project?.ruleId}` })).rejects.toMatchObject({ code: 'not-found' });
});

test('a member forbids and asks, allows nothing, and revokes only what is their own', async () => {
  const { projectId } = await open();
  const target = { scope: 'project', scopeId: projectId } as const;
  await expect(addRules(member, { text: 'always allow npm ci', ...target })).rejects.toMatchObject({ code: 'forbidden' });
  const [theirs] = (await addRules(owner, { text: 'always allow npm ci', ...target })).rules;
  const [own] = (await addRules(member, { text: 'ask before deleting', ...target })).rules;
  await expect(revokeRule(member, { ruleId: `${theirs?.ruleId}` })).rejects.toMatchObject({ code: 'forbidden' });
  await revokeRule(member, { ruleId: `${own?.ruleId}` });
  await revokeRule(owner, { ruleId: `${theirs?.ruleId}` });
});

test('rejects who is of another workspace or no person, and places that are not there', async () => {
  const { projectId, threadId, runId } = await open();
  const [rule] = (await addRules(owner, { text: 'no curl', scope: 'project', scopeId: projectId })).rules;
  const worker: Context = { ...services, actor: { kind: 'worker', workerId: 'wk' } };
  for (const [scope, scopeId] of [
    ['project', projectId],
    ['thread', threadId],
    ['run', runId],
    ['workspace', workspaceId],
  ] as const)
    await expect(addRules(stranger, { text: 'no network', scope, scopeId })).rejects.toMatchObject({ code: 'not-found' }); // prettier-ignore
  await expect(addRules(owner, { text: 'no network', scope: 'thread' })).rejects.toMatchObject({ code: 'invalid' });
  await expect(addRules(worker, { text: 'no network', scope: 'workspace' })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(revokeRule(stranger, { ruleId: `${rule?.ruleId}` })).rejects.toMatchObject({ code: 'not-found' });
  expect(await listRules(stranger)).toEqual([]);
});
