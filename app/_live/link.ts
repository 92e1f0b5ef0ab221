/** What the device can say of its link, in words for the person. `asOf`: when what is shown was last known to be complete. */
export type Link = { phase: 'connecting' | 'catching-up' | 'live' | 'offline'; asOf: string | null };

export type LinkEvent = { type: 'opened' | 'gap' | 'repaired' | 'lost' | 'unreachable'; at: string };

export function startLink(asOf: string | null): Link {
  return { phase: 'connecting', asOf };
}

/** The link after one more thing that happened to it. Only a repair on an open wire makes it live. */
export function advanceLink(link: Link, event: LinkEvent): Link {
  const asOf = link.phase === 'live' ? event.at : link.asOf;
  switch (event.type) {
    case 'opened':
      return { phase: 'catching-up', asOf };
    case 'gap':
      return link.phase === 'live' ? { phase: 'catching-up', asOf } : link;
    case 'repaired':
      return { phase: link.phase === 'catching-up' || link.phase === 'live' ? 'live' : link.phase, asOf: event.at };
    case 'lost':
    case 'unreachable':
      return { phase: 'offline', asOf };
  }
}
