import { describe, expect, it } from 'vitest'
import { withoutAppImage } from '../../../../src/core/servers/app-image-env.ts'

const mount = '/tmp/.mount_MCP-MaX1'
const runtime = {
  APPDIR: mount,
  APPIMAGE: '/home/ann/MCP-Manager.AppImage',
  ARGV0: './MCP-Manager.AppImage',
  OWD: '/home/ann',
}

describe('withoutAppImage', () => {
  it('takes the folders of the image out of every list', () => {
    expect(
      withoutAppImage({
        ...runtime,
        HOME: '/home/ann',
        PATH: `${mount}:${mount}/usr/sbin:/usr/bin:/bin`,
        LD_LIBRARY_PATH: `${mount}/usr/lib`,
        XDG_DATA_DIRS: `${mount}/usr/share/:/usr/share/gnome:/usr/share/`,
      }),
    ).toEqual({
      HOME: '/home/ann',
      PATH: '/usr/bin:/bin',
      XDG_DATA_DIRS: '/usr/share/gnome:/usr/share/',
    })
  })

  it('keeps what a person has set beside it', () => {
    const env = { ...runtime, LD_LIBRARY_PATH: `${mount}/usr/lib:/opt/cuda/lib`, NOTE: 'a::b' }
    expect(withoutAppImage(env)).toEqual({ LD_LIBRARY_PATH: '/opt/cuda/lib', NOTE: 'a::b' })
  })

  it('takes a folder of a similar name for another one', () => {
    expect(withoutAppImage({ ...runtime, PATH: `${mount}2/bin` })).toEqual({
      PATH: `${mount}2/bin`,
    })
  })

  it.each([
    ['outside of an AppImage', { PATH: '/usr/bin' }],
    ["where APPDIR is a person's own variable", { APPDIR: '/usr', PATH: '/usr/bin' }],
  ])('changes nothing %s', (_, env) => {
    expect(withoutAppImage(env)).toEqual(env)
  })
})
