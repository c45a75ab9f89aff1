/** Which text of a transport a credential stands in. */
export type CredentialPlace =
  | { readonly kind: 'env'; readonly key: string }
  | { readonly kind: 'header'; readonly key: string }
  | { readonly kind: 'arg'; readonly index: number }
  | { readonly kind: 'command' | 'cwd' | 'envFile' | 'url' | 'headersHelper' }
