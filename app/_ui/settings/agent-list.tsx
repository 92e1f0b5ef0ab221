import { CircleCheck, CircleMinus } from 'lucide-react';
import type { AgentChoice } from '../composer/run-options.ts';

/** Who can be given goals here, and what the others lack. */
export function AgentList({ agents }: { agents: AgentChoice[] }) {
  return (
    <ul className="divide-y divide-line rounded-card border border-line bg-raised">
      {agents.map(({ id, name, about, ready, whyNot }) => {
        const Icon = ready ? CircleCheck : CircleMinus;
        return (
          <li key={id} className="flex items-start gap-3 px-4 py-3">
            <Icon className={`mt-0.5 size-4.5 shrink-0 ${ready ? 'text-good' : 'text-ink-soft'}`} aria-hidden />
            <span className="min-w-0">
              <span className="block text-sm">
                {name}
                <span className="text-ink-soft">{ready ? ' · ready' : ' · not ready'}</span>
              </span>
              <span className="block text-pretty text-ink-soft text-xs">{ready ? about : whyNot}</span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
