import { describe, expect, it } from 'vitest'
import type { Command } from '../../../../../src/renderer/app/commands.ts'
import {
  findEntries,
  readQuery,
} from '../../../../../src/renderer/features/palette/palette-entries.ts'
import { failed, running, server } from '../servers/server-fixture.ts'

const memory = server(1, 'memory', running)
const broken = server(2, 'broken', failed('command_not_found'))
const echo = { name: 'echo_memory', inputSchema: {} }

function command(title: string, inPalette = true): Command {
  return { id: title, group: 'g', title, icon: null, keys: null, inPalette, run: () => {} }
}

function find(typed: string) {
  const found = findEntries({
    typed,
    servers: [memory, broken],
    tools: [{ server: broken, tool: echo }],
    commands: [command('Go to servers'), command('Hidden', false)],
  })
  return {
    servers: found.servers.map(({ item }) => item.definition.name),
    server: found.server?.definition.name ?? null,
    tools: found.tools.map(({ item }) => item.tool.name),
    commands: found.commands.map(({ item }) => item.title),
    logText: found.logText,
  }
}

describe('readQuery', () => {
  it.each([
    ['post', 'all', 'post'],
    ['  post ', 'all', 'post'],
    ['>go', 'commands', 'go'],
    ['@ mem', 'servers', 'mem'],
    ['#', 'tools', ''],
    ['a#b', 'all', 'a#b'],
  ])('reads %j as %s', (typed, scope, text) => {
    expect(readQuery(typed)).toEqual({ scope, text })
  })
})

describe('findEntries', () => {
  it('begins with the servers, those that need attention first, and the commands', () => {
    expect(find('')).toEqual({
      servers: ['broken', 'memory'],
      server: null,
      tools: [],
      commands: ['Go to servers'],
      logText: null,
    })
  })

  it('finds servers, what can be done with the first one, tools by name or server, and lines', () => {
    expect(find('mem')).toEqual({
      servers: ['memory'],
      server: 'memory',
      tools: ['echo_memory'],
      commands: [],
      logText: 'mem',
    })
    expect(find('broken echo').tools).toEqual(['echo_memory'])
  })

  it('finds only what the first character limits it to', () => {
    const none = { servers: [], server: null, tools: [], commands: [], logText: null }
    expect(find('>')).toEqual({ ...none, commands: ['Go to servers'] })
    expect(find('@')).toEqual({ ...none, servers: ['memory', 'broken'] })
    expect(find('#echo')).toEqual({ ...none, tools: ['echo_memory'] })
  })
})
