import { CommanderError } from 'commander'
import { toAppError } from '../shared/contract/rpc-error.ts'
import { exitCode } from './exit-code.ts'
import { createTerminal } from './output/terminal.ts'
import { createProgram } from './program.ts'
import { reportError } from './run-command.ts'

// A reader that has seen enough closes the pipe (`| head`); that is no fault of ours and no reason for a stack.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCode.done)
  throw error
})

const isJson = process.argv.includes('--json')
try {
  await createProgram().parseAsync(process.argv)
} catch (error) {
  if (error instanceof CommanderError) {
    // Commander has said on stderr what is wrong; asking for help is no error.
    process.exitCode = error.exitCode === 0 ? exitCode.done : exitCode.usage
    if (error.exitCode !== 0) {
      const reason = error.message.replace(/^error: /, '')
      createTerminal(isJson).value({ error: { code: 'invalid_input', title: reason } })
    }
  } else {
    process.exitCode = reportError(toAppError(error), isJson)
  }
}
