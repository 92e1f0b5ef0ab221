import { headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { authenticate } from '#lib/auth/authenticate.ts';
import type { Person } from '#lib/auth/require-person.ts';
import type { Context } from '#lib/context.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import { services } from '#lib/services.ts';

export type PersonContext = Context & { actor: Person };

/** What a page gives to a verb: the services, and the person whose session this is. Without one, the way to the door. */
export const personContext = cache(async (): Promise<PersonContext> => {
  const opened = await services();
  const session = await authenticate(opened, await headers());
  if (!session) redirect('/sign-in');
  return { ...opened, actor: session.actor };
});

/** The result of a verb, or the page that says there is nothing here. */
export async function orNotFound<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof DomainError && (error.code === 'not-found' || error.code === 'invalid')) notFound();
    throw error;
  }
}
