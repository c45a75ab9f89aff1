/**
 * Where the worker's program is: beside this file as TypeScript where the source runs as it is, and beside the bundle as
 * JavaScript where it was built. The build must make `log-store-worker.js` an entry of its own, in the bundle's folder.
 */
export function logStoreWorkerUrl(): URL {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  // Put together at run time: a bundler would take a literal for an asset and copy the source.
  return new URL(`./log-store-worker.${extension}`, import.meta.url)
}
