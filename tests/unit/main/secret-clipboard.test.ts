import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createPersonCheck, type TouchId } from '../../../src/main/person-check.ts'
import { SecretClipboard, secretInClipboardMs } from '../../../src/main/secret-clipboard.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function fakeClipboard() {
  const held = { text: '', cleared: 0 }
  return {
    held,
    clipboard: {
      readText: async () => held.text,
      writeText: async (text: string) => {
        held.text = text
      },
      clear: () => {
        held.text = ''
        held.cleared += 1
      },
    },
  }
}

test('a secret leaves the clipboard after half a minute, or at the end', async () => {
  const { held, clipboard } = fakeClipboard()
  const secrets = new SecretClipboard(clipboard, () => {})
  await secrets.copy('one')
  await vi.advanceTimersByTimeAsync(secretInClipboardMs - 1)
  expect(held.text).toBe('one')
  await vi.advanceTimersByTimeAsync(1)
  expect(held.text).toBe('')
  await secrets.copy('two')
  await vi.advanceTimersByTimeAsync(secretInClipboardMs - 1)
  await secrets.copy('three')
  await vi.advanceTimersByTimeAsync(secretInClipboardMs - 1)
  expect(held.text).toBe('three')
  await secrets.clear()
  expect(held).toEqual({ text: '', cleared: 2 })
})

test('what somebody copied since stays', async () => {
  const { held, clipboard } = fakeClipboard()
  const secrets = new SecretClipboard(clipboard, () => {})
  await secrets.copy('one')
  held.text = 'a recipe'
  await vi.advanceTimersByTimeAsync(secretInClipboardMs)
  expect(held).toEqual({ text: 'a recipe', cleared: 0 })
})

test('a clipboard that fails is told of', async () => {
  const faults: unknown[] = []
  const failing = {
    ...fakeClipboard().clipboard,
    readText: () => Promise.reject(new Error('busy')),
  }
  const secrets = new SecretClipboard(failing, (error) => faults.push(error))
  await secrets.copy('one')
  await secrets.clear()
  expect(faults).toEqual([new Error('busy')])
})

test('Touch ID is asked where there is one, and a refusal is one', async () => {
  const asked: string[] = []
  const touchId =
    (answer: () => Promise<void>, canPrompt = true) =>
    (): TouchId => ({
      canPromptTouchID: () => canPrompt,
      promptTouchID: (reason) => {
        asked.push(reason)
        return answer()
      },
    })
  const willing = createPersonCheck(
    'darwin',
    touchId(() => Promise.resolve()),
  )
  expect(willing.hasTouchId).toBe(true)
  await willing.confirm('show it')
  const refusing = createPersonCheck(
    'darwin',
    touchId(() => Promise.reject(new Error('cancelled'))),
  )
  await expect(refusing.confirm('show it')).rejects.toMatchObject({
    code: 'unauthorized',
    data: { reason: 'cancelled' },
  })
  expect(asked).toEqual(['show it', 'show it'])
  const without = createPersonCheck(
    'darwin',
    touchId(() => Promise.resolve(), false),
  )
  await without.confirm('show it')
  // Elsewhere Electron does not even have it.
  const elsewhere = createPersonCheck('linux', () => {
    throw new Error('not here')
  })
  await elsewhere.confirm('show it')
  expect([without.hasTouchId, elsewhere.hasTouchId]).toEqual([false, false])
  expect(asked).toHaveLength(2)
})
