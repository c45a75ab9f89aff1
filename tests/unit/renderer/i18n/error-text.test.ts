import { beforeAll, expect, test } from 'vitest'
import { actionText } from '../../../../src/renderer/i18n/action-text.ts'
import { errorText } from '../../../../src/renderer/i18n/error-text.ts'
import { startTexts } from '../../../../src/renderer/i18n/i18n.ts'
import { automaticActionSchema } from '../../../../src/shared/domain/automatic-action.ts'
import { errorCodes } from '../../../../src/shared/domain/errors.ts'

beforeAll(startTexts)

test.for(errorCodes)('%s is said in words, and what there is not to say is not said', (code) => {
  const { title, hint, action } = errorText({ code, data: { reason: 'R', name: 'N' } })
  expect(title).not.toBe('')
  expect(action).not.toBe('')
  for (const text of [title, hint, action]) expect(text).not.toMatch(/\w+\.(?:title|hint|action)/)
})

test('an action is said with the words of its failure', () => {
  const action = automaticActionSchema.parse({
    id: 'act_0000000000000001',
    at: 1,
    serverId: null,
    serverName: 'a',
    heldBack: true,
    kind: 'restart',
    cause: {
      type: 'ceiling',
      exceeded: { resource: 'memory', bytes: 2e6, limitBytes: 1e6 },
    },
  })
  expect(actionText(action)).toEqual({
    title: 'Not restarted',
    reason:
      'Its processes use 2 MB of memory; the ceiling is 1 MB. This is switched off in the settings.',
  })
})
