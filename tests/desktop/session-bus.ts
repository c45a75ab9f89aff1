import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { SessionBus } from '../../src/main/session-bus.ts'
import { trayHostName } from '../../src/main/tray-host.ts'

/** Asks for a name that somebody else may not have (D-Bus specification, RequestName). */
const doNotQueue = 4

/** Everything may be said, and nothing is started by being asked for: no keychain, no accessibility bus. */
const configuration = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>`

/** A message bus of a test's own, as a Linux session has it. */
export class TestBus {
  readonly address: string
  readonly #folder: string
  readonly #daemon: ChildProcess
  #panel: SessionBus | null = null

  private constructor(address: string, folder: string, daemon: ChildProcess) {
    this.address = address
    this.#folder = folder
    this.#daemon = daemon
  }

  /** Starts one. */
  static async start(): Promise<TestBus> {
    const folder = mkdtempSync(path.join(tmpdir(), 'desktop-bus-'))
    const file = path.join(folder, 'session.conf')
    writeFileSync(file, configuration)
    const daemon = spawn(
      'dbus-daemon',
      [`--config-file=${file}`, '--nofork', '--nosyslog', '--print-address'],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    )
    const [address] = await once(createInterface({ input: daemon.stdout }), 'line')
    return new TestBus(String(address), folder, daemon)
  }

  /** Stands for a panel that shows tray icons. */
  async addTrayHost(): Promise<void> {
    this.#panel = await SessionBus.connect(this.address)
    await this.#panel.call('RequestName', [trayHostName, doNotQueue])
  }

  /** The panel ends. */
  removeTrayHost(): void {
    this.#panel?.close()
  }

  /**
   * Says as a stranger to whoever is on the bus that a name has another owner.
   * @param body the values of the signal, as `dbus-send` has them.
   */
  forgeOwner(...body: readonly string[]): void {
    // Connections are named in their order; a signal with an addressee comes without being asked for.
    for (let connection = 0; connection < 10; connection += 1) {
      execFileSync('dbus-send', [
        `--bus=${this.address}`,
        `--dest=:1.${connection}`,
        '--type=signal',
        '/org/freedesktop/DBus',
        'org.freedesktop.DBus.NameOwnerChanged',
        ...body,
      ])
    }
  }

  /** Ends it with all connections. */
  async stop(): Promise<void> {
    this.removeTrayHost()
    rmSync(this.#folder, { recursive: true, force: true })
    if (this.#daemon.exitCode !== null) return
    const exited = once(this.#daemon, 'exit')
    this.#daemon.kill()
    await exited
  }
}
