import type { Actor } from '#lib/auth/actor.ts';
import { type Person, requirePerson } from '#lib/auth/require-person.ts';
import { DomainError } from '#lib/core/domain-error.ts';

/** What servers an agent is given is the owner's to say: their tools can reach outside. Throws `forbidden`. */
export function requireOwner(actor: Actor): Person {
  const person = requirePerson(actor);
  if (person.role !== 'owner') throw new DomainError('forbidden', 'Only the owner of the workspace sets up MCP servers.');
  return person;
}
