import type { NotificationConstructorOptions } from 'electron'
import { createEvent } from './event.ts'
import { runtime } from './runtime.ts'
import { StrictEmitter } from './strict.ts'

/** Electron's Notification. The driver's recorder knows which were shown, and clicks them. */
export class Notification extends StrictEmitter {
  title: string
  body: string
  subtitle: string
  silent: boolean
  hasReply: boolean
  urgency: 'normal' | 'critical' | 'low'
  timeoutType: 'default' | 'never'
  actions: NonNullable<NotificationConstructorOptions['actions']>

  constructor(options: NotificationConstructorOptions = {}) {
    super()
    this.title = options.title ?? ''
    this.body = options.body ?? ''
    this.subtitle = options.subtitle ?? ''
    this.silent = options.silent ?? false
    this.hasReply = options.hasReply ?? false
    this.urgency = options.urgency ?? 'normal'
    this.timeoutType = options.timeoutType ?? 'default'
    this.actions = options.actions ?? []
  }

  static isSupported(): boolean {
    return true
  }

  show(): void {
    runtime.assertReady('Notification')
    setImmediate(() => this.emit('show', createEvent()))
  }

  close(): void {
    setImmediate(() => this.emit('close', createEvent()))
  }
}
