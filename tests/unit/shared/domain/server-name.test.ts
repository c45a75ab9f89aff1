import { describe, expect, test } from 'vitest'
import { AppError } from '../../../../src/shared/domain/errors.ts'
import { serverIdSchema } from '../../../../src/shared/domain/ids.ts'
import { findByName, qualifiedName } from '../../../../src/shared/domain/server-name.ts'

const id = (letter: string) => serverIdSchema.parse(`srv_${letter.repeat(16)}`)
const user = { id: id('a'), name: 'git', scope: 'user', project: null } as const
const shop = { id: id('b'), name: 'git', scope: 'local', project: '/home/ann/shop' } as const
const blog = { id: id('c'), name: 'db', scope: 'project', project: '/home/ann/blog' } as const
const other = { id: id('d'), name: 'db', scope: 'local', project: '/srv/blog' } as const
const all = [user, shop, blog, other]

function failureOf(run: () => unknown): AppError {
  try {
    run()
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('it did not fail')
}

describe('findByName', () => {
  test('by id, by a name that is the only one, and by name@project', () => {
    expect(findByName(all, shop.id)).toBe(shop)
    expect(findByName([shop, blog], 'git')).toBe(shop)
    expect(findByName(all, 'git@/home/ann/shop')).toBe(shop)
    expect(findByName(all, 'git@shop')).toBe(shop)
    expect(findByName(all, 'db@/srv/blog')).toBe(other)
  })

  test('the bare name, which is what the user-scope server is shown as, means that one', () => {
    expect(findByName(all, 'git')).toBe(user)
  })

  test('a name of several lists them', () => {
    const error = failureOf(() => findByName(all, 'db'))
    expect(error.code).toBe('ambiguous_name')
    expect(error.data['candidates']).toEqual([
      expect.stringContaining('db@/home/ann/blog (project'),
      expect.stringContaining('db@/srv/blog (local'),
    ])
    expect(failureOf(() => findByName(all, 'db@blog')).code).toBe('ambiguous_name')
  })

  test('an unknown name lists what there is', () => {
    const error = failureOf(() => findByName(all, 'gti'))
    expect(error).toMatchObject({ code: 'not_found', data: { name: 'gti' } })
    expect(error.data['known']).toEqual(all.map(qualifiedName))
  })
})
