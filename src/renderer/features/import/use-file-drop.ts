import * as React from 'react'

/** Files that are dropped on an element. */
export interface FileDrop {
  /** True while files are dragged over it. */
  readonly isOver: boolean
  /** For the element. */
  readonly handlers: Pick<
    React.HTMLAttributes<HTMLElement>,
    'onDragEnter' | 'onDragOver' | 'onDragLeave' | 'onDrop'
  >
}

/** Takes files that are dropped; anything else that is dragged is left alone. */
export function useFileDrop(onFiles: (files: readonly File[]) => void): FileDrop {
  const [isOver, setOver] = React.useState(false)
  const onDrag = (event: React.DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    setOver(true)
  }
  return {
    isOver,
    handlers: {
      onDragEnter: onDrag,
      onDragOver: onDrag,
      onDragLeave: (event) => {
        // It also fires between the children.
        const to = event.relatedTarget
        if (to instanceof Node && event.currentTarget.contains(to)) return
        setOver(false)
      },
      onDrop: (event) => {
        setOver(false)
        const files = [...event.dataTransfer.files]
        if (files.length === 0) return
        event.preventDefault()
        onFiles(files)
      },
    },
  }
}
