import { findThirtyServersAgain, useThirtyServers } from '../journeys/thirty-servers.ts'
import { addThirtyServers } from '../screenshots/scenes.ts'
import { expect, test } from './test.ts'

test('thirty servers are listed, filtered, switched and found again after a restart; none is lost', async ({
  page,
  host,
}) => {
  test.setTimeout(120_000)
  for (const description of ['WebSocket connection', 'Failed to load resource']) {
    test.info().annotations.push({ type: 'expected-error', description })
  }
  await host.choosePort()
  await host.start()
  const props = await addThirtyServers(host)
  try {
    await page.goto(host.url)
    await useThirtyServers(page)
    await host.kill()
    await expect(page.getByRole('alert').filter({ hasText: 'lost' })).toBeVisible()
    await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '31')
    await host.start()
    await expect(page.getByText('Connected again')).toBeVisible()
    await findThirtyServersAgain(page)
  } finally {
    props.close()
  }
})
