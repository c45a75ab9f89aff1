import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { expect } from '@playwright/test'
import { fixtureServer, fixtureServers } from '../journeys/page-parts.ts'
import { cli, TestHome } from '../journeys/test-home.ts'
import type { DesktopApp } from './desktop-app.ts'
import { TestBus } from './session-bus.ts'
import { type DesktopFixtures, test as desktopTest } from './test.ts'

/** What every server has in its environment (src/core/processes/orphan-reaper.ts). */
const ownerVariable = 'MCP_MANAGER_OWNER='

const repository = path.join(import.meta.dirname, '../..')

/** How the program is started in a test. */
export interface StartOptions {
  readonly args?: readonly string[]
  /** Whether somebody on this desktop shows tray icons; true by default. */
  readonly hasTray?: boolean
  /** Another build than the checkout's. */
  readonly appFolder?: string
}

/** The built program on a home of the test's own. */
export class Manager extends TestHome {
  readonly dataDir: string
  readonly preloadFile = path.join(repository, 'out/preload/preload.cjs')
  readonly #start: DesktopFixtures['start']
  readonly #busAddress: string | null
  readonly #children: ChildProcess[] = []

  constructor(home: string, start: DesktopFixtures['start'], busAddress: string | null) {
    super(home)
    this.#start = start
    this.#busAddress = busAddress
    this.dataDir = path.join(home, 'data')
    mkdirSync(this.dataDir, { recursive: true })
  }

  /** Starts the program and answers once it is ready. */
  async start({
    args = [],
    appFolder = repository,
    hasTray = true,
  }: StartOptions = {}): Promise<DesktopApp> {
    const { DBUS_SESSION_BUS_ADDRESS: _bus, ...withoutBus } = this.environment()
    return await this.#start(appFolder, { args, env: hasTray ? this.environment() : withoutBus })
  }

  /** Adds a fixture server, switched off. */
  addServer(name: string, ...modes: readonly string[]): void {
    const { command, args } = fixtureServer(...modes)
    this.run('add', name, '--', command, ...args)
  }

  /** The log of the main process and its host; empty before there is one. */
  log(): string {
    const file = path.join(this.dataDir, 'host.log')
    return existsSync(file) ? readFileSync(file, 'utf8') : ''
  }

  /** Starts a host without a window on the same data; it is ended with the test. */
  async startHeadless(): Promise<ChildProcess> {
    const child = spawn(process.execPath, [cli, 'serve', '--json'], {
      env: this.environment(),
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.#children.push(child)
    await once(createInterface({ input: child.stdout }), 'line')
    return child
  }

  /** Ends the hosts without a window. */
  async dispose(): Promise<void> {
    for (const child of this.#children) {
      if (child.exitCode !== null || child.signalCode !== null) continue
      const exited = once(child, 'exit')
      child.kill()
      await exited
    }
  }

  /** The numbers of the processes that the servers of this home are. */
  serverPids(): string[] {
    return this.#servers().map(({ pid }) => pid)
  }

  /** Their commands. */
  serverProcesses(): string[] {
    return this.#servers().map(({ command }) => command)
  }

  /** The commands of all processes that the program has started as servers, whatever they are. */
  ownedProcesses(): string[] {
    return this.#processes()
      .filter(({ environment }) => environment.includes(ownerVariable))
      .map(({ command }) => command)
  }

  protected override environment(): Record<string, string> {
    return {
      ...super.environment(),
      MCP_MANAGER_VAULT_KEY: 'a key for tests of 16 and more',
      MCP_MANAGER_NODE: process.execPath,
      ...(this.#busAddress !== null && { DBUS_SESSION_BUS_ADDRESS: this.#busAddress }),
    }
  }

  #servers() {
    return this.#processes().filter(({ command }) => command.includes(fixtureServers))
  }

  /** Every process that has this home in its environment. */
  #processes(): { readonly pid: string; readonly command: string; readonly environment: string }[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => ({
        pid,
        command: readProc(pid, 'cmdline').replaceAll('\0', ' ').trim(),
        environment: readProc(pid, 'environ'),
      }))
      .filter(({ environment }) => environment.includes(this.home))
  }
}

/** What the system says of a process; empty for one that is gone. */
function readProc(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    // It ended between the two looks, or is not ours to look at.
    return ''
  }
}

interface Fixtures {
  /** A message bus with a panel on it that shows tray icons. */
  readonly bus: TestBus
  readonly manager: Manager
}

/** The test of a desktop journey: the built program on a home of its own, with a tray. */
export const test = desktopTest.extend<Fixtures>({
  // oxlint-disable-next-line no-empty-pattern
  bus: async ({}, use) => {
    const bus = await TestBus.start()
    try {
      await bus.addTrayHost()
      await use(bus)
    } finally {
      await bus.stop()
    }
  },
  manager: async ({ home, start, bus }, use, testInfo) => {
    const manager = new Manager(home, start, bus.address)
    await use(manager)
    await manager.dispose()
    if (testInfo.status !== testInfo.expectedStatus) {
      await testInfo.attach('log of the host', { body: manager.log() })
    }
  },
})

export { expect }
