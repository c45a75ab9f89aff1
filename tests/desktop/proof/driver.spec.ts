import { chooseDriver } from '../choose-driver.ts'
import { expect, test } from './fixture-test.ts'

test('the application runs on the driver that was chosen', async ({ app }) => {
  expect(app.driver).toBe(chooseDriver().driver)
  const versions = await app.evaluate(() => ({ ...process.versions }), null)
  expect(versions['electron']).toMatch(/^45\./)
  // Electron's own V8 says so in its version; the stand-in's is that of Node.
  expect(/electron/.test(versions.v8)).toBe(app.driver === 'electron')
})
