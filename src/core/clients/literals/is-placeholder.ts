/** `<YOUR_TOKEN>`. */
const inBrackets = /^<[^<>\n]{1,60}>$/
/** `your-api-key-here`, `YOUR_API_KEY`, `xoxb-your-token`: words without a digit, which ask a person for something. */
const request =
  /^(?:[A-Za-z]{2,12}[-_])?(?:your|insert|enter|paste|replace)[-_ ][A-Za-z_ -]{2,60}$/i

/** Whether a text stands where a person was to write a credential and has not. */
export function isPlaceholder(text: string): boolean {
  return inBrackets.test(text) || request.test(text)
}
