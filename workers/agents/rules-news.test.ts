import { expect, test } from 'vitest';
import { buildRule } from '#tests/build-rule.ts';
import { rulesNews, rulesText } from './rules-news.ts';

const rule = (text: string) => buildRule([{ on: 'host', host: '*' }], { text });
const [network, tests] = [rule('no network'), rule('never touch tests/')];

test('tells the rules once, and again when one was added or revoked', () => {
  const first = rulesNews([network], []);
  expect(first).toContain('- (deny) no network');
  const told = [`The goal: x\n\n${first}`];
  expect(rulesNews([network], [...told, 'Go on.'])).toBeNull();
  const more = rulesNews([network, tests], told);
  expect(more).toBe(rulesText([network, tests]));
  expect(rulesNews([network], [...told, more ?? ''])).toBe(first);
  expect(rulesNews([], told)).toContain('No rule');
  expect(rulesNews([], [...told, rulesNews([], told) ?? ''])).toBeNull();
});

test('says nothing where no rule ever held', () => {
  expect(rulesNews([], ['The goal: x'])).toBeNull();
});
