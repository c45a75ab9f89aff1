import { Download, FileText } from 'lucide-react'
import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { ContentBlock, ResourceResult } from '../../../shared/domain/inventory.ts'
import { isRecord } from '../../../shared/lib/json.ts'
import { go } from '../../app/route.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { download } from '../../ui/download.ts'
import { formatBytes } from '../../ui/format.ts'
import { JsonView } from '../../ui/json-view.tsx'
import { BigText } from './big-text.tsx'
import { Described } from './described.tsx'
import { base64Bytes, bytesOfBase64, fileNameOf } from './media.ts'
import { linkedResource, type Offer } from './offer.ts'
import { runOffer } from './offer-runs.ts'
import { jsonOfText } from './result-views.ts'

/** One part of a result or message, by its type (MCP specification, "Tool Result"). */
export function ContentView({
  offer,
  block,
}: {
  readonly offer: Offer
  readonly block: ContentBlock
}): React.JSX.Element {
  const { t } = useTranslation('tools')
  const annotations = isRecord(block['annotations']) ? block['annotations'] : null
  return (
    <div className="flex flex-col gap-2">
      {annotations !== null && <Annotations annotations={annotations} t={t} />}
      <Block offer={offer} block={block} />
    </div>
  )
}

function Annotations({
  annotations,
  t,
}: {
  readonly annotations: Readonly<Record<string, unknown>>
  readonly t: ReturnType<typeof useTranslation<'tools'>>['t']
}): React.JSX.Element | null {
  const { audience, priority } = annotations
  if (!Array.isArray(audience) && typeof priority !== 'number') return null
  return (
    <div className="flex flex-wrap gap-1">
      {Array.isArray(audience) && (
        <Badge>{t('result.audience', { audience: audience.join(', ') })}</Badge>
      )}
      {typeof priority === 'number' && <Badge>{t('result.priority', { priority })}</Badge>}
    </div>
  )
}

function Block({
  offer,
  block,
}: {
  readonly offer: Offer
  readonly block: ContentBlock
}): React.JSX.Element {
  const { t } = useTranslation('tools')
  const { type, text, data, mimeType, resource } = block
  const media = typeof mimeType === 'string' ? mimeType : ''
  if (type === 'text' && typeof text === 'string') return <BigText text={text} />
  if (type === 'image' && typeof data === 'string') return <Image data={data} type={media} />
  if (type === 'audio' && typeof data === 'string') {
    const label = t('result.audio', { type: media, size: formatBytes(base64Bytes(data)) })
    return (
      <figure className="flex flex-col gap-1">
        {/* What a server sends has no captions. */}
        {/* oxlint-disable-next-line jsx-a11y/media-has-caption */}
        <audio controls src={`data:${media};base64,${data}`} aria-label={label} />
        <figcaption className="t-12 text-ink-3">{label}</figcaption>
      </figure>
    )
  }
  if (type === 'resource_link' && typeof block['uri'] === 'string') {
    return <ResourceLink offer={offer} uri={block['uri']} block={block} />
  }
  if (type === 'resource' && isRecord(resource) && typeof resource['uri'] === 'string') {
    const { uri, mimeType: ofType, text: inner, blob } = resource
    return (
      <ResourceView
        content={{
          uri,
          ...(typeof ofType === 'string' && { mimeType: ofType }),
          ...(typeof inner === 'string' && { text: inner }),
          ...(typeof blob === 'string' && { blob }),
        }}
      />
    )
  }
  return <JsonView value={block} label={t('result.unknownBlock', { type })} />
}

function Image({
  data,
  type,
}: {
  readonly data: string
  readonly type: string
}): React.JSX.Element {
  const { t } = useTranslation('tools')
  const label = t('result.image', { type, size: formatBytes(base64Bytes(data)) })
  return (
    <figure className="flex flex-col items-start gap-1">
      <img
        src={`data:${type};base64,${data}`}
        alt={label}
        className="max-h-100 max-w-full rounded-md border border-line"
      />
      <figcaption className="t-12 text-ink-3">{label}</figcaption>
    </figure>
  )
}

function ResourceLink({
  offer,
  uri,
  block,
}: {
  readonly offer: Offer
  readonly uri: string
  readonly block: ContentBlock
}): React.JSX.Element {
  const { t } = useTranslation('tools')
  const { title, name, description } = block
  const shown = typeof title === 'string' ? title : typeof name === 'string' ? name : uri
  return (
    <div className="flex min-w-0 items-start gap-2">
      <FileText size={16} strokeWidth={1.75} className="mt-0.5 flex-none text-ink-3" aria-hidden />
      <div className="flex min-w-0 flex-1 flex-col">
        <span className="font-medium wrap-anywhere">{shown}</span>
        {shown !== uri && <code className="text-ink-2 wrap-anywhere">{uri}</code>}
        {typeof description === 'string' && (
          <span className="t-12 text-ink-3 wrap-anywhere">
            <Described text={description} />
          </span>
        )}
      </div>
      <Button
        size="sm"
        aria-label={`${t('result.open')} ${shown}`}
        onClick={() => {
          const { serverId } = offer
          go({ page: 'tools', offer: { serverId, kind: 'resource', name: uri } })
          // It ends in the store, with its errors.
          void runOffer(linkedResource(offer, uri), {})
        }}
      >
        {t('result.open')}
      </Button>
    </div>
  )
}

/** What a resource holds: text, JSON, an image, sound, or bytes to download. */
export function ResourceView({
  content,
}: {
  readonly content: ResourceResult['contents'][number]
}): React.JSX.Element {
  const { t } = useTranslation('tools')
  const { uri, mimeType = '', text, blob } = content
  const json = jsonOfText(text)
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <p className="flex flex-wrap items-center gap-2">
        <code className="min-w-0 text-ink-2 wrap-anywhere">{uri}</code>
        {mimeType !== '' && <Badge>{mimeType}</Badge>}
      </p>
      {json !== undefined && <JsonView value={json} label={uri} openLevels={2} />}
      {json === undefined && text !== undefined && <BigText text={text} />}
      {blob !== undefined && mimeType.startsWith('image/') && <Image data={blob} type={mimeType} />}
      {blob !== undefined && mimeType.startsWith('audio/') && (
        // What a server sends has no captions.
        // oxlint-disable-next-line jsx-a11y/media-has-caption
        <audio controls src={`data:${mimeType};base64,${blob}`} aria-label={uri} />
      )}
      {blob !== undefined && (
        <p className="flex flex-wrap items-center gap-2 text-ink-2">
          {t('result.blob', {
            type: mimeType === '' ? t('result.unknownType') : mimeType,
            size: formatBytes(base64Bytes(blob)),
          })}
          <Button
            size="sm"
            icon={Download}
            onClick={() =>
              download(new Blob([bytesOfBase64(blob)], { type: mimeType }), fileNameOf(uri))
            }
          >
            {t('result.download')}
          </Button>
        </p>
      )}
    </div>
  )
}
