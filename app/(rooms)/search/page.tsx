import type { Metadata } from 'next';
import { Search, search } from '#lib/search/search.ts';
import { personContext } from '../../_server/person-context.ts';
import { SearchRoom } from '../../_ui/search/search-room.tsx';

export const metadata: Metadata = { title: 'Search' };

type SearchPageProps = { searchParams: Promise<{ q?: string }> };

export default async function SearchPage({ searchParams }: SearchPageProps) {
  const asked = Search.safeParse({ q: (await searchParams).q });
  const found = asked.success ? await search(await personContext(), asked.data) : null;
  return <SearchRoom initialQuery={asked.success ? asked.data.q : ''} initialFound={found} />;
}
