import { describe, expect, test } from 'vitest'
import {
  expandTemplate,
  templateVariables,
} from '../../../../../src/renderer/features/tools/uri-template.ts'

// The values and results of RFC 6570, section 3.2.
const values = {
  var: 'value',
  hello: 'Hello World!',
  half: '50%',
  path: '/foo/bar',
  x: '1024',
  y: '768',
  empty: '',
}

describe('expansion', () => {
  test.each([
    ['{var}', 'value'],
    ['{hello}', 'Hello%20World%21'],
    ['{half}', '50%25'],
    ['O{empty}X', 'OX'],
    ['O{undef}X', 'OX'],
    ['{x,y}', '1024,768'],
    ['{x,hello,y}', '1024,Hello%20World%21,768'],
    ['{var:3}', 'val'],
    ['{+hello}', 'Hello%20World!'],
    ['{+half}', '50%25'],
    ['{+path}/here', '/foo/bar/here'],
    ['up{+path}{var}/here', 'up/foo/barvalue/here'],
    ['{#path,x}/here', '#/foo/bar,1024/here'],
    ['X{.x,y}', 'X.1024.768'],
    ['{/var,x}/here', '/value/1024/here'],
    ['{;x,y,empty}', ';x=1024;y=768;empty'],
    ['{?x,y,empty}', '?x=1024&y=768&empty='],
    ['{?x,undef}', '?x=1024'],
    ['?fixed=yes{&x}', '?fixed=yes&x=1024'],
    ['{?undef}', ''],
    ['{path*}', '%2Ffoo%2Fbar'],
    ['no variables', 'no variables'],
  ])('%s', (template, expected) => {
    expect(expandTemplate(template, values)).toBe(expected)
  })

  test('keeps what is escaped already only where reserved characters are kept', () => {
    expect(expandTemplate('{a}{+a}', { a: '%20é' })).toBe('%2520%C3%A9%20%C3%A9')
  })
})

test('variables are told once, in their order, and those of the query are optional', () => {
  expect(templateVariables('file:///{+path}/{id}{?page,id}{&page}')).toEqual([
    { name: 'path', optional: false },
    { name: 'id', optional: false },
    { name: 'page', optional: true },
  ])
})
