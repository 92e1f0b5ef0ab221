import { z } from 'zod';
import { MeasureRuns } from '#lib/activity/measure-runs.ts';
import { ReadLog } from '#lib/activity/read-log.ts';
import { operation } from './operation.ts';

const figures = z.object({
  runs: z.number().int(),
  completed: z.number().int(),
  failed: z.number().int(),
  cancelled: z.number().int(),
  costUsd: z.number(),
  unpricedCalls: z.number().int().describe('calls that used tokens whose price is not known'),
  medianMs: z.number().nullable().describe('from the goal to the end, waits included'),
});

export const getActivityOperation = operation({
  method: 'GET',
  path: '/api/activity',
  summary: 'Who works on what, how the runs of the last days went, and how the parts of this installation are',
  query: MeasureRuns,
  status: 200,
  reply: z.object({
    working: z.array(
      z.object({
        threadId: z.string(),
        title: z.string(),
        projectName: z.string(),
        runId: z.string(),
        agent: z.string(),
        status: z.string(),
        openApprovals: z.number().int(),
        lastLine: z.string(),
        since: z.iso.datetime(),
        costUsd: z.number(),
      }),
    ),
    metrics: figures.extend({
      autonomy: z.number().nullable().describe("share of tool calls that needed nobody's answer"),
      answerMs: z.number().nullable().describe('median time that a question waited'),
      byAgent: z.array(figures.extend({ agent: z.string() })),
      byDay: z.array(z.object({ day: z.string(), runs: z.number().int(), failed: z.number().int(), costUsd: z.number() })),
    }),
    health: z.object({
      nats: z.boolean(),
      workerPresent: z.boolean(),
      waitingJobs: z.number().int(),
      providers: z.array(z.string()).readonly(),
      telegramBot: z.string().nullable(),
      freeBytes: z.number(),
    }),
  }),
});

export const readLogOperation = operation({
  method: 'GET',
  path: '/api/logs/{part}',
  summary: 'The last lines of the log of one part of this installation (owner only)',
  params: ReadLog,
  status: 200,
  reply: z.object({ lines: z.array(z.string()) }),
});

export const exportOperation = operation({
  method: 'GET',
  path: '/api/export',
  summary: 'Everything of the workspace as a zip (owner only)',
  description: 'Events as NDJSON, projects as git bundles, the rest as JSON. No secrets.',
  status: 200,
  otherReplies: { 'application/zip': 'the archive, made while it is read' },
});
