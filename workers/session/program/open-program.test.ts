import { expect, test } from 'vitest';
import { speakingProgram } from '#tests/agents/speaking-program.ts';
import { testWorker } from '#tests/test-worker.ts';
import type { TerminalAgent } from '#workers/agents/agent.ts';

const bench = await testWorker({ respond: () => ({ content: 'Nobody asks it.' }) });
const speaking = speakingProgram('say(process.env.MODEL);');
const agent: TerminalAgent = {
  description: { ...speaking.description, providers: ['anthropic'] },
  program: {
    ...speaking.program,
    launch: (place) => ({ ...speaking.program.launch(place), env: { MODEL: place.model?.name ?? 'its own' } }),
  },
};

test('a program works with the model that the run names, else with that of the installation where it fits, else with its own', async () => {
  const { models } = bench.context;
  const modelOf = async (model?: string) => {
    const thread = await bench.open(agent, { agent: 'claude-code', model });
    await thread.work();
    return (await thread.state()).run?.outcome;
  };
  expect(await modelOf()).toBe('its own');
  models.usual = 'openai/gpt-mine';
  expect(await modelOf()).toBe('its own');
  models.usual = 'anthropic/claude-mine';
  expect(await modelOf()).toBe('claude-mine');
  expect(await modelOf('anthropic/claude-yours')).toBe('claude-yours');
});
