import { createContext, Script } from 'node:vm'
import * as z from 'zod'
import { assertNever } from '../../shared/lib/assert-never.ts'
import { isRecord } from '../../shared/lib/json.ts'
import { JsonValidators } from './json-validators.ts'
import { type SchemaCheckReply, schemaCheckRequestSchema } from './schema-check-messages.ts'

// The program of `SchemaChecker`'s process. Its argument: how long one check may take, in milliseconds.

const maxCheckMs = z.coerce.number().int().positive().parse(process.argv[2])
const validators = new JsonValidators()
// Only a script can be stopped in the middle of a match. It has to be here too: a parent that was killed stops nothing.
const script = new Script('run()')

process.on('message', (message: unknown) => {
  const request = schemaCheckRequestSchema.parse(message)
  switch (request.type) {
    case 'check': {
      const { owner, schemaText, value } = request
      return reply(checkInTime(owner, schemaText, value))
    }
    case 'forget':
      return validators.forget(request.owner)
    default:
      return assertNever(request)
  }
})
reply({ type: 'ready' })

function checkInTime(owner: string, schemaText: string, value: unknown): SchemaCheckReply {
  let answer: SchemaCheckReply = { type: 'late' }
  const run = () => {
    answer = { type: 'checked', problems: validators.check(owner, schemaText, value) }
  }
  try {
    script.runInContext(createContext({ run }), { timeout: maxCheckMs })
  } catch (error) {
    if (!isRecord(error) || error['code'] !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error
    // What was stopped half-way is not to be used again.
    validators.forget(owner)
  }
  return answer
}

function reply(message: SchemaCheckReply): void {
  process.send?.(message)
}
