import { useHostInfo } from './host-info.ts'

/** How to call the place that keeps secrets here: the keychain of the system, or the program's own vault file. */
export function useVaultWord(): 'keychain' | 'file' {
  return useHostInfo((state) => (state.info?.vault.kind === 'keychain' ? 'keychain' : 'file'))
}
