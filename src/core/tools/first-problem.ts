import * as z from 'zod'

const pathSchema = z.array(z.union([z.string(), z.number()]))
const issueSchema = z.object({
  path: pathSchema,
  message: z.string(),
  /** Of a union: what was wrong for each of its alternatives. */
  get errors() {
    return z.array(z.array(issueSchema)).optional()
  },
})
type Issue = z.infer<typeof issueSchema>

/**
 * The first problem in a message of the SDK that ends with all problems of a result as JSON, as
 * `Invalid result for tools/call: content.0.text: Invalid input: expected string`. A message without such an end is answered
 * as it is. Pure.
 */
export function firstProblem(message: string): string {
  const at = message.indexOf('[\n')
  if (at === -1) return message
  const first = readIssues(message.slice(at))?.[0]
  return first === undefined ? message : `${message.slice(0, at)}${textOf(first, [])}`
}

function textOf(issue: Issue, above: readonly (string | number)[]): string {
  const path = [...above, ...issue.path]
  // The alternative with the fewest problems is the one that was meant.
  const [nearest] = (issue.errors ?? []).toSorted((a, b) => a.length - b.length)
  const first = nearest?.[0]
  if (first !== undefined) return textOf(first, path)
  return path.length === 0 ? issue.message : `${path.join('.')}: ${issue.message}`
}

function readIssues(json: string): readonly Issue[] | undefined {
  try {
    return z.array(issueSchema).safeParse(JSON.parse(json)).data
  } catch {
    // No JSON after all: a message with a bracket in it.
    return undefined
  }
}
