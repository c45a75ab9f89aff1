import { expect, test } from 'vitest'
import { StartQueue } from '../../../../src/core/servers/start-queue.ts'

const never = new AbortController().signal

/** Lets everything that waits on settled promises go on. */
const settle = () =>
  new Promise<void>((resolve) => {
    setImmediate(resolve)
  })

test('so many at once, and the others in the order in which they came', async () => {
  const queue = new StartQueue(2)
  const entered: number[] = []
  const leaves: (() => void)[] = []
  const enter = async (number: number) => {
    leaves.push(await queue.enter(never))
    entered.push(number)
  }
  const all = [1, 2, 3, 4].map(enter)
  await settle()
  expect(entered).toEqual([1, 2])
  leaves[1]?.()
  await settle()
  expect(entered).toEqual([1, 2, 3])
  leaves[0]?.()
  await Promise.all(all)
  expect(entered).toEqual([1, 2, 3, 4])
})

test('leaving twice gives one place back', async () => {
  const queue = new StartQueue(1)
  const leave = await queue.enter(never)
  const second = queue.enter(never)
  const third = queue.enter(never)
  leave()
  leave()
  const isThirdIn = Promise.race([third.then(() => true), second.then(settle).then(() => false)])
  expect(await isThirdIn).toBe(false)
})

test('somebody who comes as a place is given back does not take it from who waits', async () => {
  const queue = new StartQueue(1)
  const entered: string[] = []
  const leave = await queue.enter(never)
  const waiting = queue.enter(never).then((next) => {
    entered.push('who waited')
    return next
  })
  leave()
  const late = queue.enter(never).then(() => entered.push('who came late'))
  const next = await waiting
  await settle()
  expect(entered).toEqual(['who waited'])
  next()
  await late
  expect(entered).toEqual(['who waited', 'who came late'])
})

test('whoever gives up waiting leaves the queue to the others', async () => {
  const queue = new StartQueue(1)
  const leave = await queue.enter(never)
  const abort = new AbortController()
  const gaveUp = queue.enter(abort.signal)
  const next = queue.enter(never)
  abort.abort(new Error('stopped'))
  await expect(gaveUp).rejects.toThrow('stopped')
  leave()
  expect(await next).toBeTypeOf('function')
  await expect(queue.enter(AbortSignal.abort(new Error('before')))).rejects.toThrow('before')
})
