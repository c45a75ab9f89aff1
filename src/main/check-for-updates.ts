import type { AppUpdater } from 'electron-updater'

/**
 * Looks for a newer version, and settles once it is downloaded where there is one. Rejects where either fails: the updater
 * answers before the download has ended, and its failure would else be nobody's, which ends the program.
 */
export async function checkForUpdates(updater: Pick<AppUpdater, 'checkForUpdates'>): Promise<void> {
  const found = await updater.checkForUpdates()
  await found?.downloadPromise
}
