import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import * as z from 'zod'
import { findMarked } from '../../fixtures/marked-processes.ts'
import { environment, withHome } from '../bench-host.ts'
import { round } from '../figure.ts'
import { failuresBefore } from './crash-run.ts'
import { type FaultServer, nodeServer, smallServer } from './fault-host.ts'
import { watchTheEnd } from './kill-cycle.ts'
import { type Peer, programOf, type RunningPeer, startPeer } from './peers.ts'

const rounds = 5
/** How long a call of a peer may take after a crash, and how long it is tried again, in milliseconds. */
const callMs = 3_000
const recoverMs = 10_000
/** How long it may take until its server's tools are listed, in milliseconds. */
const listMs = 20_000
/** The length of a huge answer. */
export const hugeBytes = 20 * 1024 * 1024

/** `kill -9` of the peer with one server that has a child out of its session: how many of five children survive 5 s. */
export async function countSurvivors(peer: Peer): Promise<string> {
  return await withHome(async (home) => {
    const outcomes = Array.from({ length: rounds }, async (_, index) => {
      const file = join(home, `mark-${index}`)
      writeFileSync(file, '')
      const server = smallServer('escaped', file)
      const pid =
        peer.name === 'pm2'
          ? await startUnderPm2(join(home, `pm2-${index}`), server)
          : await startListed(peer, { server }, home)
      const pids = findMarked(file).map((one) => one.pid)
      process.kill(pid, 'SIGKILL')
      const { survivors } = await watchTheEnd(
        file,
        pids.filter((one) => one !== pid),
        performance.now(),
      )
      return survivors.length > 0 ? 1 : 0
    })
    const survived = (await Promise.all(outcomes)).reduce<number>((sum, one) => sum + one, 0)
    return `${survived} of ${rounds}`
  })
}

/** The server ends in mid-call: whether a later call of the same session succeeds, and after how long. */
export async function crashInMidCall(peer: Peer): Promise<string | null> {
  if (peer.name === 'pm2') return null
  return await withPeer(
    peer,
    smallServer('ok', '/dev/null'),
    async ({ session, openSession }, tool) => {
      const startedAt = performance.now()
      const failure = await session.call(tool('exit'), {}, callMs).then(() => 'no error', String)
      const errorMs = performance.now() - startedAt
      const refused = await failuresBefore(() => session.call(tool('pid'), {}, callMs), recoverMs)
      const nextMs = round(performance.now() - startedAt)
      const first = `error after ${round(errorMs)} ms (${failure.slice(0, 60)})`
      if (refused !== null) return `${first}, next after ${nextMs} ms, ${refused} refused`
      const anew = await canCallAnew(openSession, tool('pid'))
      return `${first}, never in that session, ${anew ? 'only in a new one' : 'nor in a new one'}`
    },
  )
}

/** An answer of 20 MB: whether it arrives, and whether a call after it is answered. */
export async function hugeAnswer(peer: Peer): Promise<string | null> {
  if (peer.name === 'pm2') return null
  const server = nodeServer('fixture-server.mjs', 'ok')
  return await withPeer(peer, server, async ({ session }, tool) => {
    const huge = await inWords(session.call(tool('big'), { bytes: hugeBytes }))
    return `${huge}, then ${await inWords(session.call(tool('echo'), { message: 'after' }))}`
  })
}

/** How a call ended. */
export async function inWords(call: Promise<unknown>): Promise<string> {
  return await call.then(
    () => 'answered',
    (error: unknown) => `failed (${String(error).slice(0, 60)})`,
  )
}

/** Servers that all stand in one peer, one of them hung and one without a program: until it answers, and lists them. */
export async function mixedStart(
  peer: Peer,
  servers: Readonly<Record<string, FaultServer>>,
  expected: number,
): Promise<string | null> {
  if (peer.name !== 'mcp-hub') return null
  return await withHome(async (home) => {
    const startedAt = performance.now()
    const { pid, session, startMs, ended } = await startPeer(peer, servers, home)
    let seen = 0
    const isListed = async () => {
      seen = (await session.toolNames()).filter((name) => name.endsWith('echo')).length
      if (seen < expected) throw new Error('not all yet')
    }
    const failures = await failuresBefore(isListed, listMs)
    const listedMs = performance.now() - startedAt
    session.close()
    process.kill(pid, 'SIGKILL')
    await ended
    await endAll(home)
    const listed =
      failures === null
        ? `${seen} listed after ${listMs / 1000} s`
        : `all listed ${round(listedMs)} ms`
    return `${round(startMs)} ms, ${listed}`
  })
}

const listSchema = z.array(
  z.looseObject({
    pm2_env: z.looseObject({ status: z.string(), restart_time: z.number() }),
  }),
)

/** A server that crashes at each start: when a process manager parks it, and after how many starts. */
export async function crashLoopOf(peer: Peer): Promise<string | null> {
  if (peer.name !== 'pm2') return null
  return await withHome(async (home) => {
    const startedAt = performance.now()
    const pid = await startUnderPm2(home, smallServer('crash', '/dev/null'))
    let restarts = 0
    const isParked = async () => {
      const [server] = listSchema.parse(JSON.parse(await runPm2(home, 'jlist')))
      restarts = server?.pm2_env.restart_time ?? 0
      if (server?.pm2_env.status !== 'errored') throw new Error('not parked yet')
    }
    const failures = await failuresBefore(isParked, 60_000)
    const seconds = (performance.now() - startedAt) / 1000
    process.kill(pid, 'SIGKILL')
    await endAll(home)
    return failures === null
      ? `not parked in 60 s, ${restarts} restarts`
      : `after ${restarts} restarts, ${round(seconds)} s`
  })
}

/** Starts a gateway with a server and waits until the server's tools are listed. Answers with the gateway's pid. */
async function startListed(
  peer: Peer,
  servers: Readonly<Record<string, FaultServer>>,
  home: string,
): Promise<number> {
  const { pid, session } = await startPeer(peer, servers, home)
  await untilListed(session)
  session.close()
  return pid
}

async function untilListed(session: RunningPeer['session']): Promise<readonly string[]> {
  for (const giveUpAt = performance.now() + listMs; performance.now() < giveUpAt; ) {
    const names = await session.toolNames()
    if (names.length > 0) return names
    await delay(20)
  }
  throw new Error('no tool is listed')
}

/** Runs a fault on a gateway with one server, then ends both. `tool` gives a tool's name as the gateway has it. */
async function withPeer(
  peer: Peer,
  server: FaultServer,
  run: (running: RunningPeer, tool: (name: string) => string) => Promise<string>,
): Promise<string> {
  return await withHome(async (home) => {
    const running = await startPeer(peer, { server }, home)
    const names = await untilListed(running.session)
    const outcome = await run(running, (name) => {
      return names.find((one) => one === name || one.endsWith(`__${name}`)) ?? name
    })
    running.session.close()
    process.kill(running.pid, 'SIGKILL')
    await running.ended
    await endAll(home)
    return outcome
  })
}

async function canCallAnew(open: RunningPeer['openSession'], tool: string): Promise<boolean> {
  try {
    const session = await open()
    await session.call(tool, {}, callMs)
    session.close()
    return true
  } catch {
    // That is the answer.
    return false
  }
}

/** Starts a server under a pm2 of its own; answers with the pid of pm2's daemon. */
async function startUnderPm2(home: string, { command, args }: FaultServer): Promise<number> {
  const [script = '', ...rest] = args
  await runPm2(home, 'start', script, '--interpreter', command, '--name', 'server', '--', ...rest)
  return Number(readFileSync(join(home, '.pm2', 'pm2.pid'), 'utf8'))
}

async function runPm2(home: string, ...args: readonly string[]): Promise<string> {
  const env = { ...environment(home), PM2_HOME: join(home, '.pm2') }
  const { stdout } = await promisify(execFile)(process.execPath, [programOf('pm2'), ...args], {
    env,
  })
  return stdout
}

/** Ends what a killed peer left. Its servers have the home in their environment. */
async function endAll(home: string): Promise<void> {
  for (const { pid } of findMarked(home)) process.kill(pid, 'SIGKILL')
  while (findMarked(home).length > 0) await delay(10)
}
