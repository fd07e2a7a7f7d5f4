import { useTranslation } from 'react-i18next'
import type { MessageView } from '../../control/schemas.ts'
import { fullName, senderName } from '../people/roles.ts'

export function ServiceLine({ message }: { message: MessageView }) {
  const { t } = useTranslation()
  const { service } = message
  if (!service) return null
  const who = service.people?.map(fullName).join(t('list.comma')) || senderName(message)
  const by = senderName(message)
  return (
    <li className="service-line">
      <span>{t(`service.${service.kind}`, { who, by, text: service.text ?? '' })}</span>
    </li>
  )
}
