import { describe, expect, test } from 'vitest'
import {
  formatOwnerMark,
  type OwnerMark,
  parseOwnerMark,
} from '../../../../src/core/processes/marks.ts'
import { nobody } from '../../../../src/core/processes/process-tree.ts'
import { RunJournal } from '../../../../src/core/processes/run-journal.ts'
import {
  formatRunRecord,
  KnownRuns,
  parseRunRecord,
  type RunRecord,
} from '../../../../src/core/processes/run-records.ts'
import { serverIdSchema } from '../../../../src/shared/domain/ids.ts'

const owner: RunRecord = { kind: 'owner', mark: 'd:7:70:i', bootId: 'b' }
const run: RunRecord = {
  kind: 'run',
  runId: 'r',
  serverName: 'files "x"\n',
  leaderPid: 10,
  leaderStart: '100',
}
const seen: RunRecord = { kind: 'seen', runId: 'r', came: [[11, 'Mon Nov 30']], went: [] }

describe('the owner mark', () => {
  const mark: OwnerMark = { directory: 'd', pid: 7, startMark: 'Mon Nov 30 03:01:03 2026', id: 'i' }

  test('is one word, whatever the system calls a start, and is read back', () => {
    expect(formatOwnerMark(mark)).not.toMatch(/\s/)
    expect(parseOwnerMark(formatOwnerMark(mark))).toEqual(mark)
  })

  test.for([
    '',
    'd',
    'd:7',
    'd:7:70',
    'd:x:70:i',
    'd:0:70:i',
    'd:-7:70:i',
    'd:7:%ZZ:i',
    'd:7:%FF:i',
  ])('is not %o', (text) => {
    expect(parseOwnerMark(text)).toBeUndefined()
  })
})

describe('a record', () => {
  test.for([owner, run, seen, { kind: 'ended', runId: 'r' }, { kind: 'bye' }] as const)(
    'of $kind is one line, and is read back',
    (record) => {
      const line = formatRunRecord(record)
      expect(line.indexOf('\n')).toBe(line.length - 1)
      expect(parseRunRecord(line)).toEqual(record)
    },
  )

  test.for([
    '',
    '{"kind":"ru',
    '[]',
    '{"kind":"other","runId":"r"}',
    '{"kind":"owner","mark":"m"}',
    '{"kind":"run","runId":"r","serverName":"s","leaderPid":1,"leaderStart":null}',
    '{"kind":"run","runId":"r","serverName":"s","leaderPid":"10","leaderStart":null}',
    '{"kind":"seen","runId":"r","came":[[0,"1"]],"went":[]}',
    '{"kind":"seen","runId":"r","came":[[12]],"went":[]}',
    '{"kind":"ended"}',
  ])('is not %s', (line) => {
    expect(parseRunRecord(line)).toBeUndefined()
  })
})

describe('what is known of runs', () => {
  test('says the same when it is told again', () => {
    const known = new KnownRuns()
    for (const record of [owner, run, seen]) known.apply(record)
    const again = new KnownRuns()
    for (const record of known.records()) again.apply(record)
    expect(again.runs).toEqual(known.runs)
    expect(again.owner).toEqual(owner)
    expect(again.runs[0]?.tree.seen).toEqual(
      new Map([
        [10, '100'],
        [11, 'Mon Nov 30'],
      ]),
    )
  })

  test('learns the start of a leader that was not known at its spawn', () => {
    const known = new KnownRuns()
    known.apply({ ...run, leaderStart: null })
    known.apply({ kind: 'seen', runId: 'r', came: [[10, '101']], went: [] })
    expect(known.runs[0]?.tree.leaderStart).toBe('101')
  })

  test('leaves the number of a leader to strangers once it is free, also when told again', () => {
    const known = new KnownRuns()
    const rest: RunRecord = { kind: 'seen', runId: 'r', came: [], went: [10] }
    for (const record of [owner, run, seen, rest]) known.apply(record)
    const again = new KnownRuns()
    for (const record of known.records()) {
      const read = parseRunRecord(formatRunRecord(record))
      if (read !== undefined) again.apply(read)
    }
    for (const { runs } of [known, again]) {
      expect(runs.map(({ tree }) => tree.leaderPid)).toEqual([nobody])
      expect(runs[0]?.tree.seen).toEqual(new Map([[11, 'Mon Nov 30']]))
    }
  })

  test('ends with a run, and with the goodbye', () => {
    const known = new KnownRuns()
    for (const record of [owner, run, { kind: 'ended', runId: 'r' }] as const) known.apply(record)
    expect(known.runs).toEqual([])
    expect(known.isOver).toBe(false)
    known.apply({ kind: 'bye' })
    expect(known.isOver).toBe(true)
  })
})

test('a journal tells each change once', () => {
  const told: RunRecord[] = []
  const journal = new RunJournal('d:7:70:i', 'b', (record) => told.push(record))
  const tree = {
    serverId: serverIdSchema.parse('srv_0000000000000000'),
    serverName: 'files',
    runId: 'r',
    leaderPid: 10,
  }
  const memory = (numbers: readonly number[]) => ({
    leaderPid: 10,
    leaderStart: '100',
    hasLeaderEnded: false,
    seen: new Map(numbers.map((pid) => [pid, String(pid * 10)])),
  })
  journal.onAdd(tree, '100')
  journal.onSeen('r', memory([10, 11]))
  journal.onSeen('r', memory([10, 11]))
  journal.onSeen('r', memory([11, 12]))
  journal.onRelease('r')
  expect(told.slice(1)).toEqual([
    { kind: 'seen', runId: 'r', came: [[11, '110']], went: [] },
    { kind: 'seen', runId: 'r', came: [[12, '120']], went: [10] },
    { kind: 'ended', runId: 'r' },
  ])
  expect(journal.snapshot()).toEqual([owner])
})
