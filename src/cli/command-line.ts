import { CommanderError } from 'commander'
import { toAppError } from '../shared/contract/rpc-error.ts'
import { describeError } from '../shared/domain/describe-error.ts'
import { exitCode } from './exit-code.ts'
import { createTerminal } from './output/terminal.ts'
import { createProgram } from './program.ts'
import { reportError } from './run-command.ts'

/** Parses the arguments of this process and runs the command. Sets the exit code; never rejects. */
export async function runCommandLine(): Promise<void> {
  // A reader that has seen enough closes the pipe (`| head`); that is no fault of ours and no reason for a stack.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(exitCode.done)
    throw error
  })

  // What stands after `--` belongs to the server that is added.
  const options = process.argv.slice(2)
  const end = options.indexOf('--')
  const isJson = options.slice(0, end < 0 ? undefined : end).includes('--json')
  try {
    await createProgram().parseAsync(process.argv)
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has said on stderr what is wrong; asking for help is no error.
      process.exitCode = error.exitCode === 0 ? exitCode.done : exitCode.usage
      if (error.exitCode !== 0) {
        const reason = error.message.replace(/^error: /, '')
        const code = 'invalid_input'
        const data = { reason }
        createTerminal(isJson).value({ error: { code, ...describeError(code, data), data } })
      }
    } else {
      process.exitCode = reportError(toAppError(error), isJson)
    }
  }
}
