import { EventEmitter } from 'node:events'

/** What is thrown where the application uses a part of Electron that the stand-in does not have. */
export function notImplemented(name: string): Error {
  return new Error(`Electron stand-in: ${name} is not implemented`)
}

/** Asked of any value by await, JSON.stringify and assertion libraries: that these are absent says nothing. */
const probes = new Set(['then', 'toJSON', 'asymmetricMatch', 'nodeType'])

/** An object whose absent members throw by name: `strictObject('shell', {...}).trashItem` throws. */
export function strictObject<T extends object>(name: string, object: T): T {
  return guarded(object, () => name)
}

/** An export of Electron that the stand-in does not have: it can be imported, and throws by name at the first use. */
export function missing(name: string): object {
  return new Proxy(function standIn() {}, {
    get(_target, key) {
      if (typeof key === 'symbol' || probes.has(key)) return undefined
      throw notImplemented(`${name}.${key}`)
    },
    apply() {
      throw notImplemented(`${name}()`)
    },
    construct() {
      throw notImplemented(`new ${name}()`)
    },
  })
}

function guarded<T extends object>(object: T, nameOf: (receiver: unknown) => string): T {
  return new Proxy(object, {
    get(target, key, receiver) {
      if (typeof key === 'symbol' || key in target || probes.has(key)) {
        return Reflect.get(target, key, receiver)
      }
      throw notImplemented(`${nameOf(receiver)}.${key}`)
    },
  })
}

function classOf(instance: unknown): string {
  return typeof instance === 'object' && instance !== null ? instance.constructor.name : 'unknown'
}

/**
 * The base of the stand-in's classes: an EventEmitter on which a member that neither the class nor EventEmitter has throws
 * by name, on the instance and on the class itself.
 */
export class StrictEmitter extends EventEmitter {}

// At the end of the chains of prototypes, so that private fields and `this` of the classes stay what they are.
Object.setPrototypeOf(
  StrictEmitter.prototype,
  guarded(Object.create(EventEmitter.prototype) as object, classOf), // Object.create answers `any`; it is an object.
)
Object.setPrototypeOf(
  StrictEmitter,
  guarded(EventEmitter, (receiver) => (typeof receiver === 'function' ? receiver.name : 'class')),
)
