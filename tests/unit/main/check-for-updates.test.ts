import { expect, test } from 'vitest'
import { checkForUpdates } from '../../../src/main/check-for-updates.ts'

const updateInfo = { version: '2.0.0', files: [], path: '', sha512: '', releaseDate: '' }

/** What the updater answers with, whose download ends as `downloadPromise` does. */
function found(downloadPromise: Promise<string[]> | null) {
  return {
    checkForUpdates: async () => ({
      isUpdateAvailable: downloadPromise !== null,
      updateInfo,
      versionInfo: updateInfo,
      downloadPromise,
    }),
  }
}

test('a download that fails fails the check: it is left to nobody else', async () => {
  const download = Promise.withResolvers<string[]>()
  const check = checkForUpdates(found(download.promise))
  download.reject(new Error('sha512 checksum mismatch'))
  await expect(check).rejects.toThrow('sha512 checksum mismatch')
})

test('a check that fails fails', async () => {
  const updater = { checkForUpdates: async () => await Promise.reject(new Error('no network')) }
  await expect(checkForUpdates(updater)).rejects.toThrow('no network')
})

test('no newer version, and an updater that is off, are no failures', async () => {
  await expect(checkForUpdates(found(null))).resolves.toBeUndefined()
  await expect(checkForUpdates({ checkForUpdates: async () => null })).resolves.toBeUndefined()
})
