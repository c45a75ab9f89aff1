/** A part of a text: `[start, end)` in UTF-16 units. */
export interface TextRange {
  readonly start: number
  readonly end: number
}

/**
 * Forms in which well-known services issue credentials. Each is its own prefix and enough behind it that an ordinary
 * word does not match; placeholders such as `ghp_your_token_here` may match, which does no harm.
 */
const formats: readonly string[] = [
  // Model providers. `sk-` needs a digit or 20 characters, since words such as sk-learn begin like it.
  'sk-(?:ant-|proj-|or-|svcacct-|lf-)[A-Za-z0-9_-]{6,}',
  'sk-(?=[A-Za-z_-]*\\d|[A-Za-z0-9_-]{20})[A-Za-z0-9_-]{8,}',
  '(?:sk|pk|rk)_(?:live|test|prod)_[A-Za-z0-9]{8,}',
  '(?:gsk|xai|pplx|r8|nvapi|jina|e2b|csk|fw|tgp|wandb|lsv2|ctx7sk|voyage|pa)[-_](?=[A-Za-z0-9_-]*\\d)[A-Za-z0-9_-]{20,}',
  'hf_[A-Za-z0-9]{8,}',
  'AIza[A-Za-z0-9_-]{16,}',
  'ya29\\.[A-Za-z0-9_.-]{16,}',
  '1//0[A-Za-z0-9_-]{20,}',
  'GOCSPX-[A-Za-z0-9_-]{10,}',
  // Search and crawling.
  'fc-(?=[A-Za-z-]*\\d)[A-Za-z0-9]{8,}',
  'tvly-[A-Za-z0-9_-]{8,}',
  'BSA[A-Za-z0-9_-]{20,}',
  'apify_api_[A-Za-z0-9]{8,}',
  // Forges and registries.
  'gh[pousr]_[A-Za-z0-9_]{8,}',
  'github_pat_[A-Za-z0-9_]{8,}',
  'gl(?:pat|dt|rt|cbt|ptt|ft|soat|agent)-[A-Za-z0-9_.-]{8,}',
  'ATAT?T3x[A-Za-z0-9_=-]{8,}',
  'ATCTT3x[A-Za-z0-9_=-]{8,}',
  'npm_[A-Za-z0-9]{16,}',
  'pypi-[A-Za-z0-9_-]{16,}',
  'rubygems_[a-f0-9]{16,}',
  'dckr_(?:pat|oat)_[A-Za-z0-9_-]{8,}',
  // Clouds and databases.
  '(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,}',
  'sb[ps]_[A-Za-z0-9]{8,}',
  'sb_(?:secret|publishable)_[A-Za-z0-9_-]{8,}',
  'do[opr]_v1_[a-f0-9]{16,}',
  'dapi[a-f0-9]{16,}',
  'hv[sb]\\.[A-Za-z0-9_-]{12,}',
  'dp\\.(?:pt|st|ct|sa)\\.[A-Za-z0-9_.-]{12,}',
  'napi_[a-z0-9]{20,}',
  'pscale_(?:tkn|pw|oauth)_[A-Za-z0-9_.-]{8,}',
  'gls[a]_[A-Za-z0-9_]{16,}',
  'glc_[A-Za-z0-9+/=]{16,}',
  'NR(?:AK|JS|II)-[A-Za-z0-9]{16,}',
  'sntry[su]_[A-Za-z0-9_=+/]{16,}',
  'ph[cx]_[A-Za-z0-9]{16,}',
  // Work tools and messengers.
  'xox[a-z](?:\\.xox[a-z])?-[A-Za-z0-9-]{6,}',
  'xapp-[A-Za-z0-9-]{6,}',
  'lin_(?:api|oauth|wh)_[A-Za-z0-9]{8,}',
  'ntn_[A-Za-z0-9]{8,}',
  'secret_[A-Za-z0-9]{20,}',
  'fig[do]_[A-Za-z0-9_-]{8,}',
  'pat[A-Za-z0-9]{14}\\.[a-f0-9]{32,}',
  'pat-(?:na|eu|ap)\\d-[a-f0-9-]{16,}',
  'shp(?:at|ss|ca|pa)_[a-fA-F0-9]{8,}',
  'whsec_[A-Za-z0-9+/=]{8,}',
  'SG\\.[A-Za-z0-9_-]{12,}\\.[A-Za-z0-9_-]{12,}',
  'key-[a-f0-9]{32}',
  'SK[a-f0-9]{32}',
  'PMAK-[a-f0-9-]{16,}',
  'sq0(?:atp|csp)-[A-Za-z0-9_-]{16,}',
  'EAA[A-Za-z0-9]{30,}',
  '\\d{8,10}:[A-Za-z0-9_-]{32,}',
  '[MNO][A-Za-z0-9_-]{23,}\\.[A-Za-z0-9_-]{6}\\.[A-Za-z0-9_-]{27,}',
  // Forms of no one service: a JSON web token (RFC 7519) and an age identity.
  'eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{4,}(?:\\.[A-Za-z0-9_-]*)*',
  'AGE-SECRET-KEY-1[A-Z0-9]{20,}',
]

const knownFormat = new RegExp(`(?<![A-Za-z0-9])(?:${formats.join('|')})`, 'g')

/** A private key as text (RFC 7468), also with its line ends written as `\n`, also cut short. */
const privateKey =
  /-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----|$)/g

/** Where a text carries a credential that can be told by its own form, wherever it stands. Private keys first; ranges may overlap. */
export function findKnownCredentials(text: string): TextRange[] {
  return [privateKey, knownFormat].flatMap((pattern) =>
    Array.from(text.matchAll(pattern), (match) => ({
      start: match.index,
      end: match.index + match[0].length,
    })),
  )
}
