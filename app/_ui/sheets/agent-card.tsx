import type { ShortBudget } from '#lib/core/goal-cost.ts';
import { describeShortBudget } from '#lib/core/words/describe-goal-cost.ts';
import type { AgentChoice } from '../composer/run-options.ts';

/** `sum`: what a goal will cost, `basis`: how that is known; '' where there is nothing to say. */
type AgentCardProps = {
  name: string;
  about: string;
  checked: boolean;
  onChoose(): void;
  sum?: string;
  basis: string;
  budget?: ShortBudget | null;
} & Partial<AgentChoice>;

/** One agent to choose: what it is and costs, and once it is chosen everything else. */
export function AgentCard({
  name,
  about,
  checked,
  onChoose,
  sum,
  basis,
  budget,
  can,
  cannot = [],
  ready = true,
  whyNot,
  installs,
}: AgentCardProps) {
  const details = [can, ...cannot, installs].filter(Boolean);
  return (
    <label className="flex cursor-pointer gap-3 rounded-card border border-line px-4 py-3 has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent">
      <input type="radio" name="agent" checked={checked} onChange={onChoose} className="mt-1 size-4 shrink-0 accent-accent" />
      <span className="contained min-w-0 flex-1 space-y-0.5 text-sm">
        <span className="flex flex-wrap items-baseline justify-between gap-x-2">
          <span className="shrink-0 font-semibold">{name}</span>
          {sum && <span className="text-ink-soft text-xs tabular-nums">{sum}</span>}
        </span>
        <span className="block text-ink-soft">{about}</span>
        {checked && basis && <span className="block text-ink-soft text-xs">Cost: {basis}.</span>}
        {checked && budget && <span className="block text-warn text-xs">{describeShortBudget(budget)}</span>}
        {checked &&
          details.map((sentence) => (
            <span key={sentence} className="block text-ink-soft text-xs">
              {sentence}
            </span>
          ))}
        {!ready && <span className="block text-warn text-xs">{whyNot}</span>}
      </span>
    </label>
  );
}
