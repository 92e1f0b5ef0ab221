import type { ToolCall } from '#lib/core/tool.ts';
import type { RunContext, RunSnapshot } from '#workers/run/run-context.ts';
import type { NetworkAccess } from '#workers/sandbox/sandbox.ts';
import { judgeNow, networkOf } from './judge-now.ts';
import { watchRules } from './watch-rules.ts';

/** What a call under way may reach by the rules as they are now. `asked`: a person said yes to this very call. `home`: as in `judgeNow`. */
export async function accessNow(
  context: RunContext,
  snapshot: RunSnapshot,
  call: ToolCall,
  { asked, home }: { asked: boolean; home?: string },
): Promise<NetworkAccess> {
  const ruling = await judgeNow(context, snapshot, call, home);
  const { decision } = ruling.verdict;
  return decision === 'allow' || (decision === 'ask' && asked) ? networkOf(ruling, asked) : { mode: 'deny' };
}

/** Holds what a call may reach to the rules for as long as it runs: what it runs in follows the `access` that this gives. */
export function holdNetwork(
  { bus }: Pick<RunContext, 'bus'>,
  workspaceId: string,
  access: NetworkAccess,
  judge: () => Promise<NetworkAccess>,
): { access: NetworkAccess; release(): void } {
  if (access.mode === 'deny') return { access, release: () => {} };
  const followers = new Set<(hosts: string[]) => void>();
  let { hosts } = access;
  const release = watchRules({ bus }, workspaceId, async () => {
    const left = await judge();
    const before = hosts;
    hosts = left.mode === 'allow' ? left.hosts : [];
    if (hosts.join() !== before.join()) for (const tell of followers) tell(hosts);
  });
  const follow = (tell: (hosts: string[]) => void) => {
    followers.add(tell);
    tell(hosts);
  };
  return { access: { ...access, follow }, release };
}
