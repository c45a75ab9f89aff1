import * as koffi from 'koffi'
import { describe, expect, test } from 'vitest'
import { declareWindowsLayouts } from '../../../../src/core/processes/native/windows-layouts.ts'

// The numbers are those of the Windows headers on a 64-bit system; a wrong one would end the whole program there.
describe('structures of Windows', () => {
  const layouts = declareWindowsLayouts(koffi)

  test.for([
    ['fileTime', 8],
    ['extendedLimits', 144],
    ['processIdList', 8 + 4096 * 8],
    ['processEntry', 568],
    ['memoryCounters', 72],
  ] as const)('%s has %i bytes', ([name, bytes]) => {
    expect(koffi.sizeof(layouts[name])).toBe(bytes)
  })

  test.for([
    ['extendedLimits', 'IoInfo', 64],
    ['extendedLimits', 'ProcessMemoryLimit', 112],
    ['extendedLimits', 'PeakJobMemoryUsed', 136],
    ['processIdList', 'NumberOfProcessIdsInList', 4],
    ['processIdList', 'ProcessIdList', 8],
    ['processEntry', 'th32ProcessID', 8],
    ['processEntry', 'th32DefaultHeapID', 16],
    ['processEntry', 'th32ParentProcessID', 32],
    ['processEntry', 'szExeFile', 44],
    ['memoryCounters', 'WorkingSetSize', 16],
  ] as const)('%s.%s is at %i', ([name, member, offset]) => {
    expect(koffi.offsetof(layouts[name], member)).toBe(offset)
  })

  test('the flags of the limits are at 16', () => {
    const basic = layouts.extendedLimits.members?.['BasicLimitInformation']
    expect(basic?.offset).toBe(0)
    expect(basic?.type.members?.['LimitFlags']?.offset).toBe(16)
  })
})
