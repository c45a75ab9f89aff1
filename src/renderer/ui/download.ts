/** Saves bytes as a file of this name, where the browser saves what is downloaded. */
export function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser reads it after the click, and does not say when it has.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
