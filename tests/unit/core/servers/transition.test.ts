import { describe, expect, test } from 'vitest'
import { maxFailures } from '../../../../src/core/servers/failure-policy.ts'
import { defaultTiming } from '../../../../src/core/servers/lifecycle-timing.ts'
import type { ServerEvent, TransitionContext } from '../../../../src/core/servers/server-event.ts'
import { initialState, transition } from '../../../../src/core/servers/transition.ts'
import type { ServerAction } from '../../../../src/shared/domain/automatic-action.ts'
import type { ErrorInfo } from '../../../../src/shared/domain/errors.ts'
import type { ProtocolInfo, ServerState } from '../../../../src/shared/domain/server-state.ts'

const error: ErrorInfo = { code: 'exited', data: { exitCode: 1 } }
const protocol: ProtocolInfo = {
  era: 'legacy',
  version: '2025-11-25',
  serverName: 's',
  serverVersion: '1',
  handshakeMs: 5,
}
const generation = 7
const context: TransitionContext = {
  now: 1_000,
  random: 0.5,
  countsFailures: true,
  wasCutOff: false,
  timing: defaultTiming,
  policy: { restart: 'on-failure', start: 'with-host' },
  automation: { restart: true, park: true },
}

/** One state of each shape that the policy tells apart. */
const states = {
  'stopped new': initialState,
  'stopped user': { phase: 'stopped', reason: 'user', exit: null },
  'stopped exited': { phase: 'stopped', reason: 'exited', exit: { code: 0, signal: null } },
  'stopped idle': { phase: 'stopped', reason: 'idle', exit: null },
  starting: { phase: 'starting', generation, attempt: 2, step: 'spawn', since: 1, pid: null },
  'starting fifth': {
    phase: 'starting',
    generation,
    attempt: 5,
    step: 'handshake',
    since: 1,
    pid: 9,
  },
  running: {
    phase: 'running',
    generation,
    since: 1,
    pid: 9,
    protocol,
    health: 'ok',
    failures: 0,
  },
  'running with failures': {
    phase: 'running',
    generation,
    since: 1,
    pid: 9,
    protocol,
    health: 'ok',
    failures: 4,
  },
  'stopping to stop': {
    phase: 'stopping',
    generation,
    step: 'stdin',
    since: 1,
    next: { do: 'stop' },
  },
  'stopping to start': {
    phase: 'stopping',
    generation,
    step: 'term',
    since: 1,
    next: { do: 'start' },
  },
  'stopping to be idle': {
    phase: 'stopping',
    generation,
    step: 'stdin',
    since: 1,
    next: { do: 'idle' },
  },
  'stopping to fail': {
    phase: 'stopping',
    generation,
    step: 'stdin',
    since: 1,
    next: { do: 'fail', error, retryable: true, failures: 2 },
  },
  'backoff first': { phase: 'backoff', generation, failures: 1, retryAt: 9_000, error },
  backoff: { phase: 'backoff', generation, failures: 2, retryAt: 9_000, error },
  failed: { phase: 'failed', generation, error, failures: 5, at: 1 },
} as const satisfies Record<string, ServerState>

const events = {
  start: { type: 'start' },
  wait_for_use: { type: 'wait_for_use' },
  use: { type: 'use', use: 'call' },
  stop: { type: 'stop' },
  restart: { type: 'restart' },
  config_changed: { type: 'config_changed' },
  step: { type: 'step', generation, step: 'handshake', pid: 3 },
  handshake_ok: { type: 'handshake_ok', generation, protocol, pid: 3 },
  'start_failed dead': { type: 'start_failed', generation, error, retryable: true, alive: false },
  'start_failed alive': { type: 'start_failed', generation, error, retryable: true, alive: true },
  'start_failed for good': {
    type: 'start_failed',
    generation,
    error,
    retryable: false,
    alive: false,
  },
  exited: { type: 'exited', generation, error },
  'exited with 0': {
    type: 'exited',
    generation,
    error: { code: 'exited', data: { exitCode: 0 } },
  },
  health: { type: 'health', generation, health: 'unresponsive' },
  forgive: { type: 'forgive', generation },
  answered: { type: 'answered', generation },
  idle_due: { type: 'idle_due', generation, idleMs: 60_000 },
  retry_due: { type: 'retry_due', generation },
  stop_step: { type: 'stop_step', generation, step: 'kill', pids: [9], isHurried: false },
  stopped: { type: 'stopped', generation, exit: { code: 0, signal: null } },
} as const satisfies Record<string, ServerEvent>

type StateName = keyof typeof states
type EventName = keyof typeof events

/** What the state becomes, in short, and the effects. `-` is "nothing changes". */
const table: Record<StateName, Record<EventName, string>> = {
  'stopped new': only({
    start: 'starting 1 | launch 8',
    restart: 'starting 1 | launch 8',
    wait_for_use: 'stopped idle',
  }),
  'stopped user': only({
    start: 'starting 1 | launch 8',
    restart: 'starting 1 | launch 8',
    wait_for_use: 'stopped idle',
  }),
  'stopped exited': only({
    start: 'starting 1 | launch 8',
    restart: 'starting 1 | launch 8',
    wait_for_use: 'stopped idle 0',
  }),
  'stopped idle': only({
    start: 'starting 1 | launch 8',
    restart: 'starting 1 | launch 8',
    use: 'starting 1 | start-on-demand, launch 8',
    stop: 'stopped user',
  }),
  starting: only({
    stop: 'stopping stop | stop 7',
    restart: 'stopping start | stop 7',
    config_changed: 'stopping start | stop 7',
    step: 'starting 2 handshake',
    handshake_ok: 'running 1 | forgive 7',
    'start_failed dead': 'backoff 2 | retry 7 in 2000, restart',
    'start_failed alive': 'stopping fail 2 | stop 7',
    'start_failed for good': 'failed 2',
  }),
  'starting fifth': only({
    stop: 'stopping stop | stop 7',
    restart: 'stopping start | stop 7',
    config_changed: 'stopping start | stop 7',
    step: 'starting 5 handshake',
    handshake_ok: 'running 4 | forgive 7',
    'start_failed dead': 'failed 5 | park',
    'start_failed alive': 'stopping fail 5 | stop 7',
    'start_failed for good': 'failed 5',
  }),
  running: only({
    stop: 'stopping stop | stop 7',
    restart: 'stopping start | stop 7',
    config_changed: 'stopping start | stop 7',
    exited: 'backoff 1 | retry 7 in 1000, restart',
    'exited with 0': 'stopped exited 0',
    health: 'running 0 unresponsive',
    idle_due: 'stopping idle | stop 7, idle-stop',
  }),
  'running with failures': only({
    stop: 'stopping stop | stop 7',
    restart: 'stopping start | stop 7',
    config_changed: 'stopping start | stop 7',
    exited: 'failed 5 | park',
    'exited with 0': 'stopped exited 0',
    health: 'running 4 unresponsive',
    forgive: 'running 3 | forgive 7',
    answered: 'running 0',
    idle_due: 'stopping idle | stop 7, idle-stop',
  }),
  'stopping to stop': only({
    start: 'stopping start',
    restart: 'stopping start',
    wait_for_use: 'stopping idle',
    stop_step: 'stopping stop kill | kill',
    stopped: 'stopped user 0',
  }),
  'stopping to start': only({
    stop: 'stopping stop',
    stop_step: 'stopping start kill | kill',
    stopped: 'starting 1 | launch 8',
  }),
  'stopping to be idle': only({
    start: 'stopping start',
    restart: 'stopping start',
    use: 'stopping start | start-on-demand',
    stop: 'stopping stop',
    stop_step: 'stopping idle kill | kill',
    stopped: 'stopped idle 0',
  }),
  'stopping to fail': only({
    start: 'stopping start',
    restart: 'stopping start',
    config_changed: 'stopping start',
    wait_for_use: 'stopping idle',
    stop: 'stopping stop',
    stop_step: 'stopping fail 2 kill | kill',
    stopped: 'backoff 2 | retry 7 in 2000, restart',
  }),
  'backoff first': only({
    start: 'starting 1 | cancel, launch 8',
    restart: 'starting 1 | cancel, launch 8',
    config_changed: 'starting 1 | cancel, launch 8',
    wait_for_use: 'stopped idle | cancel',
    use: 'starting 2 | cancel, start-on-demand, launch 8',
    stop: 'stopped user | cancel',
    retry_due: 'starting 2 | launch 8',
  }),
  backoff: only({
    start: 'starting 1 | cancel, launch 8',
    restart: 'starting 1 | cancel, launch 8',
    config_changed: 'starting 1 | cancel, launch 8',
    wait_for_use: 'stopped idle | cancel',
    stop: 'stopped user | cancel',
    retry_due: 'starting 3 | launch 8',
  }),
  failed: only({
    start: 'starting 1 | launch 8',
    restart: 'starting 1 | launch 8',
    config_changed: 'starting 1 | launch 8',
    wait_for_use: 'stopped idle',
    stop: 'stopped user',
  }),
}

function only(changes: Partial<Record<EventName, string>>): Record<EventName, string> {
  const none = Object.fromEntries(Object.keys(events).map((name) => [name, '-']))
  // Every key of `events` is there by construction.
  return { ...none, ...changes } as Record<EventName, string>
}

function inShort(before: ServerState, event: ServerEvent, given = context): string {
  const { state, effects } = transition(before, event, given, generation)
  if (state === before && effects.length === 0) return '-'
  const what = effects.map((effect) => {
    switch (effect.type) {
      case 'launch':
        return `launch ${effect.generation}`
      case 'stop':
        return `stop ${effect.generation}`
      case 'schedule_retry':
        return `retry ${effect.generation} in ${effect.delayMs}`
      case 'cancel_retry':
        return 'cancel'
      case 'schedule_forgive':
        return `forgive ${effect.generation}`
      case 'note':
        return effect.action.heldBack ? `${effect.action.kind} held back` : effect.action.kind
    }
  })
  return [describeState(before, state), what.join(', ')].filter((part) => part !== '').join(' | ')
}

function describeState(before: ServerState, state: ServerState): string {
  switch (state.phase) {
    case 'stopped':
      return ['stopped', state.reason, state.exit?.code]
        .filter((part) => part !== undefined)
        .join(' ')
    case 'starting':
      return before.phase === 'starting'
        ? `starting ${state.attempt} ${state.step}`
        : `starting ${state.attempt}`
    case 'running':
      return state.health === 'ok'
        ? `running ${state.failures}`
        : `running ${state.failures} ${state.health}`
    case 'stopping': {
      const failures = state.next.do === 'fail' ? ` ${state.next.failures}` : ''
      return `stopping ${state.next.do}${failures}${state.step === 'kill' ? ' kill' : ''}`
    }
    case 'backoff':
    case 'failed':
      return `${state.phase} ${state.failures}`
  }
}

describe('the whole transition table', () => {
  for (const [stateName, row] of Object.entries(table)) {
    test(stateName, () => {
      // Names come from the table, whose keys are those of `states` and `events`.
      const state = states[stateName as StateName]
      const actual = Object.fromEntries(
        Object.entries(events).map(([name, event]) => [name, inShort(state, event)]),
      )
      expect(actual).toEqual(row)
    })
  }
})

describe('the rules behind the table', () => {
  const inEveryState = Object.values(states)

  test('an event of an earlier launch changes nothing in any state', () => {
    for (const state of inEveryState) {
      for (const event of Object.values(events)) {
        if (!('generation' in event)) continue
        const stale = { ...event, generation: generation - 1 }
        expect(transition(state, stale, context, generation)).toEqual({ state, effects: [] })
      }
    }
  })

  test('a server that exits at once is parked at the fifth failure, about 15 s after its first exit', () => {
    let state: ServerState = initialState
    let last = 0
    let waitedMs = 0
    const send = (event: ServerEvent) => {
      const next = transition(state, event, context, last)
      state = next.state
      for (const effect of next.effects) {
        if (effect.type === 'launch') last = effect.generation
        if (effect.type === 'schedule_retry') waitedMs += effect.delayMs
      }
    }
    send({ type: 'start' })
    for (let failure = 1; failure < maxFailures; failure += 1) {
      send({ type: 'start_failed', generation: last, error, retryable: true, alive: false })
      expect(state).toMatchObject({ phase: 'backoff', failures: failure })
      send({ type: 'retry_due', generation: last })
    }
    send({ type: 'start_failed', generation: last, error, retryable: true, alive: false })
    expect(state).toMatchObject({ phase: 'failed', failures: maxFailures, error })
    expect(waitedMs).toBe(15_000)
  })

  test('what fails around the sleep of the machine is tried again and never parks a server', () => {
    const asleep = { ...context, countsFailures: false }
    const failed = (from: keyof typeof states, event: keyof typeof events) =>
      transition(states[from], events[event], asleep, generation).state
    expect(failed('starting fifth', 'start_failed dead')).toMatchObject({
      phase: 'backoff',
      failures: 4,
    })
    expect(failed('running with failures', 'exited')).toMatchObject({
      phase: 'backoff',
      failures: 4,
    })
    expect(failed('running', 'exited')).toMatchObject({ phase: 'backoff', failures: 1 })
    expect(failed('stopping to fail', 'stopped')).toMatchObject({ phase: 'backoff', failures: 1 })
    // No retry mends that, awake or not.
    expect(failed('starting', 'start_failed for good')).toMatchObject({ phase: 'failed' })
  })

  test('failures are forgiven one by one until none is left', () => {
    let state: ServerState = states['running with failures']
    for (let left = 3; left >= 0; left -= 1) {
      const next = transition(state, { type: 'forgive', generation }, context, generation)
      expect(next.state).toMatchObject({ phase: 'running', failures: left })
      expect(next.effects).toHaveLength(left > 0 ? 1 : 0)
      state = next.state
    }
  })

  test('the wait varies by 20 % to either side and never exceeds 36 s', () => {
    const waits = [0, 0.999].map((random) => {
      const { effects } = transition(
        states.running,
        events.exited,
        { ...context, random },
        generation,
      )
      const [effect] = effects
      return effect?.type === 'schedule_retry' ? effect.delayMs : Number.NaN
    })
    expect(waits).toEqual([800, 1_200])
  })

  test('a launch takes a number above every earlier one', () => {
    const { effects } = transition(states.failed, { type: 'start' }, context, 41)
    expect(effects).toEqual([{ type: 'launch', generation: 42 }])
  })
})

type Policy = TransitionContext['policy']
type Automation = TransitionContext['automation']

describe('what becomes of a server that ended', () => {
  const given = (
    policy: Partial<Policy>,
    more: Partial<TransitionContext> = {},
  ): TransitionContext => ({ ...context, policy: { ...context.policy, ...policy }, ...more })

  test.for<[Policy['restart'], Policy['start'], string, string]>([
    [
      'always',
      'with-host',
      'backoff 1 | retry 7 in 1000, restart',
      'backoff 1 | retry 7 in 1000, restart',
    ],
    [
      'always',
      'on-demand',
      'backoff 1 | retry 7 in 1000, restart',
      'backoff 1 | retry 7 in 1000, restart',
    ],
    ['on-failure', 'with-host', 'backoff 1 | retry 7 in 1000, restart', 'stopped exited 0'],
    ['on-failure', 'on-demand', 'backoff 1 | retry 7 in 1000, restart', 'stopped idle 0'],
    ['never', 'with-host', 'failed 1', 'stopped exited 0'],
    ['never', 'on-demand', 'failed 1', 'stopped idle 0'],
  ])('%s, %s: %s where it failed, %s where it ended with 0', ([restart, start, failed, ended]) => {
    const policy = given({ restart, start })
    expect(inShort(states.running, events.exited, policy)).toBe(failed)
    expect(inShort(states.running, events['exited with 0'], policy)).toBe(ended)
    // A start that failed is one, whatever the exit code.
    expect(inShort(states.starting, events['start_failed dead'], policy)).toBe(
      restart === 'never' ? 'failed 2' : 'backoff 2 | retry 7 in 2000, restart',
    )
  })

  test('an end with code 0 that cut a call off is a failure, and so are a signal and a lost connection', () => {
    expect(inShort(states.running, events['exited with 0'], given({}, { wasCutOff: true }))).toBe(
      'backoff 1 | retry 7 in 1000, restart',
    )
    for (const other of [
      { code: 'exited', data: { signal: 'SIGKILL' } },
      { code: 'unreachable', data: {} },
    ] as const) {
      expect(inShort(states.running, { type: 'exited', generation, error: other })).toBe(
        'backoff 1 | retry 7 in 1000, restart',
      )
    }
  })

  test('a server that is to run always is parked as well where it ends again and again', () => {
    const always = given({ restart: 'always' })
    expect(inShort(states['running with failures'], events['exited with 0'], always)).toBe(
      'failed 5 | park',
    )
  })
})

describe('what is switched off is held back, and told', () => {
  const given = (automation: Partial<Automation>): TransitionContext => ({
    ...context,
    automation: { ...context.automation, ...automation },
  })

  test('restarts: it waits for a person, at the first failure and at the fifth', () => {
    const noRestart = given({ restart: false })
    expect(inShort(states.running, events.exited, noRestart)).toBe('failed 1 | restart held back')
    expect(inShort(states['starting fifth'], events['start_failed dead'], noRestart)).toBe(
      'failed 5 | restart held back',
    )
    // Nothing was to be done anyhow.
    expect(inShort(states.running, events['exited with 0'], noRestart)).toBe('stopped exited 0')
    expect(inShort(states.starting, events['start_failed for good'], noRestart)).toBe('failed 2')
  })

  test('parking: it is tried for ever, with the longest wait; told once for a loop', () => {
    const noPark = given({ park: false })
    expect(inShort(states['running with failures'], events.exited, noPark)).toBe(
      'backoff 5 | retry 7 in 16000, park held back, restart',
    )
    const ninth = { ...states['starting fifth'], attempt: 9 }
    expect(inShort(ninth, events['start_failed dead'], noPark)).toBe(
      'backoff 9 | retry 7 in 30000, restart',
    )
    const thousandth = { ...states['starting fifth'], attempt: 1_100 }
    expect(inShort(thousandth, events['start_failed dead'], noPark)).toBe(
      'backoff 1100 | retry 7 in 30000, restart',
    )
  })

  test('the kill: it waits and says so; what a person asked for is not told as automatic', () => {
    const stopping = { ...states['stopping to start'], since: 400 }
    const noted = (event: Partial<Extract<ServerEvent, { type: 'stop_step' }>>) =>
      transition(stopping, { ...events.stop_step, ...event }, context, generation)
    const kill: ServerAction = { kind: 'kill', heldBack: false, pids: [9], waitedMs: 600 }
    expect(noted({})).toMatchObject({
      state: { step: 'kill', since: 1_000 },
      effects: [{ type: 'note', action: kill }],
    })
    expect(noted({ step: 'held' })).toMatchObject({
      state: { step: 'held', since: 1_000 },
      effects: [{ type: 'note', action: { ...kill, heldBack: true } }],
    })
    expect(noted({ isHurried: true })).toMatchObject({ state: { step: 'kill' }, effects: [] })
    // It ended in this moment.
    expect(noted({ pids: [] }).effects).toEqual([])
  })
})

test('200 calls that crash a server, each followed by one that it answers, never park it', () => {
  let state: ServerState = initialState
  let last = 0
  const send = (event: ServerEvent) => {
    const next = transition(state, event, context, last)
    state = next.state
    for (const effect of next.effects) if (effect.type === 'launch') last = effect.generation
  }
  send({ type: 'start' })
  for (let crash = 1; crash <= 200; crash += 1) {
    send({ type: 'handshake_ok', generation: last, protocol, pid: 1 })
    send({ type: 'answered', generation: last })
    expect(state).toMatchObject({ phase: 'running', failures: 0, generation: crash })
    send({ type: 'exited', generation: last, error })
    send({ type: 'use', use: 'call' })
    expect(state).toMatchObject({ phase: 'starting', attempt: 2 })
  }
})

test('calls that crash a server again and again, with no answer between, park it', () => {
  let state: ServerState = { ...states.running, failures: 1 }
  for (let failures = 2; failures < maxFailures; failures += 1) {
    state = transition(state, events.exited, context, generation).state
    expect(state).toMatchObject({ phase: 'backoff', failures })
    // A call does not hasten that.
    expect(transition(state, events.use, context, generation).state).toBe(state)
    state = { ...states.running, failures }
  }
  expect(transition(state, events.exited, context, generation).state.phase).toBe('failed')
})
