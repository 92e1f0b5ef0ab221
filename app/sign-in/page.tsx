import type { Metadata } from 'next';
import { type PageQuery, readQuery } from '../_server/read-query.ts';
import { wasSignedOut } from '../_server/was-signed-out.ts';
import { SignInDoor } from '../_ui/sign-in/sign-in-door.tsx';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage({ searchParams }: { searchParams: PageQuery }) {
  const { code } = await readQuery(searchParams);
  return <SignInDoor codeInQuery={code ?? null} wasSignedOut={await wasSignedOut()} />;
}
