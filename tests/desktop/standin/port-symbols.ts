/** Names what the stand-in does with ports: symbols, so that the application sees Electron's members only. */
export const portPair = Symbol('portPair')
/** Makes the port whose other end a page has handed over. */
export const portFromPage = Symbol('portFromPage')
/** The other end is gone. */
export const portGone = Symbol('portGone')
/** A message has come from the other end. */
export const portArrive = Symbol('portArrive')
/** Gives this end to a page; answers with the id by which both sides know it. */
export const portHand = Symbol('portHand')
