import { visitAllPages } from '../journeys/accessible-pages.ts'
import { keyboardOnly, writeGoodAndWrong } from '../journeys/keyboard-only.ts'
import { test } from './test.ts'

test('from the first start to a mended server, its log and its tools, without a mouse', async ({
  page,
  host,
}) => {
  writeGoodAndWrong(host)
  await host.start()
  await page.goto(host.url)
  await keyboardOnly(page)
})

test('every page is accessible in both themes', async ({ page, host }) => {
  await host.start()
  await page.goto(host.url)
  await visitAllPages(page, host, 'Appearance')
})
