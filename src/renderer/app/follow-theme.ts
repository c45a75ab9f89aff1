import { useSettings } from '../host/settings.ts'

/** Under which public/first-theme.js finds the theme. */
const storageKey = 'mcp-manager.theme'

/**
 * Gives the page the theme of the settings whenever the host tells them, for as long as the page lives; `system` leaves it to
 * the desktop. Until then the page has the theme that it had last.
 */
export function followTheme(): void {
  useSettings.subscribe(({ appearance: { theme } }) => {
    if (theme === 'system') {
      delete document.documentElement.dataset['theme']
      window.localStorage.removeItem(storageKey)
    } else {
      document.documentElement.dataset['theme'] = theme
      window.localStorage.setItem(storageKey, theme)
    }
  })
}
