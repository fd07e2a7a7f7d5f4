import { Dropdown } from 'antd'
import { type ChangeEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { UploadKind } from '../../control/schemas.ts'
import { ClipIcon } from '../chat/icons.tsx'
import { createSamplePhoto } from './sample-photo.ts'
import { createSampleSticker } from './sample-sticker.ts'
import { createSampleVoice } from './sample-voice.ts'
import { useAttach } from './use-attach.ts'

const ACCEPT: Partial<Record<UploadKind, string>> = { photo: 'image/*', voice: 'audio/*' }

export function AttachMenu() {
  const { t } = useTranslation()
  const { sendFiles, sendContact, sendLocation } = useAttach()
  const input = useRef<HTMLInputElement>(null)
  const wanted = useRef<UploadKind>('document')

  function choose(kind: UploadKind) {
    if (!input.current) return
    wanted.current = kind
    input.current.accept = ACCEPT[kind] ?? ''
    input.current.click()
  }

  function chosen(event: ChangeEvent<HTMLInputElement>) {
    const files = [...(event.target.files ?? [])].map((file) => ({ file }))
    if (files.length > 0) void sendFiles(wanted.current, () => files)
    // Else choosing the same file a second time would be no change.
    event.target.value = ''
  }

  const actions: Record<string, () => void> = {
    samplePhoto: () =>
      void sendFiles('photo', async () => [await createSamplePhoto(t('attach.sampleMark'))]),
    photo: () => choose('photo'),
    file: () => choose('document'),
    sampleVoice: () => void sendFiles('voice', () => [createSampleVoice()]),
    voice: () => choose('voice'),
    sticker: () => void sendFiles('sticker', async () => [await createSampleSticker('👍')]),
    contact: () => void sendContact(),
    location: () => void sendLocation(),
  }
  const items = Object.keys(actions).map((key) => ({ key, label: t(`attach.${key}`) }))

  return (
    <>
      <Dropdown
        trigger={['click']}
        placement="topRight"
        menu={{ items, onClick: ({ key }) => actions[key]?.() }}
      >
        <button type="button" className="icon-button" aria-label={t('attach.open')}>
          <ClipIcon />
        </button>
      </Dropdown>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t('attach.chooseFile')}
        onChange={chosen}
      />
    </>
  )
}
