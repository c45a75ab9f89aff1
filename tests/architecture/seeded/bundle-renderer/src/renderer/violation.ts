import { readFileSync } from 'node:fs'

document.title = String(readFileSync)
