import type { Actor } from '#lib/auth/actor.ts';
import { requireOwner } from '#lib/auth/require-owner.ts';
import type { Person } from '#lib/auth/require-person.ts';

/** What servers an agent is given is the owner's to say: their tools can reach outside. Throws `forbidden`. */
export function requireServerOwner(actor: Actor): Person {
  return requireOwner(actor, 'Only the owner of the workspace sets up MCP servers.');
}
