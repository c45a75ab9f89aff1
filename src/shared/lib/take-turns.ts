/** Runs a piece of work once all that was given before is over. */
export type TakeTurn = <T>(work: () => Promise<T>) => Promise<T>

/** Has pieces of work come one after the other, whatever became of the earlier ones. */
export function createTurns(): TakeTurn {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const turn = last.then(work)
    // The next one comes after a failure too, which is told to whoever asked for it.
    last = turn.catch(() => {})
    return turn
  }
}
