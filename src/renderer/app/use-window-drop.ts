import * as React from 'react'
import { putIntoInbox } from '../features/import/import-inbox.ts'
import { readDroppedFiles } from '../features/import/read-dropped-files.ts'
import { go } from './route.ts'

/**
 * Takes files that are dropped anywhere on the window to the import screen, which shows what is in them and keeps nothing
 * before the person says so. Without it the browser would go to the file.
 */
export function useWindowDrop(): void {
  React.useEffect(() => {
    const onDragOver = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault()
    }
    const onDrop = (event: DragEvent) => {
      // What is under the pointer may have taken it.
      if (event.defaultPrevented) return
      const files = [...(event.dataTransfer?.files ?? [])]
      if (files.length === 0) return
      event.preventDefault()
      void readDroppedFiles(files).then((texts) => {
        for (const text of texts) putIntoInbox(text)
        if (texts.length > 0) go({ page: 'import' })
      })
    }
    window.addEventListener('dragover', onDragOver)
    window.addEventListener('drop', onDrop)
    return () => {
      window.removeEventListener('dragover', onDragOver)
      window.removeEventListener('drop', onDrop)
    }
  }, [])
}
