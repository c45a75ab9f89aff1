import type { Figure, LongRun } from './figure.ts'
import { measureCrashes } from './reliability/measure-crashes.ts'
import { measureGrowth } from './reliability/measure-growth.ts'
import { measureHostileFrames } from './reliability/measure-hostile-frames.ts'
import { measureKills } from './reliability/measure-kills.ts'
import { measureMixedStart } from './reliability/measure-mixed-start.ts'
import { installPeers, type Peer } from './reliability/peers.ts'

const sections: Readonly<
  Record<string, (longRun: LongRun, peers: readonly Peer[]) => AsyncIterable<Figure>>
> = {
  r1: measureKills,
  r2: measureCrashes,
  r3: measureHostileFrames,
  p4: measureMixedStart,
  growth: measureGrowth,
}

/**
 * What becomes of servers, calls and neighbours when a thing goes wrong, on the built host; beside other programs from npm
 * on the same faults, except in the short form. Linux only.
 */
export async function* measureReliability(longRun: LongRun): AsyncGenerator<Figure> {
  const { only } = longRun
  const unknown = only?.filter((name) => !Object.hasOwn(sections, name)) ?? []
  if (unknown.length > 0) {
    throw new Error(`--only takes ${Object.keys(sections).join(', ')}, not ${unknown.join(', ')}.`)
  }
  const peers = longRun.isShort ? [] : await installPeers(longRun.progress)
  for (const [name, measure] of Object.entries(sections)) {
    if (only !== null && !only.includes(name)) continue
    try {
      yield* measure(longRun, peers)
    } catch (error) {
      // The other sections say something all the same, and the bench fails.
      yield { what: name, value: 'broken off', bound: '', missed: [String(error)] }
    }
  }
}
