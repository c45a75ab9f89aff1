import type { Implementer, Routes } from '../implementer.ts'
import type { RouterOptions } from '../router-options.ts'

/** Literal credentials in files. */
export function literalsRoutes(os: Implementer, { core }: RouterOptions): Routes<'literals'> {
  const { literals } = core
  return {
    scan: os.literals.scan.handler(async ({ input }) => await literals.scan(input.files)),
    moves: os.literals.moves.handler(() => [...literals.moves()]),
    preview: os.literals.preview.handler(async ({ input }) => await literals.preview(input)),
    move: os.literals.move.handler(async ({ input }) => await literals.move(input)),
    undo: os.literals.undo.handler(async ({ input }) => await literals.undo(input.id)),
  }
}
