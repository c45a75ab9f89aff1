import { expect, test } from 'vitest'
import { UnsavedWork } from '../../../src/main/unsaved-work.ts'

/** Work in a window whose person answers when the test does. */
function openWork() {
  let isQuitting = false
  let quits = 0
  const questions: ((mayLose: boolean) => void)[] = []
  const pending: Promise<unknown>[] = []
  const work = new UnsavedWork({
    ask: async () => await new Promise((resolve) => questions.push(resolve)),
    isQuitting: () => isQuitting,
    inBackground: (promise) => pending.push(promise),
  })
  return {
    work,
    questions,
    quit: () =>
      work.before(() => {
        quits += 1
        isQuitting = true
      }),
    answer: async (mayLose: boolean) => {
      questions.at(-1)?.(mayLose)
      await Promise.all(pending)
    },
    quits: () => quits,
  }
}

test('without anything unsaved nobody is asked', () => {
  const { work, quit, questions, quits } = openWork()
  work.note(true)
  work.note(false)
  quit()
  expect([questions.length, quits()]).toEqual([0, 1])
})

test('who stays is asked again the next time, who quits never again', async () => {
  const { work, quit, questions, answer, quits } = openWork()
  work.note(true)
  quit()
  quit()
  expect([questions.length, quits()]).toEqual([1, 0])
  await answer(false)
  expect(quits()).toBe(0)
  quit()
  await answer(true)
  expect([questions.length, quits()]).toEqual([2, 1])
  // Who is in a hurry now hastens the end.
  quit()
  expect([questions.length, quits()]).toEqual([2, 2])
})
