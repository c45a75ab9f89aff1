import { useTranslation } from 'react-i18next'
import type { Evidence } from '../../../shared/domain/machine.ts'
import { assertNever } from '../../../shared/lib/assert-never.ts'
import { useShortPath } from '../../host/short-path.ts'

/** Says evidence in sentences, the strongest first. */
export function useEvidenceTexts(): (evidence: readonly Evidence[]) => readonly string[] {
  const { t } = useTranslation('processes')
  const short = useShortPath()
  return (all) => {
    // A name adds nothing to better evidence.
    const evidence = all.filter(({ kind }) => all.length === 1 || kind !== 'known-package')
    return evidence.flatMap((one) => {
      switch (one.kind) {
        case 'ours':
          return [t(`evidence.${one.run}`)]
        case 'definition':
          return one.places.map(({ name, file }) =>
            file === null
              ? t('evidence.definitionHere', { name })
              : t('evidence.definition', { name, file: short(file) }),
          )
        case 'client-child':
          return [
            t(one.isClientAlive ? 'evidence.child' : 'evidence.wasChild', { client: one.client }),
          ]
        case 'known-package':
          return [t('evidence.package', { name: one.name })]
        default:
          return assertNever(one)
      }
    })
  }
}
