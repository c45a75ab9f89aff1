import { expect, test } from 'vitest'
import { endTree, type LivingTree } from '../../../../src/core/processes/end-tree.ts'
import type { SendSignal } from '../../../../src/core/processes/signal-members.ts'

/** A tree that answers these looks, one after the other, and what it was sent. */
function treeOf(...looks: readonly (readonly number[] | Error)[]) {
  const rest = [...looks]
  const sent: string[] = []
  const tree: LivingTree = {
    find: async () => {
      const look = rest.length > 1 ? rest.shift() : rest[0]
      if (look === undefined || look instanceof Error) throw look ?? new Error('no look')
      return { members: look.map((pid) => ({ pid, startMark: '1' })), groups: [7] }
    },
  }
  const send: SendSignal = async ({ members, groups }, signal) => {
    if (members.length > 0) {
      sent.push([signal, ...members.map(({ pid }) => pid), ...groups.map((id) => -id)].join(' '))
    }
    return new Set()
  }
  return { tree, send, sent }
}

/** Longer than the test may take. */
const hour = 3_600_000

test('what appears while it is being ended is asked too, each once, and its group not twice', async () => {
  const { tree, send, sent } = treeOf([10], [10], [10, 11], [11], [])
  expect(await endTree(tree, { signal: 'SIGTERM', limitMs: hour }, send)).toBeNull()
  expect(sent).toEqual(['SIGTERM 10 -7', 'SIGTERM 11'])
})

test('SIGKILL goes to all that is left, at each look', async () => {
  const { tree, send, sent } = treeOf([10, 11], [11], [12], [])
  expect(await endTree(tree, { signal: 'SIGKILL', limitMs: hour }, send)).toBeNull()
  expect(sent).toEqual(['SIGKILL 10 11 -7', 'SIGKILL 11 -7', 'SIGKILL 12 -7'])
})

test('what the system holds together of it is ended, and what it does not is signalled all the same', async () => {
  const { tree, send, sent } = treeOf([10], [])
  let terminated = 0
  const held = { ...tree, terminate: () => void (terminated += 1) }
  expect(await endTree(held, { signal: 'SIGKILL', limitMs: hour }, send)).toBeNull()
  expect([terminated, sent]).toEqual([1, ['SIGKILL 10 -7']])
})

test('a table that cannot be read says nothing, and what is certain is signalled without it', async () => {
  const { tree, send, sent } = treeOf(new Error('EMFILE'), new Error('EMFILE'), [])
  const certain = () => ({ members: [{ pid: 10, startMark: null }], groups: [] })
  expect(await endTree({ ...tree, certain }, { signal: 'SIGKILL', limitMs: hour }, send)).toBeNull()
  expect(sent).toEqual(['SIGKILL 10', 'SIGKILL 10'])

  const blind = treeOf(new Error('EMFILE'))
  const left = await endTree(blind.tree, { signal: null, limitMs: 0 }, send)
  expect(left).toEqual({ pids: [], problem: 'EMFILE', isRefused: false })
})

test('who hurries has one more look, and what is new to see is seen at once', async () => {
  const { tree, send, sent } = treeOf([10])
  const hurry = AbortSignal.abort()
  const left = await endTree(tree, { signal: 'SIGTERM', limitMs: hour, hurry }, send)
  expect([left?.pids, sent]).toEqual([[10], ['SIGTERM 10 -7']])

  const ends = treeOf([10], [])
  const wake = Promise.resolve()
  expect(await endTree(ends.tree, { signal: null, limitMs: hour, wake }, send)).toBeNull()
})
