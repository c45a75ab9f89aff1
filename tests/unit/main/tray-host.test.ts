import { expect, test } from 'vitest'
import { watchTrayHost } from '../../../src/main/tray-host.ts'

async function told(platform: NodeJS.Platform, address: string | undefined): Promise<boolean[]> {
  const answers: boolean[] = []
  await watchTrayHost(platform, address, (hasTray) => answers.push(hasTray))
  return answers
}

test('macOS and Windows show tray icons', async () => {
  expect(await told('darwin', undefined)).toEqual([true])
  expect(await told('win32', undefined)).toEqual([true])
})

test.each([
  ['there is no session bus', undefined],
  ['its address is empty', ''],
  ['its address is of another kind', 'tcp:host=localhost,port=1'],
  ['nothing answers at its address', 'unix:path=/nonexistent/bus'],
  ['only an empty list is given', ';;'],
])('on Linux nobody does where %s', async (_why, address) => {
  expect(await told('linux', address)).toEqual([false])
})
