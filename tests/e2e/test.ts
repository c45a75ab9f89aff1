import { AxeBuilder } from '@axe-core/playwright'
import { test as base, expect } from '@playwright/test'
import { HeadlessHost } from './headless-host.ts'

interface Fixtures {
  /** A host of its own for each test, with a home of its own; it is stopped afterwards. */
  readonly host: HeadlessHost
  /** Finds what a person with a screen reader, a keyboard or weak eyes would stumble over (WCAG 2.2 AA and best practice). */
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
    await use(async () => {
      const axe = new AxeBuilder({ page })
      // A menu floats at the end of the page, outside of its landmarks, as every menu does; the focus is led into it and back.
      if ((await page.getByRole('menu').count()) > 0) axe.disableRules('region')
      const { violations } = await axe.analyze()
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(' | ')}`),
      ).toEqual([])
    })
  },
})

export { expect } from '@playwright/test'
