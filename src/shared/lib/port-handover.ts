/** The page's wish for a port, from the preload to the main process. */
export const portRequestChannel = 'host:request-port'
/** The port, from the main process to the preload. */
export const portChannel = 'host:port'
/** The message with which the preload gives the port to the page. */
export const portMessage = 'mcp-manager:host-port'

/** What the preload puts into the page, as `window.desktop`; a browser has none. */
export interface DesktopBridge {
  /** Asks for one port to the host; it comes as a message of the window, `portMessage`. */
  readonly requestPort: () => void
}
