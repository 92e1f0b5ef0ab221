/** What the device can say of its link, in words for the person. `asOf`: when what is shown was last known to be complete. */
export type Link = { phase: 'connecting' | 'catching-up' | 'live' | 'offline' | 'gone'; asOf: string | null; wireOpen: boolean };

export type LinkEvent = { type: 'opened' | 'gap' | 'repaired' | 'lost' | 'unreachable' | 'gone'; at: string };

export function startLink(asOf: string | null): Link {
  return { phase: 'connecting', asOf, wireOpen: false };
}

/** The link after one more thing that happened to it. Only a repair on an open wire makes it live, and nothing once its thread is gone. */
export function advanceLink(link: Link, event: LinkEvent): Link {
  if (link.phase === 'gone') return link;
  const asOf = link.phase === 'live' ? event.at : link.asOf;
  switch (event.type) {
    case 'opened':
      return { phase: 'catching-up', asOf, wireOpen: true };
    case 'gap':
      return link.phase === 'live' ? { ...link, phase: 'catching-up', asOf } : link;
    case 'repaired':
      return { ...link, phase: link.wireOpen ? 'live' : link.phase, asOf: event.at };
    case 'lost':
      return { phase: 'offline', asOf, wireOpen: false };
    case 'unreachable':
      return { ...link, phase: 'offline', asOf };
    case 'gone':
      return { ...link, phase: 'gone', asOf };
  }
}
