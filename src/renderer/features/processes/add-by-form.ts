import i18next from 'i18next'
import type { MachineServer } from '../../../shared/domain/machine.ts'
import { go } from '../../app/route.ts'
import { toast } from '../../ui/toast.tsx'
import { putIntoFormInbox } from '../server-form/form-inbox.ts'

/** Stands where the host masked a secret. */
const mask = /\u2022+/g

/** Fills the form of a new server with the command line of one that runs elsewhere, less what was masked. Nothing is stored or run. */
export function addByForm(server: MachineServer): void {
  const [first] = server.tree
  if (first === undefined) return
  const words = [first.command, ...first.args]
  const [command = '', ...args] = words.map((word) => word.replace(mask, ''))
  const text = JSON.stringify({
    mcpServers: {
      [server.name]: { command, args, ...(server.cwd !== null && { cwd: server.cwd }) },
    },
  })
  go({ page: 'add-server', link: putIntoFormInbox(text) })
  if (words.some((word) => word.search(mask) >= 0)) {
    toast({ tone: 'off', text: i18next.t('retype', { ns: 'processes' }) })
  }
}
