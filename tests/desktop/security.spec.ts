import { test } from './manager.ts'
import { securityChecks } from './security-checks.ts'

for (const [name, check] of Object.entries(securityChecks)) {
  test(name, async ({ manager }, testInfo) => {
    // What the checks try on purpose, and what a browser says of it.
    for (const description of ['Content Security Policy', 'Failed to load resource']) {
      testInfo.annotations.push({ type: 'expected-error', description })
    }
    await check({ app: await manager.start(), manager, timeout: 15_000 })
  })
}
