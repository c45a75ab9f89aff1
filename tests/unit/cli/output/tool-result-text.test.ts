import { describe, expect, test } from 'vitest'
import { binaryParts, toolResultText } from '../../../../src/cli/output/tool-result-text.ts'

const data = Buffer.alloc(1_500, 7).toString('base64')

describe('toolResultText', () => {
  test('prints texts as they are, one after the other', () => {
    const content = [
      { type: 'text', text: 'one\ntwo' },
      { type: 'text', text: 'three' },
    ]
    expect(toolResultText({ content })).toBe('one\ntwo\nthree')
  })

  test.each([
    [{ type: 'image', data, mimeType: 'image/png' }, '[image: image/png, 1.5 kB]'],
    [{ type: 'audio', data: 'AA==', mimeType: 'audio/wav' }, '[audio: audio/wav, 1 byte]'],
    [
      { type: 'resource_link', uri: 'file:///a', name: 'a', mimeType: 'text/plain', size: 12 },
      '[resource_link: file:///a, text/plain, a, 12 bytes]',
    ],
    [
      { type: 'resource', resource: { uri: 'x://1', mimeType: 'text/plain', text: 'hey' } },
      '[resource: x://1, text/plain, 3 bytes]\nhey',
    ],
    [
      { type: 'resource', resource: { uri: 'x://2', blob: data } },
      '[resource: x://2, no media type, 1.5 kB]',
    ],
    [{ type: 'hologram', depth: 3 }, '[hologram: {"type":"hologram","depth":3}]'],
  ])('names what it cannot print: %j', (part, text) => {
    expect(toolResultText({ content: [part] })).toBe(text)
  })

  test('prints structured content unless a text says the same', () => {
    const structuredContent = { a: [1, 2] }
    expect(toolResultText({ content: [], structuredContent })).toBe(
      '{\n  "a": [\n    1,\n    2\n  ]\n}',
    )
    const same = { type: 'text', text: '{ "a": [1,2] }' }
    expect(toolResultText({ content: [same], structuredContent })).toBe('{ "a": [1,2] }')
    const other = { type: 'text', text: '{"a":[1]}' }
    expect(toolResultText({ content: [other], structuredContent })).toContain('    2\n')
  })
})

test('binaryParts finds images, audio and blobs, with their place', () => {
  const content = [
    { type: 'text', text: 'x' },
    { type: 'image', data: 'AAE=', mimeType: 'image/png' },
    { type: 'resource', resource: { uri: 'x://', blob: 'Ag==' } },
    { type: 'resource', resource: { uri: 'x://', text: 'no bytes' } },
  ]
  expect(binaryParts({ content })).toEqual([
    { position: 2, mimeType: 'image/png', bytes: Buffer.from([0, 1]) },
    { position: 3, mimeType: 'application/octet-stream', bytes: Buffer.from([2]) },
  ])
})
