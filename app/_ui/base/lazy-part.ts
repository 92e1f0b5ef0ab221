import { type ComponentType, lazy } from 'react';
import { untilLoaded } from './until-loaded.ts';

/** A component whose code is loaded when it is first shown, however often that has to be tried. */
export function lazyPart<Props>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  return lazy(async () => ({ default: await untilLoaded(load) }));
}
