import type { Cost } from '#lib/budgets/list-costs.ts';
import { describeCost } from '#lib/core/words/describe-cost.ts';
import { shortCount } from '#lib/core/words/format.ts';
import { HostileText } from '../base/hostile-text.tsx';

/** The bill by agent: every call to a model counts the same way, whoever made it. */
export function CostTable({ costs }: { costs: Cost[] }) {
  if (costs.length === 0) return <p className="text-ink-soft text-sm">No model was called.</p>;
  return (
    <table className="tabular w-full text-left text-sm">
      <thead className="text-ink-soft text-xs">
        <tr>
          <th className="py-1 font-normal">Agent</th>
          <th className="py-1 text-right font-normal">Calls</th>
          <th className="py-1 text-right font-normal">Tokens</th>
          <th className="py-1 text-right font-normal">Cost</th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {costs.map((cost) => (
          <tr key={cost.key}>
            <td className="contained py-2">
              <HostileText text={cost.name} />
            </td>
            <td className="py-2 text-right">{cost.calls}</td>
            <td className="py-2 text-right">{shortCount(cost.inputTokens + cost.outputTokens)}</td>
            <td className="py-2 text-right">{describeCost(cost)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
