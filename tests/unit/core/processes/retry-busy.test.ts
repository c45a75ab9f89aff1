import { expect, test } from 'vitest'
import { retryBusy } from '../../../../src/core/processes/retry-busy.ts'

const failure = (code: string) => Object.assign(new Error(code), { code })

test.for(['EMFILE', 'ENFILE', 'EAGAIN'])('%s is tried again', async (code) => {
  let attempts = 0
  const work = async () => {
    attempts += 1
    if (attempts < 3) throw failure(code)
    return 'done'
  }
  expect(await retryBusy(work)).toBe('done')
  expect(attempts).toBe(3)
})

test('what lasts, and what is no shortage, is told', async () => {
  let attempts = 0
  const work = (code: string) => async () => {
    attempts += 1
    throw failure(code)
  }
  await expect(retryBusy(work('EIO'))).rejects.toThrow('EIO')
  expect(attempts).toBe(1)
  await expect(retryBusy(work('EMFILE'))).rejects.toThrow('EMFILE')
  expect(attempts).toBeGreaterThan(2)
})
