import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { Arch } from 'electron-builder'
import { packagedNode } from './bootstrap.cjs'
import { natives, root } from './node-bundle.mjs'

/**
 * @typedef {object} Context what electron-builder tells the hook, as far as it is read
 * @property {string} electronPlatformName as `process.platform`
 * @property {Arch} arch
 * @property {{ platform: { buildConfigurationKey: string }, projectDir: string }} packager
 */

/**
 * electron-builder's hook before it packs for a platform: lays the Node that ships with the application where
 * electron-builder.yml takes it from. It is the platform package of npm or, for platforms that have none, the Node that
 * MCP_MANAGER_BUNDLED_NODE names.
 * @param {Context} context
 * @throws where there is no Node for the platform, or where a package with native code was not installed for it: a person
 *   would find both missing only when the application starts
 */
export function beforePack({ electronPlatformName: platform, arch: archNumber, packager }) {
  const arch = Arch[archNumber] ?? ''
  assertNatives(platform, arch)
  const node = chooseBundledNode(platform, arch)
  const name = `node-${packager.platform.buildConfigurationKey}-${arch}`
  const place = path.join(packager.projectDir, '.cache/package', name)
  fs.rmSync(place, { recursive: true, force: true })
  fs.mkdirSync(path.join(place, 'bin'), { recursive: true })
  const binary = path.join(place, 'bin', platform === 'win32' ? 'node.exe' : 'node')
  fs.copyFileSync(node.binary, binary, fs.constants.COPYFILE_FICLONE)
  fs.copyFileSync(node.licence, path.join(place, 'LICENSE'))
}

/**
 * @param {string} platform
 * @param {string} arch
 */
function assertNatives(platform, arch) {
  for (const name of natives) {
    // koffi keeps its platform packages in the scope of their author.
    const family = path.join(root, 'node_modules', name === 'koffi' ? '@koromix/koffi' : name)
    const wanted = `${path.basename(family)}-${platform}-${arch}`
    const scope = path.dirname(family)
    const entries = fs.existsSync(scope) ? fs.readdirSync(scope) : []
    if (!entries.some((entry) => entry.startsWith(wanted))) {
      throw new Error(
        `${name} is not installed for ${platform}-${arch}. Pack on a machine of that kind: npm installs the native code ` +
          'of its own platform only.',
      )
    }
  }
}

/**
 * @param {string} platform
 * @param {string} arch
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {{ binary: string, licence: string }}
 */
export function chooseBundledNode(platform, arch, env = process.env) {
  const given = env['MCP_MANAGER_BUNDLED_NODE']
  const binary = given ?? packagedNode(platform, arch)
  if (!fs.existsSync(binary)) {
    throw new Error(
      given === undefined
        ? `npm has no Node 24 for ${platform}-${arch}, or it is not installed, so there is none to put into the ` +
            'application. Set MCP_MANAGER_BUNDLED_NODE to the binary of a Node 24 for that platform from https://nodejs.org.'
        : `MCP_MANAGER_BUNDLED_NODE names ${given}, which does not exist.`,
    )
  }
  const is = execFileSync(
    binary,
    ['-p', '[process.versions.node, process.platform, process.arch]'],
    {
      encoding: 'utf8',
    },
  )
  const [version = '', ...kind] = is.match(/[\w.]+/g) ?? []
  if (!version.startsWith('24.') || kind.join('-') !== `${platform}-${arch}`) {
    throw new Error(
      `${binary} is Node ${version} for ${kind.join('-')}; the application for ${platform}-${arch} needs a Node 24 of its kind.`,
    )
  }
  // Beside the binary on Windows, above bin/ elsewhere.
  const directory = path.dirname(fs.realpathSync(binary))
  const licence = [directory, path.dirname(directory)]
    .map((place) => path.join(place, 'LICENSE'))
    .find((file) => fs.existsSync(file))
  if (licence === undefined) {
    throw new Error(`${binary} has no LICENSE beside it, without which it may not be handed on.`)
  }
  return { binary, licence }
}
