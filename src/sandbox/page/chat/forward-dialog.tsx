import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MessageView } from '../../control/schemas.ts'
import { act } from '../control/call.ts'
import { Dialog } from '../notices/dialog.tsx'
import { useAttempt } from '../notices/use-attempt.ts'
import { Picker } from '../people/picker.tsx'
import { useWorld } from '../people/use-world.ts'
import { useSeat } from './seat.ts'

/** A person can forward to the own chat with the bot, and to groups. */
export function ForwardDialog({ message, onClose }: { message: MessageView; onClose: () => void }) {
  const { t } = useTranslation()
  const seat = useSeat()
  const attempt = useAttempt()
  const { groups, bot } = useWorld()
  const [target, setTarget] = useState<number>()

  async function forward() {
    const sent = await attempt(() =>
      act('act/forward', {
        user_id: seat.userId,
        chat_id: target,
        bot_id: seat.botId,
        from_chat_id: message.chat_id,
        message_id: message.message_id,
      }),
    )
    if (sent) onClose()
  }

  return (
    <Dialog
      title={t('forward.title')}
      okText={t('forward.ok')}
      canOk={target !== undefined}
      onOk={forward}
      onClose={onClose}
    >
      <Picker
        label={t('forward.target')}
        value={target}
        onPick={setTarget}
        groups={[
          {
            title: t('forward.private'),
            choices: [{ value: seat.userId, name: bot?.first_name ?? '' }],
          },
          {
            title: t('forward.groups'),
            choices: groups.map(({ id, title }) => ({ value: id, name: title })),
          },
        ]}
      />
    </Dialog>
  )
}
