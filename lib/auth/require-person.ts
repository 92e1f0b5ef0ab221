import type { Author } from '#lib/core/decide.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import type { Actor } from './actor.ts';

export type Person = Extract<Actor, { kind: 'person' }>;

/** The person behind a request. Throws `forbidden` for anybody else: what a person decides, no worker decides. */
export function requirePerson(actor: Actor): Person {
  if (actor.kind !== 'person') throw new DomainError('forbidden', 'Only a person may do this.');
  return actor;
}

/** How the ledger names this person. */
export function authorOf(person: Person): Author {
  const { userId, via, cause } = person;
  return { actor: 'person', userId, via, ...(cause ? { parentEventId: cause } : {}) };
}
