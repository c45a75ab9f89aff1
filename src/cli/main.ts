import { reuseCompiled } from './reuse-compiled.ts'

reuseCompiled(process.env)
// Not an import at the top: those are compiled before anything runs.
const { runCommandLine } = await import('./command-line.ts')
await runCommandLine()
