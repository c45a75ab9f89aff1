import * as React from 'react'

/** The value as it was when it last stood still for so many milliseconds; for what is costly to follow at each key. `value` is compared as it is. */
export function useSettled<T extends string | null>(value: T, forMs: number): T {
  const [settled, setSettled] = React.useState(value)
  React.useEffect(() => {
    const timer = setTimeout(() => setSettled(value), forMs)
    return () => clearTimeout(timer)
  }, [value, forMs])
  return settled
}
