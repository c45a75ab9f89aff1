import { test as base, expect } from '@playwright/test'
import { expectAccessible } from '../journeys/expect-accessible.ts'
import { HeadlessHost } from './headless-host.ts'

interface Fixtures {
  /** A host of its own for each test, with a home of its own; it is stopped afterwards. */
  readonly host: HeadlessHost
  /** Finds what is in the way of a person with a screen reader, a keyboard or weak eyes (`expectAccessible` of the journeys). */
  readonly expectAccessible: () => Promise<void>
}

/**
 * Playwright's test with a real host. A test fails on any error in the console, any fault of the page and any breach of the
 * content security policy, unless it names the text in `annotations` of type `expected-error`.
 */
export const test = base.extend<Fixtures & { readonly faults: void }>({
  host: async ({ page }, use) => {
    const host = new HeadlessHost()
    try {
      await use(host)
    } finally {
      // A page that sees its host go would report that as faults.
      await page.close()
      await host.stop()
    }
  },
  faults: [
    async ({ page }, use, testInfo) => {
      const faults: string[] = []
      page.on('console', (message) => {
        if (message.type() === 'error') faults.push(message.text())
      })
      page.on('pageerror', (error) => faults.push(error.message))
      await page.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', (event) => {
          console.error(`Content security policy: ${event.violatedDirective} ${event.blockedURI}`)
        })
      })
      await use()
      const expected = testInfo.annotations
        .filter(({ type }) => type === 'expected-error')
        .map(({ description = '' }) => description)
      expect(faults.filter((text) => !expected.some((part) => text.includes(part)))).toEqual([])
    },
    { auto: true },
  ],
  expectAccessible: async ({ page }, use) => {
    await use(() => expectAccessible(page))
  },
})

export { expect } from '@playwright/test'
