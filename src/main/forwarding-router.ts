import { isContractProcedure } from '@orpc/contract'
import { type AnyRouter, os } from '@orpc/server'
import { contract, type HostClient } from '../shared/contract/contract.ts'

type Call = (input: unknown, options: { signal: AbortSignal | undefined }) => Promise<unknown>

/** The procedures of each service of the contract. */
type ForwardedServices = Record<keyof typeof contract, Record<string, AnyRouter>>

/**
 * A router of the whole contract that makes every call on `client`, with its streams, their end and its errors: so a window is
 * served in one way, whether the host runs in this process or in another one. What is sent is checked there.
 */
export function forwardingRouter(client: HostClient): ForwardedServices {
  // `forward` keeps the shape of what it is given.
  return forward(contract, client) as ForwardedServices
}

function forward(shape: unknown, calls: unknown): AnyRouter {
  if (isContractProcedure(shape)) {
    // Where the contract has a procedure, its client has a function of that procedure's input.
    const call = calls as Call
    return os.handler(({ input, signal }) => call(input, { signal }))
  }
  // Everything else in a contract is a group, and its client has the same groups.
  const groups = shape as Record<string, unknown>
  const clients = calls as Record<string, unknown>
  return Object.fromEntries(
    Object.entries(groups).map(([name, group]) => [name, forward(group, clients[name])]),
  )
}
