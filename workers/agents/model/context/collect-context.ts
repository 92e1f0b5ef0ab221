import { excerpt } from '#lib/core/words/excerpt.ts';
import { formatCount } from '#lib/core/words/format.ts';
import type { HistoryEvent } from '#lib/threads/read-history.ts';
import type { AgentView, ProjectSummary } from '#workers/agents/agent.ts';
import { rulesText } from '#workers/agents/rules-news.ts';
import { describeServers } from './describe-servers.ts';
import { describeSkills } from './describe-skills.ts';
import { markData } from './mark-data.ts';

/** One piece of what a run begins with. `name` and the size of `text` are shown to the person. */
export type ContextPart = { name: string; text: string };

const shownFiles = 300;
const conventionFiles = ['AGENTS.md', 'CLAUDE.md'];
const manifestFiles = [
  'package.json',
  'pyproject.toml',
  'requirements.txt',
  'Cargo.toml',
  'go.mod',
  'pom.xml',
  'build.gradle',
  'Gemfile',
  'Makefile',
];
const limits = { conventions: 12_000, readme: 4_000, manifest: 3_000, reference: 16_000, earlier: 6_000 };
const referencesLimit = 10;

/** What the model is told of the project, the rules and the thread before it plans, in the order in which it hears it. */
export async function collectContext(
  view: AgentView,
  history: readonly HistoryEvent[],
  { isPlanning = false }: { isPlanning?: boolean } = {},
): Promise<ContextPart[]> {
  const { project, run } = view;
  const parts: ContextPart[] = [{ name: 'Project', text: describeProject(project) }];
  const add = async (path: string, limit: number) => {
    const text = await project.readFile(path);
    if (text?.trim()) parts.push({ name: path, text: markData(path, excerpt(text, limit)) });
  };
  const there = new Set(project.files);
  for (const path of conventionFiles) if (there.has(path)) await add(path, limits.conventions);
  const readme = project.files.find((path) => /^readme(?:\.\w+)?$/i.test(path));
  if (readme) await add(readme, limits.readme);
  for (const path of manifestFiles) if (there.has(path)) await add(path, limits.manifest);
  for (const path of referencesIn(run.goal)) parts.push(await readReference(project, path));
  parts.push(...describeServers(await view.mcpServers()), ...describeSkills(await view.skills.list()));
  if (view.rules.length > 0) parts.push({ name: 'Rules', text: rulesText(view.rules) });
  const earlier = describeEarlier(history, run.runId, isPlanning);
  if (earlier) parts.push({ name: 'Earlier in this thread', text: markData('earlier in this thread', excerpt(earlier, limits.earlier)) });
  return parts;
}

/** Paths that a goal names as @path. */
export function referencesIn(goal: string): string[] {
  const named = goal.matchAll(/(?<![\w@.])@([\w-][\w./-]*[\w/-]|[\w-])/g);
  return [...new Set([...named].map((match) => (match[1] ?? '').replace(/\/$/, '')))].slice(0, referencesLimit);
}

async function readReference(project: ProjectSummary, path: string): Promise<ContextPart> {
  const name = `@${path}`;
  const text = await project.readFile(path);
  if (text !== null && !/[\0\ufffd]/.test(text)) return { name, text: markData(path, excerpt(text, limits.reference)) };
  const inside = project.files.filter((file) => file.startsWith(`${path}/`));
  if (inside.length > 0) return { name, text: markData(path, inside.slice(0, shownFiles).join('\n')) };
  return { name, text: `The goal names @${path}: no text of it can be shown here, so look for it with your tools.` };
}

function describeProject({ name, fileCount, files }: ProjectSummary): string {
  if (fileCount === 0) return `Project ${JSON.stringify(name)}: empty.`;
  const languages = countLanguages(files);
  const shown = files.slice(0, shownFiles);
  const more = fileCount > shown.length ? `\n... ${fileCount - shown.length} more` : '';
  return [
    `Project ${JSON.stringify(name)}: ${formatCount(fileCount, 'file')}${languages ? ` (${languages})` : ''}.`,
    markData('files', `${shown.join('\n')}${more}`),
  ].join('\n');
}

function countLanguages(files: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const path of files) {
    const ending = /\.([a-z]\w{0,9})$/i.exec(path)?.[1]?.toLowerCase();
    if (ending) counts.set(ending, (counts.get(ending) ?? 0) + 1);
  }
  const most = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 8);
  return most.map(([ending, count]) => `${count} .${ending}`).join(', ');
}

/** Runs before this one that the model has not heard of: those that it did not do itself, and all while it plans, apart from the conversation. */
function describeEarlier(history: readonly HistoryEvent[], runId: string, isPlanning: boolean): string {
  const heard = new Set(isPlanning ? [] : history.flatMap((event) => (event.type === 'model.answered' ? [event.runId] : [])));
  const lines = history.flatMap((event) => {
    if (event.runId === runId || heard.has(event.runId)) return [];
    switch (event.type) {
      case 'goal.given':
        return [`Goal: ${excerpt(event.data.text, 600)}`];
      case 'run.completed':
        return [`Done: ${excerpt(event.data.summary, 600)}`];
      case 'run.failed':
        return [`Failed: ${excerpt(event.data.error, 300)}`];
      case 'run.cancelled':
        return ['Cancelled.'];
      default:
        return [];
    }
  });
  return lines.join('\n');
}
