/**
 * Who acts next: `ok` nobody, `busy` the app now, `wait` the app later, `bad` broken, `you` a person must decide, `off` at
 * rest. Set as `data-tone`, it gives the classes text-tone, text-mark and bg-soft their colour.
 */
export type Tone = 'ok' | 'busy' | 'wait' | 'bad' | 'you' | 'off'
