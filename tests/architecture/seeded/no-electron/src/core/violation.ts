import { app } from 'electron'

export const violation = app
