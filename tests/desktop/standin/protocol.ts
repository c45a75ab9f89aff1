import type { CustomScheme } from 'electron'
import { noteFault } from './faults.ts'
import { translateScheme } from './page-address.ts'
import { runtime } from './runtime.ts'
import { strictObject } from './strict.ts'

type Handler = (request: Request) => Response | Promise<Response>

const handlers = new Map<string, Handler>()

/** Electron's `protocol`: the application serves its own scheme. */
export const protocol = strictObject('protocol', {
  registerSchemesAsPrivileged(customSchemes: CustomScheme[]): void {
    if (runtime.isReady) {
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
    }
    for (const { scheme, privileges } of customSchemes) {
      if (privileges?.bypassCSP === true) {
        throw new Error('Electron stand-in: the privilege bypassCSP is not implemented')
      }
      translateScheme(scheme)
    }
  },
  handle(scheme: string, handler: Handler): void {
    if (!runtime.isReady) throw new Error('protocol.handle cannot be used before app is ready')
    if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`)
    handlers.set(scheme, handler)
  },
  unhandle(scheme: string): void {
    if (!handlers.delete(scheme)) throw new Error(`Failed to unregister protocol: ${scheme}`)
  },
  isProtocolHandled(scheme: string): boolean {
    return handlers.has(scheme)
  },
})

/** What the application answers to a request of a page; null where it has no handler, or its handler threw. */
export async function answerRequest(request: Request): Promise<Response | null> {
  const handler = handlers.get(new URL(request.url).protocol.slice(0, -1))
  if (handler === undefined) {
    noteFault(`no handler for ${request.url}`)
    return null
  }
  try {
    return await handler(request)
  } catch (error) {
    noteFault(`the handler of ${request.url} threw: ${String(error)}`)
    return null
  }
}
