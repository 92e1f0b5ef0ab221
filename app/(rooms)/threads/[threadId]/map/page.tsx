import { listTree } from '#lib/map/list-tree.ts';
import { orNotFound, personContext } from '../../../../_server/person-context.ts';
import { MapView } from '../../../../_ui/map/map-view.tsx';

type MapPageProps = { params: Promise<{ threadId: string }> };

export const metadata = { title: 'Map' };

export default async function MapPage({ params }: MapPageProps) {
  const { threadId } = await params;
  return <MapView initial={await orNotFound(listTree(await personContext(), { threadId }))} />;
}
