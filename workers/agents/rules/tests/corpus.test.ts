import { describe, expect, test } from 'vitest';
import { planCalls } from '../actionizer/plan-calls.ts';
import { readGoal } from '../reasoner/reason.ts';
import { allRules } from '../rules/all-rules.ts';
import { corpus } from './corpus.ts';
import { callLine, corpusProject } from './corpus-lines.ts';

const memory = { files: new Set(corpusProject.files) };

async function linesOf(goal: string): Promise<string[]> {
  const lines: string[] = [];
  for (const { task } of readGoal(goal, memory).drafts) {
    if (task.do === 'answer') {
      lines.push(`?? ${task.text}`);
      continue;
    }
    const planned = await planCalls(task, corpusProject);
    lines.push(...('impossible' in planned ? [`!! ${planned.impossible}`] : planned.calls.map(callLine)));
  }
  return lines;
}

describe('goals in plain English', () => {
  test.each(corpus)('%s', async (goal, calls) => {
    const lines = await linesOf(goal);
    const scaffolded = (line: string) => /^create (?:app|shop|dashboard)\//.test(line) && !/package\.json|src\/app\.tsx/.test(line);
    expect(lines.filter((line) => !scaffolded(line))).toEqual(calls);
  });
  test.each(allRules.flatMap(({ id, examples }) => examples.map((example) => [id, example])))(
    '%s understands its example: %s',
    (_, example) => {
      const { drafts, notUnderstood } = readGoal(example ?? '', memory);
      expect(notUnderstood).toEqual([]);
      expect(drafts.length).toBeGreaterThan(0);
    },
  );
  const polite = (goal: string) => [
    `Please ${goal}.`,
    `could you ${goal}, please?`,
    `  ${goal}!  `,
    `I want you to ${goal}`,
    `1. ${goal}`,
    `- ${goal}`,
  ];
  const plain = corpus.filter(
    ([goal, calls]) => !goal.includes('\n') && /^[a-z]+ [^.;]*$/.test(goal) && !calls.some((line) => line.startsWith('??')),
  );
  test.each(plain)('politeness changes nothing: %s', async (goal, calls) => {
    const wanted = calls.filter((line) => !/^create (?:app|shop|dashboard)\//.test(line));
    for (const form of polite(goal)) {
      const lines = await linesOf(form);
      expect(
        lines.filter((line) => !/^create (?:app|shop|dashboard)\//.test(line)),
        form,
      ).toEqual(wanted);
    }
  });
});
