#!/usr/bin/env node
// Runs inside the sandbox for an agent that takes tools from a command: alone it prints them, with a tool's name it calls it with its standard input.
import { text } from 'node:stream/consumers';
import { reachWorker } from './reach-worker.mjs';

const [name] = process.argv.slice(2);
const worker = reachWorker();
if (name === undefined) {
  const { tools } = await worker.ask({ type: 'list' }).answered;
  const declared = tools.map(({ inputSchema, ...tool }) => ({ ...tool, parametersJsonSchema: inputSchema }));
  process.stdout.write(JSON.stringify(declared), () => process.exit(0));
} else {
  const input = JSON.parse((await text(process.stdin)) || '{}');
  const answer = await worker.ask({ type: 'call', name, input }).answered;
  process.stdout.write(answer.text, () => process.exit(answer.isError ? 1 : 0));
}
