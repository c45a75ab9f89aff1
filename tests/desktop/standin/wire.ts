import type { Encoded } from './codec.ts'

/** What a page's preload world tells the main process. */
export type FromPage =
  | { readonly kind: 'send'; readonly channel: string; readonly args: Encoded }
  | {
      readonly kind: 'post'
      readonly channel: string
      readonly message: Encoded
      readonly ports: readonly string[]
    }
  | {
      readonly kind: 'invoke'
      readonly id: number
      readonly channel: string
      readonly args: Encoded
    }
  | PortMessage
  | PortClosed
  | {
      readonly kind: 'window-open'
      readonly url: string
      readonly frameName: string
      readonly features: string
    }
  | {
      readonly kind: 'preload-error'
      readonly file: string
      readonly message: string
      readonly stack: string
    }

/** What the main process tells a page's preload world. */
export type ToPage =
  | {
      readonly kind: 'event'
      readonly channel: string
      readonly args: Encoded
      readonly ports: readonly string[]
    }
  | { readonly kind: 'result'; readonly id: number; readonly value: Encoded }
  | { readonly kind: 'failure'; readonly id: number; readonly message: string }
  | PortMessage
  | PortClosed
  | { readonly kind: 'files'; readonly files: readonly NamedFile[] }

/** A message for the port with this id, which carries the ports with those ids. */
interface PortMessage {
  readonly kind: 'port-message'
  readonly port: string
  readonly data: Encoded
  readonly ports: readonly string[]
}

interface PortClosed {
  readonly kind: 'port-closed'
  readonly port: string
}

/** A file that a test is about to drop: how the page sees it, and where it is. */
export interface NamedFile {
  readonly name: string
  readonly size: number
  readonly lastModified: number
  readonly path: string
}

/** The names by which the scripts of one page find each other; random, so that the page cannot guess them. */
export interface PageNames {
  /** Called by the preload world, heard by the main process. */
  readonly binding: string
  /** Called by the main process, a function of the preload world. */
  readonly receive: string
  /** Events that the main world hears. */
  readonly toMainWorld: string
  /** Events that the preload world hears. */
  readonly toPreloadWorld: string
}

/** What the preload world is told about its process. */
export interface PreloadSetup {
  readonly names: PageNames
  /** The preload's file; empty where the window has none. */
  readonly file: string
  readonly process: Readonly<Record<string, unknown>>
}
