import { describe, expect, test } from 'vitest'
import { definitionJson } from '../../../../../src/renderer/features/servers/definition-json.ts'
import { logsQueryOf } from '../../../../../src/renderer/features/servers/logs-query.ts'
import { moveRow } from '../../../../../src/renderer/features/servers/move-row.ts'
import { lifecycleChoices } from '../../../../../src/shared/domain/lifecycle-choices.ts'
import { plainText } from '../../../../../src/shared/lib/plain-text.ts'
import { backoff, failed, running, server, stopped } from './server-fixture.ts'

describe('definitionJson', () => {
  test('writes what clients read, without what is empty, and leaves references to secrets as they are', () => {
    const { definition } = server(1, 'files', stopped, {
      transport: {
        type: 'stdio',
        command: 'node',
        args: ['a b.js'],
        env: { TOKEN: 'secret://files.token' },
        cwd: null,
        envFile: null,
      },
    })
    expect(JSON.parse(definitionJson(definition))).toEqual({
      mcpServers: {
        files: { command: 'node', args: ['a b.js'], env: { TOKEN: 'secret://files.token' } },
      },
    })
  })

  test('names the type of a remote server', () => {
    const { definition } = server(1, 'far', stopped, {
      transport: { type: 'sse', url: 'https://x/sse', headers: {}, headersHelper: null },
    })
    expect(JSON.parse(definitionJson(definition))).toEqual({
      mcpServers: { far: { type: 'sse', url: 'https://x/sse' } },
    })
  })
})

describe('lifecycleChoices', () => {
  test('one key starts what rests or waits, and stops what runs', () => {
    expect(lifecycleChoices(stopped).main).toBe('start')
    expect(lifecycleChoices(failed('exited')).main).toBe('start')
    expect(lifecycleChoices(backoff('exited', 1, 0))).toMatchObject({ main: 'start', stop: true })
    expect(lifecycleChoices(running)).toMatchObject({ main: 'stop', restart: true })
  })

  test('while it stops it can be told to come back, once', () => {
    const stopping = { phase: 'stopping', generation: 1, step: 'stdin', since: 0 } as const
    expect(lifecycleChoices({ ...stopping, next: { do: 'stop' } }).start).toBe(true)
    expect(lifecycleChoices({ ...stopping, next: { do: 'start' } }).start).toBe(false)
  })
})

test('moveRow stays within the rows', () => {
  expect(moveRow('ArrowDown', 2, 3, 10)).toBe(2)
  expect(moveRow('ArrowUp', 0, 3, 10)).toBe(0)
  expect(moveRow('PageDown', 1, 100, 10)).toBe(11)
  expect(moveRow('PageUp', 1, 100, 0)).toBe(0)
  expect(moveRow('End', 1, 100, 10)).toBe(99)
  expect(moveRow('Home', 9, 100, 10)).toBe(0)
  expect(moveRow('a', 1, 100, 10)).toBeNull()
})

test('logsQueryOf quotes a name that a query would break at', () => {
  expect(logsQueryOf('brave-search')).toBe('server:brave-search')
  expect(logsQueryOf('my "own" server')).toBe('server:"my \\"own\\" server"')
})

test('plainText takes colours, links and stray escapes out of a line', () => {
  expect(plainText('\u001b[1;31mred\u001b[0m \u001b]8;;https://x\u0007link\u001b]8;;\u0007!')).toBe(
    'red link!',
  )
  expect(plainText('no end\u001b')).toBe('no end')
})
