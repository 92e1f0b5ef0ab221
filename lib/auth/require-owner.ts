import { DomainError } from '#lib/core/domain-error.ts';
import type { Actor } from './actor.ts';
import { type Person, requirePerson } from './require-person.ts';

/** The owner of the workspace. `refusal` is the sentence that anybody else hears. Throws `forbidden`. */
export function requireOwner(actor: Actor, refusal: string): Person {
  const person = requirePerson(actor);
  if (person.role !== 'owner') throw new DomainError('forbidden', refusal);
  return person;
}
