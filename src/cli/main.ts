import { reuseCompiled } from './reuse-compiled.ts'

// Node would open a debugger, by which any account of the machine could read what is in memory.
process.on('SIGUSR1', () => process.stderr.write('SIGUSR1 opens no debugger here.\n'))

reuseCompiled(process.env)
// Not an import at the top: those are compiled before anything runs.
const { runCommandLine } = await import('./command-line.ts')
await runCommandLine()
