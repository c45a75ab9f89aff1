/** The texts of features/logs. */
export const logs = {
  title: 'Logs',
  label: 'Log lines',
  column: {
    time: 'Time',
    level: 'Level',
    server: 'Server',
    kind: 'Kind',
    message: 'Message',
  },
  gap_one:
    '{{shown}} line was not shown: it came faster than the page could take it. The log has it.',
  gap_other:
    '{{shown}} lines were not shown: they came faster than the page could take them. The log has them.',
  copied_one: 'Copied {{count}} line.',
  copied_other: 'Copied {{count}} lines.',
  copyFailed: 'The lines could not be copied.',
  detail: {
    place: '{{moment}}, line {{seq}}',
    copy: 'Copy line',
    close: 'Collapse',
  },
  pair: {
    to: 'to {{server}}',
    from: 'from {{server}}',
    request: 'Request',
    response: 'Response',
    notification: 'Notification',
    searching: 'Looking for it…',
    noRequest: 'The request is no longer in the log.',
    noResponse: 'No response so far.',
    copy: 'Copy {{what}}',
    cut: 'The message is longer than the log keeps: this is how it begins.',
  },
  follow: {
    live: 'Following',
    past: 'A span of the past: nothing new comes here.',
    paused: 'Paused at {{time}}',
    new_one: '{{shown}} new line',
    new_other: '{{shown}} new lines',
    button: 'Follow',
    older: 'Loading older lines…',
  },
  tail: {
    label: 'Log of {{server}}',
    empty: 'No lines yet. What the server prints and what is done with it appears here.',
    open: 'Open in Logs',
  },
} as const
