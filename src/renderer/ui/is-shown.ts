import type * as React from 'react'

/** Whether a slot has something to show: `condition && <Part />` leaves false behind, an absent text an empty string. */
export function isShown(node: React.ReactNode): boolean {
  return node !== undefined && node !== null && node !== false && node !== ''
}
