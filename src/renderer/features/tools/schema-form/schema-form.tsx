import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { SchemaProblem } from '../../../../shared/contract/tools.ts'
import type { Schema } from './field.ts'
import { FormScopeContext } from './form-scope.ts'
import type { FormState } from './form-state.ts'
import { pointerOf, valueAt } from './json-path.ts'
import { localProblems } from './local-problems.ts'
import { MemberFields } from './object-field.tsx'
import { problemText } from './problem-text.ts'
import { readField } from './read-field.ts'
import { SchemaField } from './schema-field.tsx'

/** What a form takes. */
export interface SchemaFormProps {
  /** What is filled in; read aloud. */
  readonly label: string
  /** The schema of the arguments. */
  readonly schema: Schema
  readonly state: FormState
  readonly onChange: (change: (state: FormState) => FormState) => void
  /** What the host found. */
  readonly problems: readonly SchemaProblem[]
  /** Also of fields that nobody has filled in yet. */
  readonly showsAll: boolean
}

/** A form for the arguments that a JSON Schema describes. */
export function SchemaForm({
  label,
  schema,
  state,
  onChange,
  problems,
  showsAll,
}: SchemaFormProps): React.JSX.Element {
  const { t } = useTranslation('tools')
  const local = localProblems(schema, state)
  const field = readField(schema, schema)
  const scope = {
    root: schema,
    InnerField: SchemaField,
    state,
    change: onChange,
    problemAt: (path: readonly (string | number)[], deep: boolean) => {
      const at = pointerOf(path)
      const isThere = (pointer: string) => pointer === at || (deep && pointer.startsWith(`${at}/`))
      const isTouched = valueAt(state.args, path) !== undefined || state.drafts[at] !== undefined
      if (!isTouched && !showsAll) return null
      const own = [...local].find(([pointer]) => isThere(pointer))
      if (own !== undefined) return problemText(own[1], t)
      const found = problems.find((problem) => isThere(problem.path))
      if (found === undefined) return null
      const inner = found.path.slice(at.length + 1)
      return inner === '' ? found.message : `${inner}: ${found.message}`
    },
  }
  return (
    <FormScopeContext value={scope}>
      <fieldset aria-label={label} className="flex min-w-0 flex-col gap-3">
        {field.kind === 'object' ? (
          <MemberFields field={field} path={[]} />
        ) : (
          <SchemaField schema={schema} path={[]} name="" required isSlot={false} side={null} />
        )}
      </fieldset>
    </FormScopeContext>
  )
}
