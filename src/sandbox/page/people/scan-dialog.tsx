import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSeat } from '../chat/seat.ts'
import { act } from '../control/call.ts'
import { Dialog } from '../notices/dialog.tsx'
import { useAttempt } from '../notices/use-attempt.ts'
import { Picker } from './picker.tsx'
import { useWorld } from './use-world.ts'
import { listVillages } from './villages.ts'

const PAYLOAD = /^[A-Za-z0-9_-]{1,64}$/

/** Follows a link to the bot, as scanning a printed QR code does. */
export function ScanDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const { userId, botId } = useSeat()
  const { bot } = useWorld()
  const attempt = useAttempt()
  const villages = useQuery({ queryKey: ['villages'], queryFn: listVillages })
  const [village, setVillage] = useState<string>()
  const [typed, setTyped] = useState('')
  const payload = typed ? payloadOf(typed) : (village ?? '')

  async function scan() {
    const started = await attempt(() =>
      act('act/start', { user_id: userId, bot_id: botId, payload }),
    )
    if (started) onClose()
  }

  return (
    <Dialog
      title={t('scan.title')}
      okText={t('scan.ok')}
      canOk={PAYLOAD.test(payload)}
      onOk={scan}
      onClose={onClose}
    >
      <div className="field">
        {t('scan.village')}
        <Picker
          label={t('scan.village')}
          value={village}
          groups={[{ title: t('scan.villages'), choices: villages.data ?? [] }]}
          onPick={setVillage}
        />
      </div>
      <label className="field">
        {t('scan.payload', { link: `https://t.me/${bot?.username}?start=…` })}
        <input
          value={typed}
          spellCheck={false}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
    </Dialog>
  )
}

/** A whole link may be pasted as well as what follows `start=`. */
function payloadOf(typed: string): string {
  const text = typed.trim()
  return URL.canParse(text) ? (new URL(text).searchParams.get('start') ?? '') : text
}
