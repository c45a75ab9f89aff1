import * as z from 'zod'

export const violation = z
