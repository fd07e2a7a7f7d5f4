import { useTranslation } from 'react-i18next'
import type { MediaView } from '../../control/schemas.ts'
import { fileAddress } from '../control/call.ts'
import { FileIcon } from './icons.tsx'

export function Media({ media }: { media: MediaView }) {
  const { t } = useTranslation()
  const address = fileAddress(media.file_id)
  switch (media.kind) {
    case 'photo':
      return (
        <a className="photo" href={address} target="_blank" rel="noopener noreferrer">
          <img
            src={address}
            alt={t('media.photo')}
            width={media.width}
            height={media.height}
            loading="lazy"
          />
        </a>
      )
    case 'sticker':
      return (
        <span className="sticker" role="img" aria-label={t('media.sticker')}>
          {media.emoji ?? '🙂'}
        </span>
      )
    case 'voice':
    case 'audio':
      return (
        <span className="voice">
          <span>{t(`media.${media.kind}`)}</span>
          {/* biome-ignore lint/a11y/useMediaCaption: what people recorded has no captions */}
          <audio controls preload="none" src={address} aria-label={t(`media.${media.kind}`)} />
        </span>
      )
    default:
      return (
        <a className="document" href={address} download={media.file_name}>
          <FileIcon />
          <span className="document-name">{media.file_name ?? t(`media.${media.kind}`)}</span>
          <span className="document-size">{sizeOf(media.file_size)}</span>
        </a>
      )
  }
}

function sizeOf(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} kB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
