import { MessagePortMain } from './message-port-main.ts'
import { portPair } from './port-symbols.ts'

/** Electron's MessageChannelMain: two ports that talk to each other. */
export class MessageChannelMain {
  readonly port1: MessagePortMain
  readonly port2: MessagePortMain

  constructor() {
    const [port1, port2] = MessagePortMain[portPair]()
    this.port1 = port1
    this.port2 = port2
  }
}
