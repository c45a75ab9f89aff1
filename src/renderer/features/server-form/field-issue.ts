/** Everything that can be wrong with a field. */
export const fieldIssues = [
  'nameMissing',
  'nameInvalid',
  'nameTaken',
  'commandMissing',
  'urlMissing',
  'urlInvalid',
  'urlScheme',
  'pairNameMissing',
  'envNameInvalid',
  'headerNameInvalid',
  'headerValueInvalid',
  'pairTwice',
  'keptEmptied',
  'timeout',
  'idle',
  'grace',
  'above0',
  'percent',
  'onlyNone',
  'invalid',
] as const
/** What is wrong with a field. */
export type FieldIssue = (typeof fieldIssues)[number]
