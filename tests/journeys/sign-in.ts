import { expect, type Locator, type Page } from '@playwright/test'
import type { AuthorizationFixture } from '../fixtures/authorization.ts'
import { rowOf } from './page-parts.ts'

/**
 * Signs in to the server `guarded`, which asks for it, by its button.
 *
 * @param open clicks the button that opens the page of the sign-in, and goes to the end of it as a browser does
 * @param look looks at the dialog once all of it is there
 */
export async function signInByButton(
  page: Page,
  { issuer }: AuthorizationFixture,
  open: (button: Locator) => Promise<void>,
  look = async (): Promise<void> => {},
): Promise<void> {
  await page.getByRole('button', { name: 'Sign in…, guarded' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Sign in to guarded' })
  await expect(dialog).toContainText(issuer)
  await look()
  await dialog.getByLabel('Address the browser ended at').fill('what is this')
  await dialog.getByRole('button', { name: 'Use it' }).click()
  await expect(dialog).toContainText('This is not the answer to the sign-in that was begun.')
  await open(dialog.getByRole('button', { name: 'Open the sign-in page' }))
  await expect(page.getByText('Signed in to guarded.')).toBeVisible()
  await expect(dialog).toBeHidden()
  await expect(rowOf(page, 'guarded').first()).toContainText('Running')
}

/** Signs out of the account in the settings. @param look looks at the page with the account on it */
export async function signOutInSettings(
  page: Page,
  { url }: AuthorizationFixture,
  look = async (): Promise<void> => {},
): Promise<void> {
  await page.getByRole('link', { name: 'Settings' }).click()
  const account = page.getByRole('listitem', { name: 'guarded', exact: true })
  await expect(account).toContainText(url)
  await look()
  await account.getByRole('button', { name: 'Sign out of guarded' }).click()
  await expect(page.getByText('The tokens were revoked.')).toBeVisible()
  await expect(account).toBeHidden()
}
