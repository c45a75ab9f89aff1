import { expect, test } from 'vitest'
import * as z from 'zod'
import { firstProblem } from '../../../../src/core/tools/first-problem.ts'

const text = z.object({ type: z.literal('text'), text: z.string() })
const image = z.object({ type: z.literal('image'), data: z.string() })
const schema = z.object({ content: z.array(z.union([image, text])), isError: z.boolean() })

test.for([
  [{ content: 3 }, 'content: Invalid input: expected array, received number'],
  [
    { content: [{ type: 'text', text: 3 }] },
    'content.0.text: Invalid input: expected string, received number',
  ],
  ['x', 'Invalid input: expected object, received string'],
] as const)('of %j only the first problem is said', ([result, problem]) => {
  const head = 'Invalid result for tools/call: '
  expect(firstProblem(`${head}${schema.safeParse(result).error}`)).toBe(`${head}${problem}`)
})

test.for(['not an object', 'a list [\n without an end'])('%j stays as it is', (message) => {
  expect(firstProblem(message)).toBe(message)
})
