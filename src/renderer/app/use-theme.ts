import * as React from 'react'
import { useSettings } from '../host/settings.ts'

/** Gives the page the theme of the settings; `system` leaves it to the desktop. */
export function useTheme(): void {
  const theme = useSettings((state) => state.appearance.theme)
  React.useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = theme
  }, [theme])
}
