import type { Core } from '../../../core/create-core.ts'
import type { ConnectionTestEvent, ServerEvent } from '../../../shared/contract/servers.ts'
import type { ServerId } from '../../../shared/domain/ids.ts'
import type { ServerDefinition } from '../../../shared/domain/server-definition.ts'

import { type Implementer, type Routes, withErrors } from '../implementer.ts'
import type { RouterOptions } from '../router-options.ts'
import { DroppingQueue, LatestQueue } from '../stream-queue.ts'

/** Events of a test that wait for a slow reader at most; nearly all are lines that the server printed. */
const testQueueEvents = 2_000

/** Definitions, the switch, and the lifecycle of servers. */
export function serversRoutes(os: Implementer, options: RouterOptions): Routes<'servers'> {
  const { core, streams } = options
  return {
    list: os.servers.list.handler(async () => [...core.supervisor.views()]),
    watch: os.servers.watch.handler(({ signal }) =>
      streams.open<ServerEvent>(
        (sink) => {
          for (const server of core.supervisor.views()) sink.push({ type: 'changed', server })
          sink.push({ type: 'ready' })
          return core.supervisor.onDidChange(sink.push)
        },
        new LatestQueue(keyOfServerEvent),
        signal,
      ),
    ),
    setEnabled: os.servers.setEnabled.handler(async ({ input }) => {
      await core.registry.change(input.id, (server) => ({ ...server, enabled: input.enabled }))
      if (options.followsSwitch) core.supervisor.reconcile(input.id)
      return core.supervisor.view(input.id)
    }),
    start: os.servers.start.handler(async ({ input }) => command(core, input.id, 'start')),
    stop: os.servers.stop.handler(async ({ input }) => command(core, input.id, 'stop')),
    restart: os.servers.restart.handler(async ({ input }) => command(core, input.id, 'restart')),
    kill: os.servers.kill.handler(async ({ input }) => {
      core.supervisor.kill(input.id)
      return core.supervisor.view(input.id)
    }),
    add: os.servers.add.handler(async ({ input }) => {
      const server = await core.editor.add(input)
      return core.supervisor.view(server.id)
    }),
    edit: os.servers.edit.handler(async ({ input }) => {
      const edited = await core.editor.edit(input.id, input.patch)
      if (options.followsSwitch) restartUsers(core, edited, input.patch.inputValues ?? {})
      return core.supervisor.view(input.id)
    }),
    duplicate: os.servers.duplicate.handler(async ({ input }) => {
      const server = await core.editor.duplicate(input.id)
      return core.supervisor.view(server.id)
    }),
    remove: os.servers.remove.handler(async ({ input }) => {
      core.registry.get(input.id)
      await core.supervisor.stopAndWait(input.id)
      return await core.removed.remove(input.id)
    }),
    restore: os.servers.restore.handler(async ({ input }) => {
      const server = await core.removed.restore(input.id)
      if (server.enabled && options.followsSwitch) core.supervisor.reconcile(server.id)
      return core.supervisor.view(server.id)
    }),
    preview: os.servers.preview.handler(async ({ input }) => await core.drafts.preview(input)),
    test: os.servers.test.handler(async ({ input, signal, errors }) => {
      // Before the stream begins, so that the call itself fails.
      if (input.id !== null) core.registry.get(input.id)
      return withErrors(
        streams.open<ConnectionTestEvent>(
          (sink) => core.drafts.test(input, sink),
          new DroppingQueue(testQueueEvents),
          signal,
        ),
        options.onBug,
        (data) => errors.APP_ERROR({ data }),
      )
    }),
  }
}

function command(core: Core, id: ServerId, type: 'start' | 'stop' | 'restart') {
  core.supervisor.command(id, type)
  return core.supervisor.view(id)
}

/** Restarts what is not at rest and uses the inputs of a server that were given a value: those who waited for it, too. */
function restartUsers(
  core: Core,
  { inputs }: ServerDefinition,
  values: Readonly<Record<string, string>>,
): void {
  const given = new Set(
    inputs.filter(({ id }) => Object.hasOwn(values, id)).map(({ secret }) => secret),
  )
  for (const { definition, state } of core.supervisor.views()) {
    const isUser = definition.inputs.some(({ secret }) => given.has(secret))
    if (isUser && state.phase !== 'stopped') core.supervisor.command(definition.id, 'restart')
  }
}

function keyOfServerEvent(event: ServerEvent): string {
  switch (event.type) {
    case 'changed':
      return event.server.definition.id
    case 'removed':
      return event.id
    case 'ready':
      return 'ready'
  }
}
