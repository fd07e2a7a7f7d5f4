import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CreateUser, PersonView } from '../../control/schemas.ts'
import { act } from '../control/call.ts'
import { Dialog } from '../notices/dialog.tsx'
import { useAttempt } from '../notices/use-attempt.ts'
import { useDesk } from '../panes/desk.ts'

/** Somebody new takes the villager's phone. */
export function NewPersonDialog({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useTranslation()
  const attempt = useAttempt()
  const { seatVillager, bringToFront } = useDesk()
  const [name, setName] = useState('')

  async function create() {
    const person: CreateUser = { first_name: name.trim(), language_code: i18n.language }
    const created = await attempt(() => act<PersonView>('users', person))
    if (!created) return
    seatVillager(created.id)
    bringToFront('villager')
    onClose()
  }

  return (
    <Dialog
      title={t('newPerson.title')}
      okText={t('newPerson.ok')}
      canOk={name.trim() !== ''}
      onOk={create}
      onClose={onClose}
    >
      <label className="field">
        {t('newPerson.name')}
        <input value={name} maxLength={64} onChange={(event) => setName(event.target.value)} />
      </label>
    </Dialog>
  )
}
