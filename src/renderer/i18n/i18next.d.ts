import type { english } from './english.ts'

// A key that is in no catalog does not compile.
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app'
    resources: typeof english
  }
}
