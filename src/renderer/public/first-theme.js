// Runs before the first frame, so it is a file of its own and no module: gives the page the theme that it had last
// (src/renderer/app/follow-theme.ts keeps it), until the host has told the one of the settings.
{
  const theme = window.localStorage.getItem('mcp-manager.theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
}
