import { z } from 'zod';

/** What the policy says of one call. `rule` is the id of the rule that decided; `reason` is shown to the person. */
export const Verdict = z.object({
  decision: z.enum(['allow', 'ask', 'deny']),
  reach: z.enum(['tree', 'outside']).describe('outside: network, installs, anything that a revert cannot undo'),
  before: z.boolean().optional().describe('ask before it runs, although it stays in the tree: a person wants it so'),
  rule: z.string(),
  reason: z.string(),
});
export type Verdict = z.infer<typeof Verdict>;
