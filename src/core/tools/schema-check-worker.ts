import { parentPort } from 'node:worker_threads'
import { assertNever } from '../../shared/lib/assert-never.ts'
import { JsonValidators } from './json-validators.ts'
import { type SchemaCheckReply, schemaCheckRequestSchema } from './schema-check-messages.ts'

const port = parentPort
if (port === null) throw new Error('schema-check-worker runs in a worker thread only')

const reply = (message: SchemaCheckReply): void => port.postMessage(message)
const validators = new JsonValidators()

port.on('message', (message: unknown) => {
  const request = schemaCheckRequestSchema.parse(message)
  switch (request.type) {
    case 'check': {
      const { owner, schemaText, value } = request
      return reply({ type: 'checked', problems: validators.check(owner, schemaText, value) })
    }
    case 'forget':
      return validators.forget(request.owner)
    default:
      return assertNever(request)
  }
})
reply({ type: 'ready' })
