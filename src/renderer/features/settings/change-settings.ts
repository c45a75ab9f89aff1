import type { Settings } from '../../../shared/domain/settings.ts'
import { host } from '../../host/connection.ts'
import { thrownText } from '../../i18n/error-text.ts'
import { toast } from '../../ui/toast.tsx'

/** Stores a change of settings; the page shows it once the host has told it. A failure is told in a toast, and nothing changes. */
export async function changeSettings(patch: Partial<Settings>): Promise<void> {
  try {
    await host().settings.change(patch)
  } catch (error) {
    const { title, hint } = thrownText(error)
    toast({ tone: 'bad', text: hint === '' ? title : `${title}. ${hint}` })
  }
}
