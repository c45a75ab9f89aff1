import { execFileSync } from 'node:child_process'
import { expect, onTestFinished, test } from 'vitest'
import { SchemaChecker } from '../../../src/core/tools/schema-checker.ts'

function createChecker(maxCheckMs?: number): SchemaChecker {
  const nodePath = process.execPath
  const checker = new SchemaChecker({ nodePath, ...(maxCheckMs !== undefined && { maxCheckMs }) })
  onTestFinished(() => checker.close())
  return checker
}

const number = { type: 'number' }

test('checks in its process, and again after the owner was forgotten', async () => {
  const checker = createChecker()
  expect(await checker.check('a', number, 1)).toEqual([])
  checker.forget('a')
  expect(await checker.check('a', number, 'x')).toEqual([{ path: '', message: 'must be number' }])
})

test('a pattern that takes for ever is ended, the host goes on meanwhile, and so do the checks', async () => {
  const checker = createChecker(300)
  // The process is there: what counts is the check alone.
  await checker.check('a', number, 1)
  const evil = checker.check('a', { pattern: '^(a+)+$' }, `${'a'.repeat(40)}!`)
  const next = checker.check('a', number, 2)
  let turns = 0
  const timer = setInterval(() => {
    turns += 1
  }, 10)
  expect(await evil).toEqual([
    { path: '', message: 'could not be checked: it took longer than 0.3 s' },
  ])
  clearInterval(timer)
  expect(turns).toBeGreaterThan(3)
  expect(await next).toEqual([])
})

test('checks that fill their memory are ended, and nothing else is', async () => {
  const checkers = [createChecker(), createChecker()]
  const items = Array.from({ length: 3_000_000 }, () => 0)
  const schema = { items: { enum: ['x'.repeat(100)], not: {} } }
  const problems = await Promise.all(checkers.map((checker) => checker.check('a', schema, items)))
  // By the limit of the memory or of the time, whichever comes first.
  const ended = {
    path: '',
    message: expect.stringMatching(/^could not be checked: (it|the check)/),
  }
  expect(problems).toEqual([[ended], [ended]])
  for (const checker of checkers) expect(await checker.check('a', number, 1)).toEqual([])
})

test('a process that cannot be started is a problem of the value', async () => {
  const checker = new SchemaChecker({ nodePath: '/no/such/node' })
  expect(await checker.check('a', number, 1)).toEqual([
    { path: '', message: expect.stringContaining('ENOENT') },
  ])
  await checker.close()
})

test('closing ends a check that is under way, and there are no more', async () => {
  const checker = createChecker(60_000)
  await checker.check('a', number, 1)
  const evil = checker.check('a', { pattern: '^(a+)+$' }, `${'a'.repeat(40)}!`)
  // Its turn comes after the one before, whose answer is here.
  await Promise.resolve()
  await checker.close()
  const [problem] = await evil
  expect(problem?.message).toMatch(/^could not be checked/)
  const closed = 'could not be checked: MCP Manager is closing'
  expect(await checker.check('a', number, 1)).toEqual([{ path: '', message: closed }])
})

test('closing is not kept by a message that meets the end of the process', async () => {
  const checker = createChecker()
  await checker.check('a', number, 1)
  const closed = checker.close()
  // While this process waits for another one, the end of the checker's is not yet heard of.
  execFileSync(process.execPath, ['--version'])
  checker.forget('a')
  await expect(closed).resolves.toBeUndefined()
})
