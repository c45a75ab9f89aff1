import { actionTexts } from '../../../shared/domain/action-texts.ts'

/** The texts of what the program did by itself. */
export const actions = actionTexts
