import { useTranslation } from 'react-i18next'
import { formatMemory, formatNumber } from '../../ui/format.ts'
import type { Totals } from './list-processes.ts'

/** Says totals in words: `3 servers`, `7 processes`, `412 MB`. */
export function useFigures(): (totals: Totals) => {
  readonly servers: string
  readonly processes: string
  readonly memory: string
} {
  const { t } = useTranslation('processes')
  return ({ servers, processes, memoryBytes }) => ({
    servers: t('servers', { count: servers, figure: formatNumber(servers) }),
    processes: t('processes', { count: processes, figure: formatNumber(processes) }),
    memory: formatMemory(memoryBytes),
  })
}
