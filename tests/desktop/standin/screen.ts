import type { Display, Point, Rectangle } from 'electron'
import { runtime } from './runtime.ts'
import { StrictEmitter } from './strict.ts'

const bounds: Rectangle = { x: 0, y: 0, width: 1920, height: 1080 }
const workArea: Rectangle = { x: 0, y: 32, width: 1920, height: 1048 }

const display: Display = {
  accelerometerSupport: 'unavailable',
  bounds,
  colorDepth: 24,
  colorSpace: '',
  depthPerComponent: 8,
  detected: true,
  displayFrequency: 60,
  id: 1,
  internal: false,
  label: 'Stand-in',
  maximumCursorSize: { width: 64, height: 64 },
  monochrome: false,
  nativeOrigin: { x: 0, y: 0 },
  rotation: 0,
  scaleFactor: 1,
  size: { width: bounds.width, height: bounds.height },
  touchSupport: 'unavailable',
  workArea,
  workAreaSize: { width: workArea.width, height: workArea.height },
}

/** The class of `screen`. */
export class Screen extends StrictEmitter {
  getPrimaryDisplay(): Display {
    runtime.assertReady('screen')
    return structuredClone(display)
  }

  getAllDisplays(): Display[] {
    return [this.getPrimaryDisplay()]
  }

  getDisplayMatching(_rectangle: Rectangle): Display {
    return this.getPrimaryDisplay()
  }

  getDisplayNearestPoint(_point: Point): Display {
    return this.getPrimaryDisplay()
  }

  getCursorScreenPoint(): Point {
    return { x: 0, y: 0 }
  }
}

/** Electron's `screen`: one display, with a bar at its top. */
export const screen = new Screen()
