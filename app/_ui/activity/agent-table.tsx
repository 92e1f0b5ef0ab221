import type { RunMetrics } from '#lib/activity/measure-runs.ts';
import { agentName } from '#lib/core/words/agent-name.ts';
import { describeCost } from '#lib/core/words/describe-cost.ts';
import { formatDuration } from '#lib/core/words/format.ts';

export function AgentTable({ rows }: { rows: RunMetrics['byAgent'] }) {
  return (
    <table className="tabular w-full text-left text-sm">
      <thead className="text-ink-soft text-xs">
        <tr>
          <th className="py-1 font-normal">Agent</th>
          <th className="py-1 text-right font-normal">Done</th>
          <th className="py-1 text-right font-normal">Failed</th>
          <th className="py-1 text-right font-normal">Median</th>
          <th className="py-1 text-right font-normal">Cost</th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {rows.map(({ agent, completed, failed, medianMs, costUsd, unpricedCalls }) => (
          <tr key={agent}>
            <td className="contained py-2">{agentName(agent)}</td>
            <td className="py-2 text-right">{completed}</td>
            <td className="py-2 text-right">{failed}</td>
            <td className="py-2 text-right">{medianMs === null ? '–' : formatDuration(medianMs)}</td>
            <td className="py-2 text-right">{describeCost({ costUsd, unpricedCalls })}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
