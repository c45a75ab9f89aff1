import { useFiveServers, writeFiveServers } from '../journeys/five-servers.ts'
import { test } from './test.ts'

test('the five real servers are imported, started, watched, called and stopped', async ({
  page,
  host,
}) => {
  test.setTimeout(120_000)
  writeFiveServers(host)
  await host.start()
  await page.goto(host.url)
  await useFiveServers(page)
})
