import type { DesktopSettingsPatch } from '../../../shared/contract/desktop.ts'
import { host } from '../../host/connection.ts'
import { tellFailure } from './tell-failure.ts'

/** Stores a change of the desktop's settings; the page shows it once the host has told it. A failure is told in a toast. */
export async function changeDesktop(patch: DesktopSettingsPatch): Promise<void> {
  await tellFailure(async () => await host().desktop.change(patch))
}

/** Ends the program and starts the version that was downloaded. */
export async function restartToUpdate(): Promise<void> {
  await tellFailure(async () => await host().desktop.restartToUpdate())
}
