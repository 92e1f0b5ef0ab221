import type { Metadata } from 'next';
import { listBudgets } from '#lib/budgets/list-budgets.ts';
import { listCosts } from '#lib/budgets/list-costs.ts';
import { listProjects } from '#lib/projects/list-projects.ts';
import { listRules } from '#lib/rules/list-rules.ts';
import { getThread } from '#lib/threads/get-thread.ts';
import { orNotFound, personContext } from '../../_server/person-context.ts';
import { type PageQuery, readQuery } from '../../_server/read-query.ts';
import { BudgetList } from '../../_ui/budgets/budget-list.tsx';
import { CostTable } from '../../_ui/budgets/cost-table.tsx';
import { NewBudget } from '../../_ui/budgets/new-budget.tsx';
import { Room, RoomHeader } from '../../_ui/room/room-header.tsx';
import { NewRule } from '../../_ui/rules/new-rule.tsx';
import { RuleList } from '../../_ui/rules/rule-list.tsx';
import type { RulePlace } from '../../_ui/rules/rule-place.ts';
import { SettingsSection } from '../../_ui/settings/settings-section.tsx';

export const metadata: Metadata = { title: 'Rules and budgets' };

export default async function RulesPage({ searchParams }: { searchParams: PageQuery }) {
  const { thread: threadId } = await readQuery(searchParams);
  const context = await personContext();
  const thread = threadId ? await orNotFound(getThread(context, { threadId })) : null;
  const [rules, projects, budgets, costs] = await Promise.all([
    listRules(context, threadId ? { threadId } : {}),
    listProjects(context),
    listBudgets(context),
    listCosts(context),
  ]);
  const places: RulePlace[] = [
    ...(thread ? [{ scope: 'thread' as const, scopeId: thread.threadId, name: 'In this thread' }] : []),
    { scope: 'workspace', name: 'Everywhere' },
    ...projects
      .toSorted((left, right) => Number(right.id === thread?.projectId) - Number(left.id === thread?.projectId))
      .map(({ id, name }) => ({ scope: 'project' as const, scopeId: id, name: `In ${name}` })),
  ];
  return (
    <Room
      header={
        <RoomHeader
          title="Rules and budgets"
          about={thread?.title}
          back={thread ? `/threads/${thread.threadId}` : '/settings'}
          backLabel="Back"
        />
      }
    >
      <div className="space-y-8">
        <SettingsSection
          title="Rules"
          about="They hold for every agent: before it acts, and again for what really changed. A no is stronger than any yes."
        >
          <RuleList rules={rules} />
          <NewRule places={places} />
        </SettingsSection>
        <SettingsSection title="Budgets" about="Checked before each call to a model. A call that would go over is not made.">
          <BudgetList budgets={budgets} />
          <NewBudget places={places} />
        </SettingsSection>
        <SettingsSection title="What models cost" about="In the last 30 days, by agent.">
          <CostTable costs={costs} />
        </SettingsSection>
      </div>
    </Room>
  );
}
