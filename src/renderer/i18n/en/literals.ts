import { literalTexts } from '../../../shared/domain/literal-texts.ts'

/** The texts of features/literals. */
export const literals = {
  ...literalTexts,
  title: 'Secrets in files',
  count_one: '{{count}} in plain text',
  count_other: '{{count}} in plain text',
  looking: 'Looking into the files of your clients…',
  again: 'Look again',
  back: 'All secrets',
  intro:
    'These values stand in plain text in files of your clients. Each that you move goes to {{place}}, and the file refers to it instead. Nothing is written before you press Move.',
  place: {
    keychain: 'the keychain of this computer',
    file: 'the encrypted vault',
  },
  own: 'MCP Manager',
  empty: 'No secrets in plain text',
  emptyText_zero:
    'No file of a known client was found on this computer. Once Claude Code, Cursor, VS Code or another one keeps servers here, secrets in its files can be moved to {{place}}.',
  emptyText_one:
    '{{count}} file of your clients was read. A secret that comes to stand in it can be moved to {{place}} from here.',
  emptyText_other:
    '{{count}} files of your clients were read. A secret that comes to stand in one can be moved to {{place}} from here.',
  unread: 'Some files could not be read, or not as a whole',
  file: {
    list: 'Secrets in {{file}}',
    all: 'Choose all',
    allOf: 'Choose all in {{file}}',
    none: 'Choose none',
    noneOf: 'Choose none in {{file}}',
    pick: 'Move {{place}} of {{server}} to the vault',
    name: 'Name in the vault for {{place}} of {{server}}',
    nameWrong: 'A name has lower-case letters, digits, dots, hyphens and underscores.',
    found: 'Found by: {{reason}}',
    held: 'The vault has this value already.',
    stays: 'Stays in the file',
    diff: 'What changes in {{file}}',
    move_one: 'Move {{count}} to the vault',
    move_other: 'Move {{count}} to the vault',
    failed: 'Nothing was changed',
  },
  needs: {
    variableTitle_one: 'The client will need {{count}} variable',
    variableTitle_other: 'The client will need {{count}} variables',
    variable_one:
      'Set it where the client starts, or its server runs without the value. In the profile of your shell:',
    variable_other:
      'Set them where the client starts, or its servers run without the values. In the profile of your shell:',
    promptTitle_one: 'The client will ask for {{count}} value',
    promptTitle_other: 'The client will ask for {{count}} values',
    prompt:
      'It asks once, when the server starts next, and keeps the answer. Copy it from the page Secrets.',
  },
  moved: {
    title: 'Moved before',
    text_one: '{{count}} secret, {{client}}',
    text_other: '{{count}} secrets, {{client}}',
    undo: 'Put back',
    undoOf: 'Put back into {{file}}',
    noBackup: 'Too long ago to be put back',
    needs: 'What {{client}} needs',
  },
  done: {
    moved_one: '{{count}} secret was moved to the vault',
    moved_other: '{{count}} secrets were moved to the vault',
    undo: 'Undo',
    undone: 'The file is as it was. The vault keeps the secrets too.',
  },
} as const
