import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ConnectionTestEvent, DraftInput } from '../../../src/shared/contract/servers.ts'
import type { StdioTransport } from '../../../src/shared/domain/server-definition.ts'
import { freePort } from '../../fixtures/open-http.ts'
import { serveModern } from '../http-fixtures.ts'
import {
  codeOf,
  fixtureServer,
  openTempCore,
  processesOf,
  remote,
  stdio,
  type TempCore,
} from '../temp-core.ts'

const token = 'ghp_0123456789abcdefghijABCDEFGHIJ012345'
const mask = '\u2022\u2022\u2022'
const reference = (name: string) => '$'.concat(`{${name}}`)

function fixture(mode: string, more: Partial<StdioTransport> = {}): StdioTransport {
  return {
    type: 'stdio',
    command: process.execPath,
    args: [fixtureServer, mode],
    env: {},
    cwd: null,
    envFile: null,
    ...more,
  }
}

const draftOf = (
  transport: DraftInput['draft']['transport'],
  more: Partial<DraftInput> = {},
): DraftInput => ({ id: null, draft: { name: 'draft', transport }, inputValues: {}, ...more })

/** Runs a test to its end; `leaveAt` leaves as soon as an event of that type comes. */
async function runTest(
  { core }: TempCore,
  input: DraftInput,
  leaveAt?: ConnectionTestEvent['type'],
): Promise<ConnectionTestEvent[]> {
  const events: ConnectionTestEvent[] = []
  await new Promise<void>((resolve, reject) => {
    const leave = core.drafts.test(input, {
      push: (event) => {
        events.push(event)
        if (event.type === leaveAt) leave()
      },
      end: (error) => (error === undefined ? resolve() : reject(error)),
    })
  })
  return events
}

describe('a test of a connection', () => {
  test('goes through all steps, tells what the server offers, and leaves nothing', async () => {
    const temp = await openTempCore()
    const events = await runTest(temp, draftOf(fixture('prints-secret')))
    const steps = events.flatMap((event) => (event.type === 'step' ? event.step : []))
    expect(steps).toEqual(['queue', 'resolve', 'spawn', 'handshake'])
    expect(events.at(-1)).toMatchObject({
      type: 'connected',
      protocol: { era: 'legacy', serverName: 'fixture-prints-secret' },
      counts: { tools: 17, prompts: 0, resources: 0, resourceTemplates: 0 },
    })
    expect(processesOf(temp.at.root)).toEqual([])
    expect(temp.core.registry.list()).toEqual([])
  })

  test.each(['ignore-everything', 'grandchild', 'grandchild-detached'])(
    'ends the whole tree of a server that is %s',
    async (mode) => {
      const temp = await openTempCore()
      const events = await runTest(temp, draftOf(fixture(mode)))
      expect(events.at(-1)?.type).toBe('connected')
      expect(processesOf(temp.at.root)).toEqual([])
    },
  )

  test('a literal credential reaches the server, and no output, log or vault', async () => {
    const temp = await openTempCore()
    const { core, at } = temp
    const input = draftOf(fixture('prints-secret', { env: { FIXTURE_TOKEN: token } }))
    const events = await runTest(temp, input)
    expect(events).toContainEqual({
      type: 'printed',
      text: 'my token is [secret draft.fixture-token]',
    })
    const refused = await runTest(
      temp,
      draftOf(fixture('refuses-with-secret', { env: { FIXTURE_TOKEN: token } })),
    )
    expect(refused.at(-1)).toMatchObject({ type: 'failed', error: { code: 'handshake_failed' } })
    expect(JSON.stringify([events, refused])).not.toContain(token)
    expect(core.logs.stats().appended).toBe(0)
    await temp.close()
    for (const file of ['servers.json', 'vault.json', 'cache.json']) {
      expect(textOf(join(at.data, file))).not.toContain('FIXTURE_TOKEN')
      expect(textOf(join(at.data, file))).not.toContain('fixture')
    }
  })

  test('the secrets of the server that is edited are there', async () => {
    const temp = await openTempCore()
    const saved = await temp.add(
      'saved',
      fixture('prints-secret', { env: { FIXTURE_TOKEN: token } }),
    )
    const events = await runTest(temp, draftOf(saved.transport, { id: saved.id }))
    expect(events).toContainEqual({
      type: 'printed',
      text: 'my token is [secret saved.fixture-token]',
    })
    expect(events.at(-1)?.type).toBe('connected')
    const missing = fixture('ok', { env: { FIXTURE_TOKEN: 'secret://no.such' } })
    expect((await runTest(temp, draftOf(missing))).at(-1)).toMatchObject({
      type: 'failed',
      step: 'resolve',
      error: { code: 'secret_missing' },
    })
  })

  test.each([
    [
      'a command that is not there',
      stdio('no-such-command-anywhere'),
      'resolve',
      'command_not_found',
    ],
    ['a crash', fixture('crash'), 'handshake', 'exited'],
    ['a list that fails', fixture('no-list'), 'handshake', 'protocol_error'],
  ])('%s is told with its step', async (_name, transport, step, code) => {
    const temp = await openTempCore()
    const events = await runTest(temp, draftOf(transport))
    expect(events.at(-1)).toMatchObject({ type: 'failed', step, error: { code } })
    expect(processesOf(temp.at.root)).toEqual([])
  })

  test('a remote server is tested too', async () => {
    const temp = await openTempCore()
    const modern = await serveModern()
    const events = await runTest(temp, draftOf(remote('http', modern.url)))
    expect(events.at(-1)).toMatchObject({ type: 'connected', protocol: { era: 'modern' } })
    const closed = remote('http', `http://127.0.0.1:${await freePort()}/mcp`)
    expect((await runTest(temp, draftOf(closed))).at(-1)).toMatchObject({
      type: 'failed',
      step: 'handshake',
      error: { code: 'unreachable' },
    })
  })

  test('leaving early ends it, and so does the end of the program', async () => {
    const temp = await openTempCore()
    const hanging = draftOf(fixture('hang-in-handshake'))
    const left = await runTest(temp, hanging, 'printed')
    expect(left.at(-1)?.type).toBe('printed')
    expect(processesOf(temp.at.root)).toEqual([])
    const running = Promise.withResolvers<void>()
    const events: ConnectionTestEvent[] = []
    const ended = new Promise<void>((resolve) => {
      temp.core.drafts.test(hanging, {
        push: (event) => {
          events.push(event)
          if (event.type === 'printed') running.resolve()
        },
        end: () => resolve(),
      })
    })
    await running.promise
    await temp.close()
    await ended
    expect(events.at(-1)).toMatchObject({ type: 'failed', error: { code: 'call_cancelled' } })
    const late = await runTest(temp, hanging)
    expect(late.at(-1)).toMatchObject({ type: 'failed', error: { code: 'call_cancelled' } })
  })
})

describe('a preview', () => {
  test('shows what a launch would run, with secrets masked and nothing started', async () => {
    const temp = await openTempCore()
    const { core, at } = temp
    writeFileSync(join(at.home, 'more.env'), 'FROM_FILE=1\n')
    const input = draftOf(
      fixture('ok', {
        command: 'node',
        args: [fixtureServer, '--token', token, reference('HOME'), reference('NOT_SET:-later')],
        env: { API_TOKEN: token, MODE: 'fast', ROOT: reference('TEST_ROOT') },
        envFile: 'more.env',
      }),
    )
    const preview = await core.drafts.preview(input)
    expect(preview).toMatchObject({
      args: [fixtureServer, '--token', mask, at.home, 'later'],
      cwd: at.home,
      url: null,
      env: [
        { name: 'FROM_FILE', from: 'envFile' },
        { name: 'API_TOKEN', from: 'secret' },
        { name: 'MODE', from: 'definition' },
        { name: 'ROOT', from: 'definition' },
      ],
      headers: [],
      problem: null,
    })
    expect(preview.command).toMatch(/^\/.*node$/)
    expect(preview.variables.filter(({ status }) => status !== 'secret')).toEqual([
      { expression: reference('HOME'), status: 'set', value: at.home },
      { expression: reference('NOT_SET:-later'), status: 'default', value: 'later' },
      { expression: reference('TEST_ROOT'), status: 'set', value: at.root },
    ])
    expect(JSON.stringify(preview)).not.toContain(token)
    expect(processesOf(at.root)).toEqual([])
  })

  test.each([
    ['a known token', `--key ${token}`],
    ['one after an equals sign', `--key=${token}`],
  ])(
    'a whole line in the command is taken apart as a launch does it: %s',
    async (_name, option) => {
      const { core } = await openTempCore()
      const line = `node -e some-server ${option}`
      const preview = await core.drafts.preview(draftOf(stdio(line, '--more', token)))
      const masked = option.replace(/[^ =]+$/, mask).split(' ')
      expect(preview).toMatchObject({
        command: expect.stringMatching(/^\/.*node$/),
        args: ['-e', 'some-server', ...masked, '--more', mask],
        problem: null,
      })
      expect(JSON.stringify(preview)).not.toContain(token)
    },
  )

  test('of a whole line with a secret, the program that is not there is told', async () => {
    const { core } = await openTempCore()
    const transport = stdio(`no-such-command-anywhere --key ${token}`)
    const preview = await core.drafts.preview(draftOf(transport))
    expect(preview.problem).toMatchObject({
      code: 'command_not_found',
      data: { command: 'no-such-command-anywhere' },
    })
    // A program of which a part is secret cannot be looked for without it.
    const hidden = await core.drafts.preview(draftOf(stdio(`/opt/${token}/server`)))
    expect(hidden).toMatchObject({ command: `/opt/${mask}/server`, problem: null })
  })

  test('of a remote server: its address and headers; its helper does not run', async () => {
    const { core, at } = await openTempCore()
    const touched = join(at.home, 'touched')
    const preview = await core.drafts.preview(
      draftOf({
        type: 'http',
        url: `https://example.com/mcp?key=${token}`,
        headers: { Authorization: `Bearer ${token}`, 'X-Team': 'a' },
        headersHelper: `touch ${touched}`,
      }),
    )
    expect(preview).toMatchObject({
      command: null,
      url: `https://example.com/mcp?key=${mask}`,
      headers: [
        { name: 'Authorization', from: 'secret' },
        { name: 'X-Team', from: 'definition' },
        { name: `touch ${touched}`, from: 'helper' },
      ],
      problem: null,
    })
    expect(textOf(touched)).toBe('')
  })

  test.each([
    ['no command', stdio('no-such-command-anywhere'), 'command_not_found'],
    ['no directory', { ...fixture('ok'), cwd: '/no/such/folder' }, 'directory_not_found'],
    ['no file', { ...fixture('ok'), envFile: '/no/such/file' }, 'file_unreadable'],
    ['no secret', { ...fixture('ok'), env: { A: 'secret://no.such' } }, 'secret_missing'],
    ['no input', { ...fixture('ok'), env: { A: reference('input:x') } }, 'input_missing'],
    ['no address', remote('http', 'ftp://example.com'), 'config_invalid'],
  ])('%s stands against it', async (_name, transport, code) => {
    const { core } = await openTempCore()
    const preview = await core.drafts.preview(draftOf(transport))
    expect(preview.problem?.code).toBe(code)
  })

  test('inputs show what was given unless it is a password, and variables that look like credentials are masked', async () => {
    const { core } = await openTempCore({
      env: { ...process.env, SHELL: '/bin/sh', MY_API_TOKEN: token },
    })
    const preview = await core.drafts.preview(
      draftOf(
        fixture('ok', {
          args: [reference('input:key'), reference('MY_API_TOKEN')],
          command: 'node',
        }),
        { inputValues: { key: 'the-password' } },
      ),
    )
    expect(preview.args).toEqual([mask, mask])
    expect(preview.variables).toEqual([
      { expression: reference('input:key'), status: 'input', value: null },
      { expression: reference('MY_API_TOKEN'), status: 'set', value: mask },
    ])
  })

  test('an unknown server', async () => {
    const { core } = await openTempCore()
    const { id } = await core.editor.add({ name: 'a', transport: stdio('true') })
    await core.removed.remove(id)
    expect(await codeOf(core.drafts.preview(draftOf(stdio('true'), { id })))).toBe('not_found')
  })
})

/** The text of a file; empty where there is none. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
