import type { SecretsState } from '../../../shared/contract/secrets.ts'
import { type Implementer, type Routes, withErrors } from '../implementer.ts'
import type { RouterOptions } from '../router-options.ts'
import { LatestQueue } from '../stream-queue.ts'
import type { StreamSource } from '../stream-sender.ts'

/** The secrets of the vault. */
export function secretsRoutes(os: Implementer, options: RouterOptions): Routes<'secrets'> {
  const { core, streams } = options
  const { secrets } = core
  return {
    list: os.secrets.list.handler(async () => await secrets.state()),
    watch: os.secrets.watch.handler(({ signal, errors }) =>
      withErrors(
        // There is one item only: the newest.
        streams.open(watchSecrets(options), new LatestQueue(() => 'secrets'), signal),
        options.onBug,
        (data) => errors.APP_ERROR({ data }),
      ),
    ),
    add: os.secrets.add.handler(async ({ input }) => await secrets.add(input.name, input.value)),
    replace: os.secrets.replace.handler(async ({ input }) => {
      const users = await secrets.replace(input.name, input.value)
      const restarted = input.restart && options.followsSwitch ? users.filter(isNotAtRest) : []
      for (const id of restarted) core.supervisor.command(id, 'restart')
      return { restarted }
    }),
    rename: os.secrets.rename.handler(
      async ({ input }) => await secrets.rename(input.name, input.to),
    ),
    delete: os.secrets.delete.handler(async ({ input }) => await secrets.delete(input.name)),
    reveal: os.secrets.reveal.handler(async ({ input }) => ({
      value: await secrets.reveal(input.name),
    })),
    allowCommand: os.secrets.allowCommand.handler(async ({ input }) => {
      await secrets.allowCommand(input.serverId, input.command, input.isAllowed)
      if (!input.isAllowed || !options.followsSwitch) return
      const { definition, state } = core.supervisor.view(input.serverId)
      // What only waited for this need not wait any more.
      if (definition.enabled && state.phase === 'failed') {
        core.supervisor.command(input.serverId, 'start')
      }
    }),
    changePassphrase: os.secrets.changePassphrase.handler(
      async ({ input }) => await core.vault.changePassphrase(input.current, input.next),
    ),
  }

  function isNotAtRest(id: Parameters<typeof core.supervisor.view>[0]): boolean {
    return core.supervisor.view(id).state.phase !== 'stopped'
  }
}

function watchSecrets({ core }: RouterOptions): StreamSource<SecretsState> {
  return ({ push, end }) => {
    let last = Promise.resolve()
    let isWaiting = false
    // One after the other, and one for all that changed meanwhile.
    const send = () => {
      if (isWaiting) return
      isWaiting = true
      last = last
        .then(async () => {
          isWaiting = false
          push(await core.secrets.state())
        })
        .catch(end)
    }
    const stop = core.secrets.onDidChange(send)
    send()
    return stop
  }
}
