import type { Metadata } from 'next';
import { SignInDoor } from '../_ui/sign-in/sign-in-door.tsx';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ code?: string | string[] }> }) {
  const { code } = await searchParams;
  return <SignInDoor codeInQuery={typeof code === 'string' ? code : null} />;
}
