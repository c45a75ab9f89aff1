import type { Bridge } from '../preload.ts'

declare global {
  interface Window {
    readonly bridge: Bridge
    /** The port that the main process handed over. */
    port?: MessagePort
  }
}

function show(testId: string, text: string): void {
  const element = document.querySelector(`[data-testid=${testId}]`)
  if (element !== null) element.textContent = text
}

document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
  const shown = document.querySelector('[data-testid=violations]')
  if (shown !== null) shown.textContent += `${effectiveDirective} ${blockedURI};`
})
document.querySelector('[data-testid=eval]')?.addEventListener('click', () => {
  try {
    // oxlint-disable-next-line no-eval -- that it is refused is what is tested
    show('eval', String((0, eval)('1 + 1')))
  } catch (error) {
    show('eval', error instanceof Error ? error.name : String(error))
  }
})
window.addEventListener('message', ({ source, data, ports: [port] }) => {
  if (source !== window || data.kind !== 'port' || port === undefined) return
  window.port = port
  port.addEventListener('message', (event) => show('port', JSON.stringify(event.data)))
  port.start()
})
window.addEventListener('dragover', (event) => event.preventDefault())
window.addEventListener('drop', (event) => {
  event.preventDefault()
  const files = [...(event.dataTransfer?.files ?? [])]
  show('dropped', files.map((file) => window.bridge.pathOf(file)).join(' '))
})
window.bridge.connect()
