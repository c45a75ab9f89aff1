import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react'
import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import type { FieldOf } from './field.ts'
import { itemSchemas } from './form-rows.ts'
import { type SchemaFieldProps, useFormScope } from './form-scope.ts'
import { moveItem, removeItem, setValue } from './form-state.ts'
import { GroupBox } from './group-box.tsx'
import { newItem } from './initial-value.ts'
import { isJsonArray, valueAt } from './json-path.ts'

/** A list whose items are filled in one by one; those of a tuple keep their places. */
export function ArrayField({
  field,
  path,
  name,
  required,
  isSlot,
  side,
  description = null,
}: SchemaFieldProps & { readonly field: FieldOf<'array'> }): React.JSX.Element {
  const { t } = useTranslation('tools')
  const { root, state, change, problemAt, InnerField } = useFormScope()
  const value = valueAt(state.args, path)
  const length = isJsonArray(value) ? value.length : 0
  const emptied = required || isSlot ? [] : undefined
  const schemas = itemSchemas(field, value)
  const canAdd = field.items !== null && length >= field.prefix.length
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
          {field.prefix.length > 0 && length > 0 && !required && !isSlot && (
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
      {schemas.map((schema, index) => {
        const number = index + 1
        const isFixed = index < field.prefix.length
        return (
          <InnerField
            // Items have no name but their place.
            // oxlint-disable-next-line react/no-array-index-key
            key={index}
            schema={schema}
            path={[...path, index]}
            name={`${name}[${index}]`}
            required={false}
            isSlot
            side={
              isFixed ? null : (
                <>
                  <IconButton
                    icon={ArrowUp}
                    size="sm"
                    label={t('form.moveUp', { number })}
                    disabled={index <= field.prefix.length}
                    onClick={() => change((last) => moveItem(last, path, index, index - 1))}
                  />
                  <IconButton
                    icon={ArrowDown}
                    size="sm"
                    label={t('form.moveDown', { number })}
                    disabled={index >= length - 1}
                    onClick={() => change((last) => moveItem(last, path, index, index + 1))}
                  />
                  <IconButton
                    icon={X}
                    size="sm"
                    label={t('form.removeNumber', { number })}
                    onClick={() => change((last) => removeItem(last, path, index, emptied))}
                  />
                </>
              )
            }
          />
        )
      })}
      {canAdd && (
        <span className="flex">
          <Button
            size="sm"
            icon={Plus}
            onClick={() =>
              change((last) =>
                setValue(last, [...path, length], newItem(field.items ?? true, root)),
              )
            }
          >
            {t('form.addItem')}
          </Button>
        </span>
      )}
    </GroupBox>
  )
}
