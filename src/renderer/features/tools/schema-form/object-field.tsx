import { Plus, X } from 'lucide-react'
import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { TextInput } from '../../../ui/text-input.tsx'
import type { FieldOf } from './field.ts'
import { memberRows } from './form-rows.ts'
import { type SchemaFieldProps, useFormScope } from './form-scope.ts'
import { renameMember, setValue } from './form-state.ts'
import { GroupBox } from './group-box.tsx'
import { newItem } from './initial-value.ts'
import { isJsonObject, type JsonPath, valueAt } from './json-path.ts'

type ObjectProps = SchemaFieldProps & { readonly field: FieldOf<'object'> }

/** An object within the arguments. One that may be absent is absent until it is added: so a recursive schema has an end. */
export function ObjectField(props: ObjectProps): React.JSX.Element {
  const { field, schema, path, name, required, isSlot, side, description = null } = props
  const { t } = useTranslation('tools')
  const { root, state, change, problemAt } = useFormScope()
  const isAbsent = valueAt(state.args, path) === undefined
  const isOptional = !required && !isSlot
  return (
    <GroupBox
      name={name}
      field={field}
      description={description}
      required={required}
      problem={problemAt(path, false)}
      side={
        <>
          {side}
          {isOptional && !isAbsent && (
            <IconButton
              icon={X}
              size="sm"
              label={t('form.removeItem', { name })}
              onClick={() => change((last) => setValue(last, path, undefined))}
            />
          )}
        </>
      }
    >
      {isAbsent ? (
        <span className="flex">
          <Button
            size="sm"
            icon={Plus}
            onClick={() => change((last) => setValue(last, path, newItem(schema, root)))}
          >
            {t('form.addNamed', { name })}
          </Button>
        </span>
      ) : (
        <MemberFields field={field} path={path} />
      )}
    </GroupBox>
  )
}

/** The members of an object, in two columns where there is room. */
export function MemberFields({
  field,
  path,
}: {
  readonly field: FieldOf<'object'>
  readonly path: JsonPath
}): React.JSX.Element {
  const { t } = useTranslation('tools')
  const { state, change, InnerField } = useFormScope()
  const rows = memberRows(field, valueAt(state.args, path))
  return (
    <>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-4 gap-y-3 @[720px]/offer:grid-cols-2">
        {rows.map((row) => (
          <InnerField
            key={row.name}
            schema={row.schema}
            path={[...path, row.name]}
            name={row.name}
            required={row.required}
            isSlot={!row.isNamed}
            side={
              row.isNamed ? null : (
                <>
                  <Rename path={path} name={row.name} />
                  <IconButton
                    icon={X}
                    size="sm"
                    label={t('form.removeItem', { name: row.name })}
                    onClick={() => change((last) => setValue(last, [...path, row.name], undefined))}
                  />
                </>
              )
            }
          />
        ))}
      </div>
      {field.isOpen && field.additional !== null && <AddMember field={field} path={path} />}
    </>
  )
}

function Rename({
  path,
  name,
}: {
  readonly path: JsonPath
  readonly name: string
}): React.JSX.Element {
  const { t } = useTranslation('tools')
  const { change } = useFormScope()
  const [typed, setTyped] = React.useState<string | null>(null)
  const finish = () => {
    if (typed !== null) change((last) => renameMember(last, path, name, typed))
    setTyped(null)
  }
  return (
    <TextInput
      mono
      aria-label={t('form.nameOf', { name })}
      value={typed ?? name}
      className="h-6! w-32!"
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === 'Enter') finish()
      }}
    />
  )
}

function AddMember({
  field,
  path,
}: {
  readonly field: FieldOf<'object'>
  readonly path: JsonPath
}): React.JSX.Element {
  const { t } = useTranslation('tools')
  const { root, state, change } = useFormScope()
  const [name, setName] = React.useState('')
  const value = valueAt(state.args, path)
  const isTaken =
    (isJsonObject(value) && Object.hasOwn(value, name)) ||
    field.properties.some((property) => property.name === name)
  const canAdd = name !== '' && !isTaken
  const add = () => {
    if (!canAdd) return
    change((last) => setValue(last, [...path, name], newItem(field.additional ?? true, root)))
    setName('')
  }
  return (
    <span className="flex max-w-80 gap-2">
      <TextInput
        mono
        aria-label={t('form.newName')}
        placeholder={t('form.newName')}
        value={name}
        aria-invalid={isTaken ? true : undefined}
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return
          event.preventDefault()
          add()
        }}
      />
      <Button icon={Plus} disabled={!canAdd} onClick={add}>
        {t('form.add')}
      </Button>
    </span>
  )
}
