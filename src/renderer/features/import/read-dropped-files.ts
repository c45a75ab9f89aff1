import i18next from 'i18next'
import { toast } from '../../ui/toast.tsx'
import { maxTextLength } from './added-texts.ts'
import type { InboxText } from './import-inbox.ts'

/** The texts of files that were dropped or chosen. What is too large or cannot be read is told in a toast and left out. */
export async function readDroppedFiles(files: readonly File[]): Promise<readonly InboxText[]> {
  const t = i18next.getFixedT(null, 'import')
  const texts = await Promise.all(
    files.map(async (file) => {
      if (file.size > maxTextLength) {
        toast({ tone: 'bad', text: t('tooLarge', { file: file.name }) })
        return []
      }
      try {
        return [{ name: file.name, text: await file.text() }]
      } catch {
        // A folder, or a file that went away: the browser tells no more.
        toast({ tone: 'bad', text: t('unreadable', { file: file.name }) })
        return []
      }
    }),
  )
  return texts.flat()
}
