import * as z from 'zod'
import { parseExternalReference } from '../../../shared/domain/external-reference.ts'
import { hintOfName } from '../../../shared/domain/secret-looking-name.ts'
import {
  resourceLimitsSchema,
  restartPolicySchema,
  startPolicySchema,
} from '../../../shared/domain/supervision.ts'

const pairSchema = z.object({
  name: z.string(),
  value: z.string(),
  /** The reference under which the vault holds the value since before; null where the value was typed here. */
  kept: z.string().nullable(),
  /** Whether a person wants the value in the vault whatever it looks like. */
  toVault: z.boolean(),
})

/** What the fields of the form hold, each as it is typed. */
export const formSchema = z.object({
  name: z.string(),
  transport: z.enum(['stdio', 'http', 'sse']),
  command: z.string(),
  args: z.array(z.string()),
  env: z.array(pairSchema),
  envFile: z.string(),
  cwd: z.string(),
  url: z.string(),
  headers: z.array(pairSchema),
  headersHelper: z.string(),
  /** Null: the default. */
  startSeconds: z.number().nullable(),
  callSeconds: z.number().nullable(),
  start: startPolicySchema,
  restart: restartPolicySchema,
  /** Null: never. */
  idleMinutes: z.number().nullable(),
  /** Null: the default. */
  stdinSeconds: z.number().nullable(),
  termSeconds: z.number().nullable(),
  /** Null: no ceiling. */
  memoryMegabytes: z.number().nullable(),
  cpuPercent: z.number().nullable(),
  onExceeded: resourceLimitsSchema.shape.onExceeded,
  toolFilter: z.enum(['all', 'only']),
  /** Names of tools, one per line. */
  allow: z.string(),
  deny: z.string(),
  /** New values of VS Code inputs; empty keeps what is there. */
  inputs: z.array(z.object({ id: z.string(), value: z.string() })),
})

/** A variable or a header as its row holds it. */
export type PairRow = z.infer<typeof pairSchema>
export type FormValues = z.infer<typeof formSchema>

/** Whether a name says that its value is a secret. */
export function isSecretName(name: string): boolean {
  const hint = hintOfName(name)
  return hint === 'strong' || hint === 'weak'
}

/** Whether a value refers to a variable, a secret, or to elsewhere: it is filled in at launch and is no secret itself. */
export function hasVariable(value: string): boolean {
  return (
    value.includes('${') || value.includes('secret://') || parseExternalReference(value) !== null
  )
}

/** The lines of a text without those that are blank, trimmed. */
export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
