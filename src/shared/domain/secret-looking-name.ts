/**
 * How much a name (of a variable, a header, a flag, a parameter) says about its value. `strong`: it is a credential unless it
 * is plainly something else. `weak`: it is one if it does not read as an ordinary word. `identifier`: a value that may
 * look random and is none. `none`: nothing.
 */
export type NameHint = 'strong' | 'weak' | 'identifier' | 'none'

/** In the name with its separators removed, so that authToken, AUTH_TOKEN and AUTHTOKEN are one. */
const strongPart =
  /token|secret|passw|passphrase|passcode|api_?key|app_?key|access_?key|private_?key|auth_?key|account_?key|shared_?key|signing_?key|encryption_?key|master_?key|service_?key|credential|connection_?str|bearer|mnemonic|cookie|webhook/

const strongWords = new Set(
  (
    'pwd pass pw pat jwt sig signature authorization otp creds cred dsn seed pin sas psk ' +
    'hmac apitoken sessionid sid'
  ).split(' '),
)
const weakWords = new Set('auth key keys session login license licence code salt'.split(' '))

/** A name that ends so describes the credential, or says where it is, and is none itself. */
const aboutWords = new Set(
  (
    'file path dir directory folder location url uri endpoint host hostname port name ' +
    'username user email type mode method scheme enabled disabled required limit limits ' +
    'count length size ttl timeout expiry expires expiration prefix algorithm alg provider ' +
    'region scope scopes audience issuer version var header format store backend manager ' +
    'usage budget interval lifetime env model'
  ).split(' '),
)
const identifierWords = new Set(
  (
    'id ids uuid guid sha sha1 sha256 hash digest checksum commit ref revision rev version ' +
    'image integrity cid tag branch address'
  ).split(' '),
)

/** `SORT_KEY` and its kind: a key in the sense of a field or a label. Every other `..._KEY` is strong. */
const labelKey =
  /(?:primary|sort|partition|foreign|cache|project|issue|row|group|object|translation|public|hot|index|parent|config|routing|map|lookup|space)keys?$/

/** Where the last word says "id" and it is a secret all the same. */
const secretIdentifier = /(?:access|secret)keyid$|sessionid$|^(?:secret|token)id$/

/** Judges a name by its words: `GITHUB_TOKEN`, `x-api-key`, `--accessToken` and `clientSecret` are strong. */
export function hintOfName(name: string): NameHint {
  const words = wordsOf(name)
  const last = words.at(-1)
  if (last === undefined) return 'none'
  // PWD and OLDPWD are the working directory of a shell.
  if (/^(?:OLD)?PWD$/.test(name)) return 'none'
  const squashed = words.join('')
  if (secretIdentifier.test(squashed)) return 'strong'
  // MAX_TOKENS and its kind count tokens; a tokenizer cuts text.
  if (/tokeniz/.test(squashed)) return 'none'
  if (
    squashed.endsWith('tokens') &&
    /max|min|num|limit|total|context|budget|output|input/.test(squashed)
  ) {
    return 'none'
  }
  const isAbout = aboutWords.has(last)
  if (isAbout && !/webhook/.test(squashed)) return identifierWords.has(last) ? 'identifier' : 'none'
  if (identifierWords.has(last)) return 'identifier'
  if (/^keys?$/.test(last) && words.length > 1 && !labelKey.test(squashed)) return 'strong'
  if (strongPart.test(squashed) || words.some((word) => strongWords.has(word))) return 'strong'
  return words.some((word) => weakWords.has(word)) ? 'weak' : 'none'
}

function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
}
