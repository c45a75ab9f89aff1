/** Servers: the list, the pane, the form. */
export const servers = {
  title: 'Servers',
  state: {
    running: 'Running',
    slow: 'Slow',
    roundTrip: '{{seconds}} s round trip',
    silent: 'Not answering',
    starting: 'Starting',
    step: {
      queue: 'waiting for its turn {{seconds}} s',
      resolve: 'resolving {{seconds}} s',
      spawn: 'process {{seconds}} s',
      handshake: 'handshake {{seconds}} s',
    },
    stopping: 'Stopping',
    stop: { stdin: 'asked to end', term: 'told to end', kill: 'killing what is left' },
    retry: 'Retry in {{seconds}} s',
    signin: 'Sign-in needed',
    failed: 'Failed',
    stopped: 'Stopped',
    startsLater: 'starts at next launch',
  },
} as const
