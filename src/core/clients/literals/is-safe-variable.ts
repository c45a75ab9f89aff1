/** What makes a shell, a linker or an interpreter load or run something, or look for it elsewhere. */
const steering =
  /^(?:PATH|HOME|SHELL|IFS|ENV|BASH_ENV|PROMPT_COMMAND|PS\d|EDITOR|VISUAL|PAGER|LD_\w*|DYLD_\w*|GIT_\w*|NODE_(?:OPTIONS|PATH)|PYTHON(?:PATH|HOME|STARTUP)|PERL5\w*|RUBY(?:OPT|LIB)|JAVA_TOOL_OPTIONS|GCONV_PATH|\w*_PROXY)$/

/**
 * Whether a value from a client's file may stand in a variable of this name, in the environment of all that a person starts: it is a
 * name, and one that tells nobody what to run.
 */
export function isSafeVariable(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name) && !steering.test(name.toUpperCase())
}
