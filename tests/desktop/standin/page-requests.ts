import type { OnBeforeRequestListenerDetails } from 'electron'
import type { CdpSession } from './chromium.ts'
import { toAppAddress, toPageAddress } from './page-address.ts'
import { answerRequest } from './protocol.ts'
import { isCancelled, session } from './session.ts'
import { notImplemented } from './strict.ts'

/** A request of a page that Chromium holds until it is told what to do with it. */
export interface PausedRequest {
  readonly requestId: string
  readonly request: {
    readonly url: string
    readonly method: string
    readonly headers: Readonly<Record<string, string>>
    readonly hasPostData?: boolean
    readonly postDataEntries?: readonly { readonly bytes?: string }[]
  }
  readonly resourceType: string
  readonly frameId: string
  /** The request that was answered with the address of this one. */
  readonly redirectedRequestId?: string
}

/** What became of a request: the status of the application's answer, or null where the application did not answer it. */
export type RequestOutcome = number | null

/** Ends a request as Chromium ends one that was cancelled. */
export async function abortRequest(cdp: CdpSession, { requestId }: PausedRequest): Promise<void> {
  await cdp.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' })
}

/** Lets the application's protocol handler answer a request; what is not for it goes to the network. */
export async function answerPausedRequest(
  cdp: CdpSession,
  paused: PausedRequest,
): Promise<RequestOutcome> {
  const { requestId, request } = paused
  const url = toAppAddress(request.url)
  // Chromium asks for it by itself; Electron does not.
  const isFavicon = paused.resourceType === 'Other' && url.endsWith('/favicon.ico')
  if (isFavicon || (await session.defaultSession[isCancelled](requestDetails(paused, url)))) {
    await abortRequest(cdp, paused)
    return null
  }
  if (url === request.url) {
    await cdp.send('Fetch.continueRequest', { requestId })
    return null
  }
  const response = await answerRequest(toRequest(paused, url))
  if (response === null || response.type === 'error') {
    await cdp.send('Fetch.failRequest', { requestId, errorReason: 'Failed' })
    return null
  }
  const body = Buffer.from(await response.arrayBuffer())
  await cdp.send('Fetch.fulfillRequest', {
    requestId,
    responseCode: response.status,
    responseHeaders: [...response.headers].map(([name, value]) => ({
      name,
      value: name === 'location' ? toPageAddress(value) : value,
    })),
    body: body.toString('base64'),
  })
  return response.status
}

function toRequest({ request }: PausedRequest, url: string): Request {
  const { method, hasPostData = false, postDataEntries = [] } = request
  const headers = new Headers()
  // `Origin` and `Referer` name the page: the application knows it by its own scheme.
  for (const [name, value] of Object.entries(request.headers)) {
    headers.set(name, toAppAddress(value))
  }
  if (!hasPostData) return new Request(url, { method, headers })
  // Chromium gives the bytes of what is in memory, and not those of a file.
  const parts = postDataEntries.map(({ bytes }) => {
    if (bytes === undefined) throw notImplemented('a request with a file in its body')
    return Buffer.from(bytes, 'base64')
  })
  return new Request(url, { method, headers, body: Buffer.concat(parts) })
}

const resourceTypes: Readonly<Record<string, OnBeforeRequestListenerDetails['resourceType']>> = {
  Document: 'mainFrame',
  Stylesheet: 'stylesheet',
  Script: 'script',
  Image: 'image',
  Font: 'font',
  Media: 'media',
  Fetch: 'xhr',
  XHR: 'xhr',
  WebSocket: 'webSocket',
}

function requestDetails(
  { requestId, request, resourceType }: PausedRequest,
  url: string,
): OnBeforeRequestListenerDetails {
  return {
    id: Number(/\d+/.exec(requestId)?.[0] ?? 0),
    url,
    method: request.method,
    resourceType: resourceTypes[resourceType] ?? 'other',
    referrer: toAppAddress(request.headers['Referer'] ?? ''),
    timestamp: Date.now(),
    uploadData: [],
  }
}
