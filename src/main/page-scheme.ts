import { protocol } from 'electron'
import { pageHeaders, readPageFile } from '../host/door/page-files.ts'
import { isOwnPage, pageScheme } from './own-page.ts'

/** Makes the page's scheme an origin of its own, as https is. To be called before the application is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

/** Answers the page's scheme with the files of the built renderer, under the same policy as the door's, and with nothing else. */
export function servePage(rendererDir: string): void {
  protocol.handle(pageScheme, async (request) => {
    if (request.method !== 'GET' || !isOwnPage(request.url)) return refusal(403)
    const file = await readPageFile(rendererDir, new URL(request.url).pathname)
    if (file === null) return refusal(404)
    return new Response(file.body, {
      headers: { ...pageHeaders, 'Content-Type': file.contentType },
    })
  })
}

function refusal(status: number): Response {
  return new Response(null, { status, headers: pageHeaders })
}
