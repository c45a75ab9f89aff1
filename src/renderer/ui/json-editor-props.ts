/** Something that is wrong at a place of the text. */
export interface JsonMark {
  /** From 1. */
  readonly line: number
  /** From 1. */
  readonly column: number
  readonly message: string
}

/** What the loaded editor takes: the props with their defaults. */
export interface JsonEditorViewProps {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly label: string | undefined
  readonly labelledBy: string | undefined
  readonly describedBy: string | undefined
  readonly marks: readonly JsonMark[]
  readonly readOnly: boolean
  readonly minLines: number
  readonly maxLines: number
}
