import { expect, test } from 'vitest'
import { damagedServers } from '../../../../../src/renderer/features/servers/damaged-notice.ts'
import { describeError } from '../../../../../src/shared/domain/describe-error.ts'

const notice = (file: string, restoredFrom: string) => ({
  code: 'state_corrupt' as const,
  data: { file, keptAs: `${file}.corrupt-1`, restoredFrom },
})

test('only the damage of the file of servers concerns the list of servers', () => {
  const servers = notice(String.raw`C:\data\servers.json`, 'defaults')
  const others = [notice('/data/settings.json', 'defaults'), notice('/data/my-servers.json', 'x')]
  expect(damagedServers([...others, servers])).toBe(servers)
  expect(damagedServers(others)).toBeNull()
})

test('what took the place of a damaged file is said as it is', () => {
  const hint = (restoredFrom: string) => {
    const { code, data } = notice('/data/servers.json', restoredFrom)
    return describeError(code, data).hint
  }
  expect(hint('/data/servers.json.bak')).toContain('took /data/servers.json.bak.')
  expect(hint('defaults')).toContain('took nothing, for there was no good copy.')
})
