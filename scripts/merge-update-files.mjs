/**
 * Prints one file of electron-updater's from several of the same version that each know one processor only:
 * `node scripts/merge-update-files.mjs FILE FILE...`. The first one's file stands where old updaters look.
 */
import fs from 'node:fs'
import { parse, stringify } from 'yaml'

/** @typedef {{ version: string, files: unknown[] }} UpdateFile */

/** @type {UpdateFile[]} */
const updates = process.argv.slice(2).map((file) => parse(fs.readFileSync(file, 'utf8')))
const [first] = updates
if (first === undefined) throw new Error('Name the files to merge.')
const versions = new Set(updates.map(({ version }) => version))
if (versions.size > 1) throw new Error(`The versions differ: ${[...versions].join(', ')}`)
process.stdout.write(stringify({ ...first, files: updates.flatMap(({ files }) => files) }))
