'use client';

import { createContext, type ReactNode, startTransition, useContext, useEffect, useState } from 'react';
import { createDeviceWire } from './device-wire.ts';
import { openWire } from './open-wire.ts';
import type { Wire } from './wire.ts';

/** The first wire is opened while the page still comes to life: its answers are there when somebody listens. */
let early = typeof window === 'undefined' ? null : openWire();
early?.catch(() => {});

function openFirst(): Promise<Wire> {
  const opening = early ?? openWire();
  early = null;
  return opening;
}

const WireContext = createContext<Wire | null>(null);

/** Opens the tab's one wire after the first picture stands. */
export function WireProvider({ children }: { children: ReactNode }) {
  const [wire, setWire] = useState<Wire | null>(null);
  useEffect(() => {
    const opened = createDeviceWire(openFirst);
    // Nearly everything hears of it: not in one go, while the page comes to life.
    startTransition(() => setWire(opened));
    return () => opened.close();
  }, []);
  return <WireContext value={wire}>{children}</WireContext>;
}

/** The tab's wire, or null while the page comes to life. */
export function useWire(): Wire | null {
  return useContext(WireContext);
}
