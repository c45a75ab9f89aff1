import { config } from 'zod/v4'

// Zod tries `new Function` when a schema is made, which the content security policy refuses and reports. Schemas are made
// while modules load, in whichever chunk comes first: so vite.config.ts puts this module in the place of `zod`.
config({ jitless: true })

export * from 'zod/v4'
