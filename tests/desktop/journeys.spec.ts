import { visitAllPages } from '../journeys/accessible-pages.ts'
import { callTool, openTools } from '../journeys/call-tool.ts'
import { importFirst, writeClientFiles } from '../journeys/first-import.ts'
import { useFiveServers, writeFiveServers } from '../journeys/five-servers.ts'
import { followLog, searchLog } from '../journeys/follow-log.ts'
import { addServer, editServer, removeServer } from '../journeys/keep-server.ts'
import { keyboardOnly, writeGoodAndWrong } from '../journeys/keyboard-only.ts'
import { mendFailure } from '../journeys/mend-failure.ts'
import { reloadInMidStream } from '../journeys/reload-in-mid-stream.ts'
import { switchServer } from '../journeys/switch-server.ts'
import { findThirtyServersAgain, useThirtyServers } from '../journeys/thirty-servers.ts'
import { addThirtyServers } from '../screenshots/scenes.ts'
import { expect, test } from './manager.ts'

test('servers are imported at the first start, switched, mended, and changed', async ({
  manager,
}) => {
  writeClientFiles(manager)
  const app = await manager.start()
  const page = await app.window()
  await test.step('import', () => importFirst(page, manager))
  await test.step('switch', () => switchServer(page, manager))
  await test.step('mend', () => mendFailure(page, manager))
  await test.step('add', () => addServer(page, manager))
  await test.step('edit', () => editServer(page, manager))
  await test.step('remove', () => removeServer(page, manager))
  expect(await app.quit()).toBe(0)
  expect(manager.ownedProcesses()).toEqual([])
})

test('a log is followed and searched, a reload loses none of it, and a tool is called', async ({
  manager,
}) => {
  const page = await (await manager.start()).window()
  await test.step('follow', () => followLog(page, manager))
  await test.step('search', () => searchLog(page, manager))
  await test.step('reload', () => reloadInMidStream(page, manager))
  await test.step('call', async () => {
    await openTools(page, manager)
    await callTool(page)
  })
})

test('from the first start to a mended server, its log and its tools, without a mouse', async ({
  manager,
}) => {
  writeGoodAndWrong(manager)
  const page = await (await manager.start()).window()
  await keyboardOnly(page)
})

test('the five real servers are imported, started, watched, called and stopped', async ({
  manager,
}) => {
  test.setTimeout(120_000)
  writeFiveServers(manager)
  await useFiveServers(await (await manager.start()).window())
  expect(manager.ownedProcesses()).toEqual([])
})

test('every page is accessible in both themes', async ({ manager }) => {
  const page = await (await manager.start()).window()
  await visitAllPages(page, manager, 'Application')
})

test('thirty servers are listed, filtered, switched and found again after a restart; none is lost', async ({
  manager,
}) => {
  test.setTimeout(120_000)
  const app = await manager.start()
  const props = await addThirtyServers(manager)
  try {
    await useThirtyServers(await app.window())
    expect(await app.quit()).toBe(0)
    expect(manager.ownedProcesses()).toEqual([])
    const again = await manager.start()
    await findThirtyServersAgain(await again.window())
  } finally {
    props.close()
  }
})
