import { toast } from '../../ui/toast.tsx'

/** Puts a text on the clipboard, and says which of the two it came to. */
export function copyText(text: string, done: string, failed: string): void {
  navigator.clipboard.writeText(text).then(
    () => toast({ tone: 'ok', text: done }),
    () => toast({ tone: 'bad', text: failed }),
  )
}
