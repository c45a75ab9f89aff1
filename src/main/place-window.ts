import * as z from 'zod'

const boundsSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
})

/** Where a rectangle is on the desktop, in pixels that do not depend on the screen's density. */
export type Bounds = z.infer<typeof boundsSchema>

/** Where the window was when it was last moved. */
export const windowPlaceSchema = z.object({ bounds: boundsSchema, isMaximized: z.boolean() })
export type WindowPlace = z.infer<typeof windowPlaceSchema>

/** The least size at which every page can be used. */
export const minSize = { width: 720, height: 480 } as const
const firstSize = { width: 1_280, height: 820 } as const
/** How much of the window has to be on a screen for a person to find and grab it. */
const leastVisible = 120

/**
 * Where the window opens: where it was, if enough of that is on a screen that is still there; else in the middle of the first
 * screen. Never larger than its screen. Pure.
 * @param areas the work area of each screen, the primary one first.
 */
export function placeWindow(kept: WindowPlace | null, areas: readonly Bounds[]): Bounds {
  const screen = areas.find((area) => kept !== null && isOn(kept.bounds, area)) ?? areas[0]
  const wanted = kept === null ? firstSize : kept.bounds
  if (screen === undefined) return { x: 0, y: 0, ...firstSize }
  const width = clamp(wanted.width, minSize.width, screen.width)
  const height = clamp(wanted.height, minSize.height, screen.height)
  if (kept === null || !isOn(kept.bounds, screen)) {
    return {
      x: screen.x + Math.round((screen.width - width) / 2),
      y: screen.y + Math.round((screen.height - height) / 2),
      width,
      height,
    }
  }
  return {
    x: clamp(
      kept.bounds.x,
      screen.x - width + leastVisible,
      screen.x + screen.width - leastVisible,
    ),
    y: clamp(kept.bounds.y, screen.y, screen.y + screen.height - leastVisible),
    width,
    height,
  }
}

/** Whether the title bar's part of a window can be grabbed on a screen. */
function isOn(bounds: Bounds, area: Bounds): boolean {
  const wide = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x)
  return (
    wide >= leastVisible &&
    bounds.y >= area.y - leastVisible &&
    bounds.y <= area.y + area.height - leastVisible
  )
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, Math.min(least, most)), most)
}
