import { expect, test } from 'vitest'
import { pageFileOf } from '../../../../src/host/door/page-files.ts'

test.each([
  ['/', 'index.html'],
  ['/index.html', 'index.html'],
  ['/assets/index-Bx_1.js', 'assets/index-Bx_1.js'],
  ['/assets/inter%2Dlatin.woff2', 'assets/inter-latin.woff2'],
])('%s is %s', (path, file) => {
  expect(pageFileOf(path)).toBe(file)
})

test.each([
  '',
  'index.html',
  '/..',
  '/../host.json',
  '/a/../../host.js',
  '/..%2fhost.js',
  '/%2e%2e/host.js',
  '/..%5chost.js',
  '/%2e%2e%5Chost.js',
  '/a//b.js',
  '//etc/passwd.js',
  '/C:/x.js',
  '/.hidden.js',
  '/assets/.env.js',
  '/a%00.js',
  '/a.js%00.png',
  '/%',
  '/%ff.js',
  '/assets/index.js.map',
  '/host.json',
  '/assets',
  '/assets/',
])('%s is no file of the page', (path) => {
  expect(pageFileOf(path)).toBeNull()
})
