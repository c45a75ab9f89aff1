import { expect, test } from 'vitest'
import {
  askedInputs,
  sharingServers,
} from '../../../../../src/renderer/features/inputs/asked-inputs.ts'
import { secretNameSchema } from '../../../../../src/shared/domain/ids.ts'
import type { ServerInput } from '../../../../../src/shared/domain/server-definition.ts'
import { failed, running, server } from '../servers/server-fixture.ts'

const input = (id: string, secret = id): ServerInput => ({
  id,
  type: 'promptString',
  description: null,
  default: null,
  password: false,
  options: [],
  secret: secretNameSchema.parse(`input.${secret}`),
})

test('what a server waits for is asked, in the order of its file, and what nothing declares as a password', () => {
  const inputs = [input('a'), input('b'), input('c')]
  const waiting = server(1, 'one', failed('input_missing', { inputs: ['x', 'c', 'a'] }), { inputs })
  expect(askedInputs(waiting).map(({ id, password }) => `${id} ${password}`)).toEqual([
    'a false',
    'c false',
    'x true',
  ])
  const serving = server(1, 'one', running, { inputs })
  expect(askedInputs(serving).map(({ id }) => id)).toEqual(['a', 'b', 'c'])
})

test('who else gets the value is named: servers that share an input that is asked for', () => {
  const one = server(1, 'one', running, { inputs: [input('a'), input('b')] })
  const all = [
    one,
    server(2, 'same', running, { inputs: [input('a')] }),
    server(3, 'not asked', running, { inputs: [input('b')] }),
    server(4, 'other file', running, { inputs: [input('a', 'elsewhere')] }),
  ]
  expect(sharingServers(one, all, [input('a')])).toEqual(['same'])
})
