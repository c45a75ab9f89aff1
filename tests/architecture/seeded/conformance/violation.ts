import type { Faults, None } from '../../../desktop/standin/conformance.ts'

class Invented {
  invented(): void {}
}

class Wrong {
  getTitle(): number {
    return 1
  }
}

export type Seeded = [None<Faults<Invented, Electron.Tray>>, None<Faults<Wrong, Electron.Tray>>]
