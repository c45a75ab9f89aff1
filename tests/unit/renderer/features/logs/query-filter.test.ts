import { describe, expect, test } from 'vitest'
import { parseQuery } from '../../../../../src/renderer/features/logs/parse-query.ts'
import { readQuery } from '../../../../../src/renderer/features/logs/query-filter.ts'
import { serverIdSchema } from '../../../../../src/shared/domain/ids.ts'

const servers = ['github', 'postgres', 'github'].map((name, index) => ({
  id: serverIdSchema.parse(`srv_000000000000000${index}`),
  name,
}))
const [first, second, third] = servers.map(({ id }) => id)
const read = (written: string) => readQuery(parseQuery(written), servers, 1_000_000)

describe('readQuery', () => {
  test('nothing written is everything', () => {
    expect(read('')).toEqual({
      filter: {
        serverIds: null,
        sources: null,
        levels: null,
        sinceAt: null,
        untilAt: null,
        text: null,
      },
      text: null,
      problems: [],
    })
  })

  test('a name means every server of that name, in any case', () => {
    expect(read('server:GitHub').filter.serverIds).toEqual([first, third])
    expect(read('-server:github').filter.serverIds).toEqual([second])
    expect(read('server:github,postgres -server:postgres').filter.serverIds).toEqual([first, third])
  })

  test('a name that nobody has shows nothing and says so', () => {
    const { filter, problems } = read('server:gitlab')
    expect(filter.serverIds).toEqual([])
    expect(problems).toEqual([{ type: 'server', value: 'gitlab' }])
  })

  test('times, levels, kinds and text are read', () => {
    const { filter, text, problems } = read(
      'since:10s level:error kind:stderr before:soon Time.out',
    )
    expect(filter).toMatchObject({ sinceAt: 990_000, levels: ['error'], sources: ['stderr'] })
    expect(text).toEqual({ pattern: 'Time.out', regex: false, matchCase: false })
    expect(problems).toEqual([{ type: 'moment', value: 'soon' }])
  })

  test('a regular expression that cannot be read is no search', () => {
    const { text, problems } = read('/[/')
    expect(text).toBeNull()
    expect(problems[0]).toMatchObject({ type: 'regex' })
    expect(read('/a/').text).toMatchObject({ regex: true, matchCase: true })
  })
})
