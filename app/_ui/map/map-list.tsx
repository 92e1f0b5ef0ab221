'use client';

import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import type { PlacedNode } from './layout-map.ts';
import type { MapFaceProps } from './map-canvas.tsx';
import { canOpen, keyTarget, MapNodeName, OpenSign } from './map-node.tsx';

const indent = 18;

/** The same tree as lines under one another. */
export function MapList({ map, onFile, onOpen }: MapFaceProps) {
  const { placed, symbols } = map;
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const [active, setActive] = useState('');
  const followsKeys = useRef(false);
  const at = Math.max(
    0,
    placed.findIndex(({ node }) => node.id === active),
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: the line that the keys went to stands in the page only after the move
  useEffect(() => {
    if (!followsKeys.current) return;
    followsKeys.current = false;
    scroller.current?.querySelector<HTMLElement>('[data-active=true]')?.focus();
  }, [active]);

  function press(event: KeyboardEvent, index: number): void {
    const here = placed[index];
    if (!here || event.altKey || event.ctrlKey || event.metaKey) return;
    const isChoice = event.key === 'Enter' || event.key === ' ';
    const target = isChoice ? here : keyTarget(event.key, here, placed, symbols);
    if (target === null) return;
    event.preventDefault();
    if (isChoice) choose(index);
    else if (target === 'open' || target === 'close') onOpen(here.node);
    else goTo(target);
  }

  function goTo(target: PlacedNode): void {
    followsKeys.current = true;
    setActive(target.node.id);
    list.current?.scrollToIndex(placed.indexOf(target), { align: 'nearest' });
  }

  function choose(index: number): void {
    const node = placed[index]?.node;
    if (!node) return;
    setActive(node.id);
    if (node.kind === 'file' || node.kind === 'symbol') onFile(node);
    else onOpen(node);
  }

  return (
    <div ref={scroller} className="scrollbar-quiet relative min-h-0 flex-1 overflow-y-auto overscroll-contain">
      <div role="tree" aria-label="Files of the project" className="mx-auto max-w-wide py-1">
        <Virtualizer ref={list} scrollRef={scroller} data={placed} itemSize={44} keepMounted={[at]}>
          {({ node, depth, isOpen }, index) => (
            <div
              key={node.id}
              role="treeitem"
              tabIndex={index === at ? 0 : -1}
              data-active={index === at}
              aria-level={depth + 1}
              aria-expanded={canOpen(node, symbols) ? isOpen : undefined}
              aria-selected={node.id === active}
              onClick={() => choose(index)}
              onKeyDown={(event) => press(event, index)}
              onFocus={() => setActive(node.id)}
              className="flex h-11 cursor-pointer items-center gap-2 pr-2 text-sm hover:bg-sunken focus-visible:-outline-offset-2"
              style={{ paddingLeft: 16 + depth * indent }}
            >
              <span className="flex min-w-0 flex-1 items-center gap-2">
                <MapNodeName node={node} isOpen={isOpen} />
              </span>
              {canOpen(node, symbols) && <OpenSign node={node} isOpen={isOpen} onOpen={() => onOpen(node)} />}
            </div>
          )}
        </Virtualizer>
      </div>
    </div>
  );
}
