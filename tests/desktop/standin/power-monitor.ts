import { StrictEmitter } from './strict.ts'

/** The class of `powerMonitor`. */
export class PowerMonitor extends StrictEmitter {
  isOnBatteryPower(): boolean {
    return false
  }
}

/** Electron's `powerMonitor`; the driver emits its events. */
export const powerMonitor = new PowerMonitor()
