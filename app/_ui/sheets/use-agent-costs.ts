'use client';

import { useEffect, useState } from 'react';
import type { AgentCost, PricedAgent } from '#lib/agents/price-agents.ts';
import { explainFailure, requestJson } from '../../_live/request.ts';

/** Where a goal will be given: what may be spent on it follows from that. */
export type GoalPlace = { threadId?: string; projectId?: string };

type Costs = { costs: ReadonlyMap<string, AgentCost>; failure: string | null };

const typingMs = 300;
const wholeModel = /^[a-z]+\/\S+$/;

/** What the next goal here will cost with each agent, by its id; none while that is on its way. */
export function useAgentCosts({ threadId = '', projectId = '' }: GoalPlace, model: string): Costs {
  const [answer, setAnswer] = useState<Costs>({ costs: new Map(), failure: null });
  const named = wholeModel.test(model) ? model : '';

  useEffect(() => {
    const asking = new AbortController();
    const { signal } = asking;
    const asked = Object.entries({ threadId, projectId, model: named }).filter(([, value]) => value !== '');
    const ask = () =>
      requestJson<{ agents: PricedAgent[] }>(`/api/agents?${new URLSearchParams(asked)}`, { signal }).then(
        ({ agents }) => setAnswer({ costs: new Map(agents.map(({ id, cost }) => [id, cost])), failure: null }),
        (error: unknown) => {
          if (!signal.aborted) setAnswer({ costs: new Map(), failure: explainFailure(error) });
        },
      );
    const later = setTimeout(ask, named ? typingMs : 0);
    return () => {
      clearTimeout(later);
      asking.abort();
    };
  }, [threadId, projectId, named]);

  return answer;
}
