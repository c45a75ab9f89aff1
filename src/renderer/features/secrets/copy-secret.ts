/** How long a copied value stays in the clipboard, in seconds. */
export const copiedSeconds = 30

/**
 * Copies a value, and clears the clipboard after 30 s if it still holds it and the browser lets the page look. Rejects where the
 * browser lets nothing be copied.
 * @param onCleared told when it was cleared.
 * @returns whether it will be cleared.
 */
export async function copySecret(value: string, onCleared: () => void): Promise<boolean> {
  await navigator.clipboard.writeText(value)
  if (!(await canRead())) return false
  setTimeout(() => void clear(value, onCleared), copiedSeconds * 1_000)
  return true
}

/** Only where a person has allowed it: a question half a minute later would come out of nowhere. */
async function canRead(): Promise<boolean> {
  try {
    // TypeScript's list of permissions lacks this one of the Clipboard API; a browser that lacks it too throws.
    const name = 'clipboard-read' as PermissionName
    return (await navigator.permissions.query({ name })).state === 'granted'
  } catch {
    return false
  }
}

async function clear(value: string, onCleared: () => void): Promise<void> {
  try {
    if ((await navigator.clipboard.readText()) !== value) return
    await navigator.clipboard.writeText('')
    onCleared()
  } catch {
    // A page without the focus may do neither; it is tried again once it has it.
    window.addEventListener('focus', () => void clear(value, onCleared), { once: true })
  }
}
