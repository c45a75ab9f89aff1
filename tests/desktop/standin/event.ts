/** The event object that most of Electron's events carry. */
export interface PreventableEvent {
  defaultPrevented: boolean
  preventDefault(): void
}

/** A new event object; its listener may prevent what would follow. */
export function createEvent(): PreventableEvent {
  const event: PreventableEvent = {
    defaultPrevented: false,
    preventDefault() {
      event.defaultPrevented = true
    },
  }
  return event
}
