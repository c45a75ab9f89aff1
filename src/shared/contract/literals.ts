import * as z from 'zod'
import { errorInfoSchema } from '../domain/errors.ts'
import { secretNameSchema } from '../domain/ids.ts'
import {
  diffLineSchema,
  literalFileSchema,
  moveSchema,
  referenceNeedSchema,
} from '../domain/literals.ts'
import { base } from './base.ts'

/** What was found. */
export const literalScanSchema = z.object({
  /** The files that hold literal credentials. */
  files: z.array(literalFileSchema),
  /** How many files were read. */
  readCount: z.number().int(),
  /** Files that could not be read, or not as a whole. */
  problems: z.array(errorInfoSchema),
})
export type LiteralScan = z.infer<typeof literalScanSchema>

/** The credentials of one file that are to go to the vault, each under a name. */
export const literalChoiceSchema = z.object({
  /** As the scan gives it. */
  file: z.string(),
  picks: z.array(z.object({ id: z.string(), name: secretNameSchema })).min(1),
})
export type LiteralChoice = z.infer<typeof literalChoiceSchema>

/** What a move would change in its file. */
export const literalPreviewSchema = z.object({
  lines: z.array(diffLineSchema),
  needs: z.array(referenceNeedSchema),
  /** Of the whole change, values included; means nothing after the end of this host. */
  digest: z.string(),
})
export type LiteralPreview = z.infer<typeof literalPreviewSchema>

/** Literal credentials in the files of clients and in the definitions of this program. No value crosses in either direction. */
export const literalsContract = {
  /** Looks for them in the given files, or with none in all that can be found on this machine, and here. Writes nothing. */
  scan: base.input(z.object({ files: z.array(z.string()) })).output(literalScanSchema),
  /** What was moved, the newest first. */
  moves: base.output(z.array(moveSchema)),
  /** What `move` would change. Fails with `file_changed` where a pick is not there any more, or `invalid_input`. */
  preview: base.input(literalChoiceSchema).output(literalPreviewSchema),
  /**
   * Puts credentials into the vault and references into their file. Fails with `file_changed` where the change would not be the
   * one of `digest`, `state_read_only`, or the vault's errors; the file is then as it was.
   */
  move: base.input(literalChoiceSchema.extend({ digest: z.string() })).output(moveSchema),
  /**
   * Puts the credentials back into the file; the vault keeps them too. The file becomes what it was, byte for byte, where nobody
   * changed it since; else only the references become values again. Fails with `file_changed` where one of them is gone; the
   * file is then left as it is.
   */
  undo: base.input(moveSchema.pick({ id: true })).output(z.void()),
}
