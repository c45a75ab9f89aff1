/** How many characters the passphrase of a new vault file needs: a shorter one could be found by trying. */
export const minPassphraseLength = 12
