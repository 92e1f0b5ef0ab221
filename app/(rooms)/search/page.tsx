import type { Metadata } from 'next';
import { Search, search } from '#lib/search/search.ts';
import { personContext } from '../../_server/person-context.ts';
import { type PageQuery, readQuery } from '../../_server/read-query.ts';
import { SearchRoom } from '../../_ui/search/search-room.tsx';

export const metadata: Metadata = { title: 'Search' };

export default async function SearchPage({ searchParams }: { searchParams: PageQuery }) {
  const asked = Search.safeParse(await readQuery(searchParams));
  const found = asked.success ? await search(await personContext(), asked.data) : null;
  return <SearchRoom initialQuery={asked.success ? asked.data.q : ''} initialFound={found} />;
}
