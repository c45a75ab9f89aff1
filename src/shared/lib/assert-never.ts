/** Closes a discriminated union: a case that is not handled fails the type check, and throws if a value slips through at run time. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`)
}
