import type { Settings } from '../../../shared/domain/settings.ts'
import { host } from '../../host/connection.ts'
import { tellFailure } from './tell-failure.ts'

/** Stores a change of settings; the page shows it once the host has told it. A failure is told in a toast, and nothing changes. */
export async function changeSettings(patch: Partial<Settings>): Promise<void> {
  await tellFailure(async () => await host().settings.change(patch))
}
