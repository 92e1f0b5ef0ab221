import { Circle, CircleCheck, CircleDashed, CircleDot, CircleX, type LucideIcon } from 'lucide-react';
import type { StepState } from '#lib/core/state.ts';
import type { ItemProps } from './item-renderers.tsx';

/** A step below this is not sure enough to go without saying; a plan of sure steps shows no numbers. */
const sureFrom = 0.8;

const looks: Record<StepState['status'], { Icon: LucideIcon; tone: string; word: string }> = {
  pending: { Icon: Circle, tone: 'text-line-strong', word: 'to do' },
  running: { Icon: CircleDot, tone: 'animate-breathe text-accent', word: 'in progress' },
  done: { Icon: CircleCheck, tone: 'text-good', word: 'done' },
  failed: { Icon: CircleX, tone: 'text-bad', word: 'failed' },
  skipped: { Icon: CircleDashed, tone: 'text-ink-soft', word: 'skipped' },
};

export function PlanCard({ item }: ItemProps<'plan'>) {
  const done = item.steps.filter((step) => step.status === 'done').length;
  return (
    <section aria-label="Plan" className="rounded-card border border-line bg-raised px-4 py-3">
      <header className="flex items-baseline justify-between gap-2">
        <h2 className="font-semibold text-sm">{item.revision > 1 ? `Plan, revision ${item.revision}` : 'Plan'}</h2>
        <p className="tabular text-ink-soft text-xs">
          {done} of {item.steps.length} done
        </p>
      </header>
      {item.reason && <p className="contained mt-1 text-ink-soft text-sm">{item.reason}</p>}
      <StepList steps={item.steps} />
    </section>
  );
}

export function StepList({ steps }: { steps: readonly StepState[] }) {
  return (
    <ol className="mt-2 space-y-1.5">
      {steps.map((step) => {
        const { Icon, tone, word } = looks[step.status];
        return (
          <li key={step.step_id} className="flex items-start gap-2.5 text-sm">
            <Icon className={`mt-0.5 size-4 shrink-0 ${tone}`} aria-hidden />
            <div className="contained min-w-0 flex-1">
              <span className={step.status === 'pending' || step.status === 'skipped' ? 'text-ink-soft' : ''}>{step.title}</span>
              <span className="sr-only">, {word}</span>
              {step.status === 'failed' && step.note && <p className="text-bad text-xs">{step.note}</p>}
            </div>
            {step.confidence !== undefined && step.confidence < sureFrom && (
              <span className="tabular shrink-0 text-ink-soft text-xs">{Math.round(step.confidence * 100)} % sure</span>
            )}
          </li>
        );
      })}
    </ol>
  );
}
