declare const self: ServiceWorkerGlobalScope;

/** This service worker, typed as what it is. */
export const scope = self;
