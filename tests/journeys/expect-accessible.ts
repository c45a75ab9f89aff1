import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** Finds what a person with a screen reader, a keyboard or weak eyes would stumble over (WCAG 2.2 AA and best practice). */
export async function expectAccessible(page: Page): Promise<void> {
  // Its other mode opens a page beside this one for its report, which a desktop application does not allow.
  const axe = new AxeBuilder({ page }).setLegacyMode()
  // A menu floats at the end of the page, outside of its landmarks, as every menu does; the focus is led into it and back.
  if ((await page.getByRole('menu').count()) > 0) axe.disableRules('region')
  const { violations } = await axe.analyze()
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(' | ')}`),
  ).toEqual([])
}
