import { thrownText } from '../../i18n/error-text.ts'
import { toast } from '../../ui/toast.tsx'

/** Makes a call whose answer nobody needs. A failure is told in a toast. */
export async function tellFailure(call: () => Promise<unknown>): Promise<void> {
  try {
    await call()
  } catch (error) {
    const { title, hint } = thrownText(error)
    toast({ tone: 'bad', text: hint === '' ? title : `${title}. ${hint}` })
  }
}
